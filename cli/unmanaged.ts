import { Command, Option } from "commander";
import { sortedBy } from "../definition/sorted";
import type { ComparedSegment } from "./compare/compared-segment";
import { visible } from "./escape-invisible";
import { dataViewSegments, stackSegments } from "./compare/side";
import { behindDoor } from "./safe-output";
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

Next: "pulumi-cja export --data-view ID --out DIR" brings them under code.
Exit status: 0 all are in a stack, 2 some are in none, 1 it could not be found out.
`;

/** `pulumi-cja unmanaged`: the segments of a data view that no stack has. */
export function unmanagedCommand(given: Partial<Terminal> = {}): Command {
  return new Command("unmanaged")
    .description("list the segments of a data view that are in none of the stacks")
    .requiredOption("--data-view <id>", "the data view")
    .requiredOption("-s, --stack <name...>", "the stacks; may be given several times")
    .addOption(new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text"))
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .addHelpText("after", examples)
    .action(behindDoor(given, (terminal, flags: UnmanagedFlags) => unmanaged(flags, terminal)));
}

async function unmanaged(flags: UnmanagedFlags, terminal: Terminal): Promise<void> {
  const { dataView, stack, format, cwd } = flags;
  const managed = new Set<string>();
  for (const name of stack) for (const { id } of await stackSegments(name, cwd, terminal)) managed.add(id);
  const all = await dataViewSegments(dataView, terminal, { stack: stack.length === 1 ? stack[0] : undefined, cwd });
  const left = sortedBy(
    all.filter(({ id }) => !managed.has(id)),
    ({ name, id }) => [name, id],
  );
  const json = () =>
    `${JSON.stringify(
      left.map(({ id, name, description }) => ({ id, name, description })),
      null,
      2,
    )}\n`;
  terminal.write(format === "json" ? json() : asText(flags, all.length, left));
  terminal.exit(left.length > 0 ? 2 : 0);
}

function asText({ dataView }: UnmanagedFlags, count: number, left: readonly ComparedSegment[]): string {
  const head = `${left.length} of the ${count} ${count === 1 ? "segment" : "segments"} of ${visible(dataView)} ${left.length === 1 ? "is" : "are"} in none of the stacks${left.length > 0 ? ":" : "."}`;
  return `${[head, ...left.map(({ id, name }) => `  ${visible(name)} (${visible(id)})`)].join("\n")}\n`;
}
