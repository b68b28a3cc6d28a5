import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import type { ComparedSegment } from "./compared-segment";
import { compare, type Comparison } from "./comparison";
import { comparisonMarkdown, comparisonText } from "./text-and-markdown";
import { writeJson } from "../../definition/json";
import {
  alignSides,
  readDataViewSegments,
  readEnvironments,
  parseSideName,
  readStackSegments,
  type RequestedMetadata,
  type SideName,
} from "./side";
import { withSafeOutput } from "../safe-output";
import type { Terminal } from "../terminal";

const FORMATS = ["text", "markdown", "json"] as const;
const ENVIRONMENTS = "environments.yaml";

interface CompareFlags {
  readonly format: (typeof FORMATS)[number];
  readonly cwd?: string;
  readonly environments?: string;
  readonly tags: boolean;
  readonly shares: boolean;
}

const examples = `
Examples:
  $ pulumi-cja compare stack:stage stack:prod
  $ pulumi-cja compare stack:prod dataview:dv_prod      what the UI has and the stack does not
  $ pulumi-cja compare dataview:dv_dev dataview:dv_prod --environments environments.yaml --format markdown

It matches segments of two stacks by their names in the program, those of two data views by their names in the UI, and those of a stack and a data
view by ID, else by name. It compares IDs that environments.yaml names by name. Tags and shares that a stack does not manage do not count.
A value that one side keeps secret is not shown, and counts as different. It reads stacks with "pulumi stack export", and data views with the
settings of the environment (CJA_ORG_ID …), else of the stack's config. It writes nothing.
Exit status: 0 all equal, 2 something differs, 1 the comparison failed.
`;

/** `pulumi-cja compare`: what two stacks or data views have in common, and what not. */
export function compareCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("compare")
    .description("show how the segments of two stacks or data views differ")
    .argument("<a>", "stack:NAME or dataview:ID")
    .argument("<b>", "stack:NAME or dataview:ID")
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .option("--environments <file>", `logical names of IDs (default: ${ENVIRONMENTS}, if it exists)`)
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .option("--no-tags", "do not compare tags")
    .option("--no-shares", "do not compare shares")
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, async (terminal, a: string, b: string, flags: CompareFlags) =>
        run(parseSideName(a), parseSideName(b), flags, terminal),
      ),
    );
}

async function run(a: SideName, b: SideName, flags: CompareFlags, terminal: Terminal): Promise<void> {
  const { format, cwd, environments: file } = flags;
  const environmentsPath = file ?? (existsSync(ENVIRONMENTS) ? ENVIRONMENTS : undefined);
  const environments = environmentsPath === undefined ? new Map<string, never>() : readEnvironments(environmentsPath);
  const stacks = new Map<SideName, readonly ComparedSegment[]>();
  for (const side of [a, b])
    if (side.kind === "stack")
      stacks.set(side, onlyRequested(await readStackSegments(side.name, cwd, terminal), flags));
  const stack = [a, b].find(({ kind }) => kind === "stack")?.name;
  const metadataToFetch = decideMetadata([...stacks.values()], flags);
  const readSide = async (side: SideName) =>
    stacks.get(side) ?? (await readDataViewSegments(side.name, terminal, { stack, cwd }, metadataToFetch));
  const [left, right] = alignSides([a, b], [await readSide(a), await readSide(b)], environments);
  // Two data views are never one, and names for them are no more than a convenience.
  const comparison = compare(left, right, {
    ignoreDataView: a.kind === "dataview" || b.kind === "dataview" || environments.size === 0,
  });
  const print: Readonly<Record<CompareFlags["format"], (of: Comparison) => string>> = {
    text: comparisonText,
    markdown: comparisonMarkdown,
    json: (of) => `${writeJson(of, 2)}\n`,
  };
  terminal.write(print[format](comparison));
  const { different, onlyInA, onlyInB } = comparison;
  terminal.exit(different.length + onlyInA.length + onlyInB.length > 0 ? 2 : 0);
}

type MetadataFlags = Pick<CompareFlags, "tags" | "shares">;

const onlyRequested = (segments: readonly ComparedSegment[], { tags, shares }: MetadataFlags): ComparedSegment[] =>
  segments.map(({ tags: segmentTags, shares: segmentShares, ...segment }) => ({
    ...segment,
    ...(tags && segmentTags && { tags: segmentTags }),
    ...(shares && segmentShares && { shares: segmentShares }),
  }));

/** Of a data view, what a stack on the other side does not manage need not be asked. */
const decideMetadata = (
  stacks: readonly (readonly ComparedSegment[])[],
  { tags, shares }: MetadataFlags,
): RequestedMetadata => ({
  tags,
  shares: shares && stacks.every((segments) => segments.some((segment) => segment.shares !== undefined)),
});
