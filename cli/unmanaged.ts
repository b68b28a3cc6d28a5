import { Command, Option } from "commander";
import { sortedBy } from "../definition/sorted";
import { openCommandRuntime } from "./command-runtime";
import { readDataViewSegments, readStackState } from "./compare/side";
import { idsIn } from "./compare/audience-sides";
import { parseStackResources, type StackResource } from "./compare/stack-segments";
import { escapeInvisible } from "./escape-invisible";
import { EXPORTED, type ExportedKind } from "./export/kinds";
import { withSafeOutput } from "./safe-output";
import { findSandboxAudiences, otherOriginsText } from "./sandbox-audiences";
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

Audiences of a sandbox: those that the Segmentation Service has made; others cannot be changed. The service does not list inactive ones: of these, the
command knows what the stacks have and what expressions name. To bring any under code, run "pulumi-cja export --data-view ID --out DIR", or
"pulumi-cja export --sandbox NAME --out DIR".
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
  const resources: StackResource[] = [];
  for (const name of stack)
    resources.push(...parseStackResources(await readStackState(name, cwd, terminal), place.kind));
  const managed = new Set(resources.map(({ id }) => id));
  const { all, leftOut } = await place.list(
    terminal,
    { stack: stack.length === 1 ? stack[0] : undefined, cwd },
    resources,
  );
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
  const leftOutLine = leftOut === undefined ? [] : [`Left out: ${leftOut}`];
  // JSON is the list, and nothing beside it.
  if (format === "json") leftOutLine.forEach(terminal.log);
  terminal.write(
    format === "json" ? json() : `${[...textLines(place, all.length, inNoStack), ...leftOutLine].join("\n")}\n`,
  );
  terminal.exit(inNoStack.length > 0 ? 2 : 0);
}

/** What the flags ask for: where it is, and how it is listed. */
interface Place {
  readonly kind: ExportedKind;
  readonly name: string;
  readonly list: (
    terminal: Terminal,
    stack: Parameters<typeof readDataViewSegments>[2],
    resources: readonly StackResource[],
  ) => Promise<{ readonly all: readonly Listed[]; readonly leftOut?: string | undefined }>;
}

function placeOf({ dataView, sandbox }: UnmanagedFlags): Place {
  if (dataView !== undefined)
    return {
      kind: "Segment",
      name: dataView,
      list: async (terminal, stack) => ({ all: await readDataViewSegments(dataView, terminal, stack) }),
    };
  if (sandbox === undefined) throw new Error("give --data-view ID, or --sandbox NAME");
  return {
    kind: "Audience",
    name: sandbox,
    list: async (terminal, stack, resources) => {
      const runtime = await openCommandRuntime(terminal, stack);
      const { own, others } = await findSandboxAudiences(runtime, sandbox, idsIn(resources, sandbox), terminal);
      return {
        all: own.map(({ id, name = "", description = "" }) => ({ id, name, description })),
        leftOut: otherOriginsText(others),
      };
    },
  };
}

function textLines({ kind, name: place }: Place, count: number, inNoStack: readonly Listed[]): string[] {
  const { one, many } = EXPORTED[kind];
  const headline = `${inNoStack.length} of the ${count} ${count === 1 ? one : many} of ${escapeInvisible(place)} ${inNoStack.length === 1 ? "is" : "are"} in none of the stacks${inNoStack.length > 0 ? ":" : "."}`;
  return [headline, ...inNoStack.map(({ id, name }) => `  ${escapeInvisible(name)} (${escapeInvisible(id)})`)];
}
