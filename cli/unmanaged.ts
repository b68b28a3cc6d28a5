import { Command, Option } from "commander";
import { sortedBy } from "../definition/sorted";
import type { ComparedSegment } from "./compare/compared-segment";
import { escapeInvisible } from "./escape-invisible";
import { readDataViewSegments, readStackSegments } from "./compare/side";
import { withSafeOutput } from "./safe-output";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "json"] as const;

interface UnmanagedFlags {
  readonly dataView: string;
  readonly stack: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly cwd?: string;
}

const examples = `
Examples:
  $ pulumi-cja unmanaged --data-view dv_prod --stack prod
  $ pulumi-cja unmanaged --data-view dv_prod --stack acme/web/prod --stack acme/shop/prod --format json

To bring them under code, run "pulumi-cja export --data-view ID --out DIR".
Exit status: 0 all are in a stack, 2 some are in none, 1 the check failed.
`;

/** `pulumi-cja unmanaged`: the segments of a data view that no stack has. */
export function unmanagedCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("unmanaged")
    .description("list the segments of a data view that are in none of the stacks")
    .requiredOption("--data-view <id>", "the data view")
    .requiredOption("-s, --stack <name...>", "the stacks; may be repeated")
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: UnmanagedFlags) => unmanaged(flags, terminal)));
}

async function unmanaged(flags: UnmanagedFlags, terminal: Terminal): Promise<void> {
  const { dataView, stack, format, cwd } = flags;
  const managed = new Set<string>();
  for (const name of stack) for (const { id } of await readStackSegments(name, cwd, terminal)) managed.add(id);
  const all = await readDataViewSegments(dataView, terminal, { stack: stack.length === 1 ? stack[0] : undefined, cwd });
  const unmanagedSegments = sortedBy(
    all.filter(({ id }) => !managed.has(id)),
    ({ name, id }) => [name, id],
  );
  const json = () =>
    `${JSON.stringify(
      unmanagedSegments.map(({ id, name, description }) => ({ id, name, description })),
      null,
      2,
    )}\n`;
  terminal.write(format === "json" ? json() : asText(flags, all.length, unmanagedSegments));
  terminal.exit(unmanagedSegments.length > 0 ? 2 : 0);
}

function asText({ dataView }: UnmanagedFlags, count: number, unmanagedSegments: readonly ComparedSegment[]): string {
  const headline = `${unmanagedSegments.length} of the ${count} ${count === 1 ? "segment" : "segments"} of ${escapeInvisible(dataView)} ${unmanagedSegments.length === 1 ? "is" : "are"} in none of the stacks${unmanagedSegments.length > 0 ? ":" : "."}`;
  return `${[headline, ...unmanagedSegments.map(({ id, name }) => `  ${escapeInvisible(name)} (${escapeInvisible(id)})`)].join("\n")}\n`;
}
