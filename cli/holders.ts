import { Command, Option } from "commander";
import { sortedBy } from "../definition/sorted";
import type { Holder } from "../provider/state/holders";
import { escapeInvisible } from "./escape-invisible";
import { openCommandRuntime } from "./command-runtime";
import { withSafeOutput } from "./safe-output";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "json"] as const;

interface HoldersFlags {
  readonly letGo?: string;
  readonly stack?: readonly string[];
  readonly format: (typeof FORMATS)[number];
}

const examples = `
Examples:
  $ pulumi-cja holders
  $ pulumi-cja holders --let-go s300000022_5bb7c94e80f0073611afb35c --stack web/dev

It knows the stacks that ran on this machine or, if CJA_RATE_LIMIT_STORE names a Redis, on any runner that uses it. Settings come from
the environment (CJA_ORG_ID …), else from the selected stack's config. It writes nothing at Adobe. A stack that lets a segment go neither deletes it
nor keeps other stacks from deleting it. Afterwards, remove the segment from that stack's program.

Exit status: 0, or 1 if the stack does not have the segment.
`;

/** `pulumi-cja holders`: which stacks have which segments, and which one lets go. */
export function holdersCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("holders")
    .description("list which stacks have which segments, or record that a stack lets one go")
    .option("--let-go <id>", "the segment that the stack lets go")
    .option("-s, --stack <name...>", "with --let-go: the stack, as it is listed; may be repeated")
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: HoldersFlags) => holders(flags, terminal)));
}

async function holders({ letGo, stack = [], format }: HoldersFlags, terminal: Terminal): Promise<void> {
  if ((letGo === undefined) !== (stack.length === 0))
    throw new Error("--let-go ID and --stack NAME belong together: give both");
  const { holders: known } = await openCommandRuntime(terminal, { required: ["orgId"] });
  if (letGo === undefined) {
    const all = sortedBy(await known.all(), ([id]) => id);
    terminal.write(format === "json" ? asJson(all) : asText(all));
    return;
  }
  for (const name of stack) {
    const released = await known.markLetsGo(letGo, name);
    if (released.length === 0) throw new Error(stackNotHolderText(letGo, name, await known.holdersOf(letGo)));
    terminal.write(
      released
        .map(
          ({ label }) => `${escapeInvisible(label)} of ${escapeInvisible(name)} lets ${escapeInvisible(letGo)} go.\n`,
        )
        .join(""),
    );
  }
}

function stackNotHolderText(id: string, stack: string, found: readonly Holder[]): string {
  const stacks = [...new Set(found.map((holder) => escapeInvisible(holder.stack)))];
  const known = stacks.length === 0 ? "no stack is known to have it" : `it is in ${stacks.join(", ")}`;
  return `the stack ${escapeInvisible(stack)} is not known to have the segment ${escapeInvisible(id)}: ${known}`;
}

type Entry = readonly [id: string, holders: readonly Holder[]];

function asText(all: readonly Entry[]): string {
  if (all.length === 0) return "No stack is known to have a segment.\n";
  return all
    .flatMap(([id, found]) =>
      found.map(
        ({ stack, label, seen, letsGo }) =>
          `${escapeInvisible(id)}  ${escapeInvisible(stack)}  ${escapeInvisible(label)}  seen ${new Date(seen).toISOString()}${letsGo ? "  lets it go" : ""}\n`,
      ),
    )
    .join("");
}

function asJson(all: readonly Entry[]): string {
  const entries = all.flatMap(([id, found]) =>
    found.map(({ stack, urn, seen, letsGo = false }) => ({
      id,
      stack,
      urn,
      seen: new Date(seen).toISOString(),
      letsGo,
    })),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}
