import { Command, Option } from "commander";
import { sortedBy } from "../definition/sorted";
import { openCommandRuntime } from "./command-runtime";
import { readDataViewSegments, readStackState } from "./compare/side";
import { parseStackResources } from "./compare/stack-segments";
import { escapeInvisible } from "./escape-invisible";
import { EXPORTED, type ExportedKind } from "./export/kinds";
import { withSafeOutput } from "./safe-output";
import { isOfSegmentationService, readSandboxAudiences } from "./sandbox-audiences";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "json"] as const;

interface UnmanagedFlags {
  readonly dataView?: string;
  readonly sandbox?: string;
  readonly stack: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly cwd?: string;
}

/** Something that may be in a stack. */
interface Listed {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

const examples = `
Examples:
  $ pulumi-cja unmanaged --data-view dv_prod --stack prod
  $ pulumi-cja unmanaged --data-view dv_prod --stack acme/web/prod --stack acme/shop/prod --format json
  $ pulumi-cja unmanaged --sandbox prod --stack prod      audiences of Experience Platform

Audiences of a sandbox: those that the Segmentation Service has made; others cannot be changed. To bring them under code, run "pulumi-cja export
--data-view ID --out DIR", or "pulumi-cja export --sandbox NAME --out DIR".
Exit status: 0 all are in a stack, 2 some are in none, 1 the check failed.
`;

/** `pulumi-cja unmanaged`: the segments of a data view, or the audiences of a sandbox, that no stack has. */
export function unmanagedCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("unmanaged")
    .description("list the segments of a data view, or the audiences of a sandbox, that are in none of the stacks")
    .addOption(new Option("--data-view <id>", "the data view").conflicts("sandbox"))
    .option("--sandbox <name>", "the sandbox")
    .requiredOption("-s, --stack <name...>", "the stacks; may be repeated")
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: UnmanagedFlags) => unmanaged(flags, terminal)));
}

async function unmanaged(flags: UnmanagedFlags, terminal: Terminal): Promise<void> {
  const { stack, format, cwd } = flags;
  const place = placeOf(flags);
  const managed = new Set<string>();
  for (const name of stack)
    for (const { id } of parseStackResources(await readStackState(name, cwd, terminal), place.kind)) managed.add(id);
  const all = await place.list(terminal, { stack: stack.length === 1 ? stack[0] : undefined, cwd });
  const inNoStack = sortedBy(
    all.filter(({ id }) => !managed.has(id)),
    ({ name, id }) => [name, id],
  );
  const json = () =>
    `${JSON.stringify(
      inNoStack.map(({ id, name, description }) => ({ id, name, description })),
      null,
      2,
    )}\n`;
  terminal.write(format === "json" ? json() : asText(place, all.length, inNoStack));
  terminal.exit(inNoStack.length > 0 ? 2 : 0);
}

/** What the flags ask for: where it is, and how it is listed. */
interface Place {
  readonly kind: ExportedKind;
  readonly name: string;
  readonly list: (terminal: Terminal, stack: Parameters<typeof readDataViewSegments>[2]) => Promise<readonly Listed[]>;
}

function placeOf({ dataView, sandbox }: UnmanagedFlags): Place {
  if (dataView !== undefined)
    return {
      kind: "Segment",
      name: dataView,
      list: (terminal, stack) => readDataViewSegments(dataView, terminal, stack),
    };
  if (sandbox === undefined) throw new Error("give --data-view ID, or --sandbox NAME");
  return {
    kind: "Audience",
    name: sandbox,
    list: async (terminal, stack) => {
      const listed = await readSandboxAudiences(await openCommandRuntime(terminal, stack), sandbox, terminal.log);
      return listed
        .filter(isOfSegmentationService)
        .map(({ id, name = "", description = "" }) => ({ id, name, description }));
    },
  };
}

function asText({ kind, name: place }: Place, count: number, inNoStack: readonly Listed[]): string {
  const { one, many } = EXPORTED[kind];
  const headline = `${inNoStack.length} of the ${count} ${count === 1 ? one : many} of ${escapeInvisible(place)} ${inNoStack.length === 1 ? "is" : "are"} in none of the stacks${inNoStack.length > 0 ? ":" : "."}`;
  return `${[headline, ...inNoStack.map(({ id, name }) => `  ${escapeInvisible(name)} (${escapeInvisible(id)})`)].join("\n")}\n`;
}
