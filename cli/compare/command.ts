import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import type { ComparedSegment } from "./compared-segment";
import { compareAudienceSides } from "./audience-sides";
import { compare, type Compared, type Comparison } from "./comparison";
import { comparisonMarkdown, comparisonText } from "./text-and-markdown";
import { writeJson } from "../../definition/json";
import {
  alignSides,
  readDataViewSegments,
  readEnvironments,
  parseSideName,
  readStackState,
  type RequestedMetadata,
  type SideName,
} from "./side";
import { parseStackSegments } from "./stack-segments";
import type { ExportedKind } from "../export/kinds";
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
  $ pulumi-cja compare sandbox:dev sandbox:prod      the audiences of two sandboxes of Experience Platform
  $ pulumi-cja compare stack:prod sandbox:prod

It matches resources of two stacks by their names in the program, those of two data views or sandboxes by their names in the UI, and those of a
stack and one of these by ID, else by name. IDs, merge policies and schemas that have a logical name in environments.yaml are compared by that name:
a stack has the environment of its name, a sandbox and a data view that which names them. Of audiences, it compares the merge policy and the audiences
that an expression names by their names. It leaves out those that other services have made, and says how many. The service does not list inactive
ones: of these, it compares what a stack has and what expressions name. What a stack does not manage (tags, shares, labels, a merge policy that the
program does not name) does not count.
A value that one side keeps secret is not shown, and counts as different. It reads stacks with "pulumi stack export", and data views and sandboxes
with the settings of the environment (CJA_ORG_ID …), else of the stack's config. It writes nothing.
Exit status: 0 all equal, 2 something differs, 1 the comparison failed.
`;

/** `pulumi-cja compare`: what two stacks, data views or sandboxes have in common, and what not. */
export function compareCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("compare")
    .description(
      "show how the segments of two stacks or data views differ, or the audiences of two stacks or sandboxes",
    )
    .argument("<a>", "stack:NAME, dataview:ID or sandbox:NAME")
    .argument("<b>", "stack:NAME, dataview:ID or sandbox:NAME")
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
  const kinds = comparedKinds(a, b);
  const sides = [a, b] as const;
  const environments = environmentsOfFlags(flags);
  const states = new Map<SideName, string>();
  for (const side of sides)
    if (side.kind === "stack") states.set(side, await readStackState(side.name, flags.cwd, terminal));
  const segments = kinds.includes("Segment")
    ? await compareSegments(sides, states, environments, flags, terminal)
    : undefined;
  const audiences = kinds.includes("Audience")
    ? await compareAudienceSides(sides, states, environments, { stack: stackOf(sides), cwd: flags.cwd }, terminal)
    : undefined;
  const shown = [
    // Of two stacks, only what they have is worth a word.
    ...(segments && (!audiences || !isEmpty(segments) || isEmpty(audiences))
      ? [{ of: segments, many: "segments" }]
      : []),
    ...(audiences && (!segments || !isEmpty(audiences)) ? [{ of: audiences, many: "audiences" }] : []),
  ];
  const print: Readonly<Record<CompareFlags["format"], () => string>> = {
    text: () => shown.map(({ of, many }) => comparisonText(of, many)).join("\n"),
    markdown: () => shown.map(({ of }) => comparisonMarkdown(of)).join("\n"),
    json: () => `${writeJson(!segments || !audiences ? (segments ?? audiences) : { ...segments, audiences }, 2)}\n`,
  };
  terminal.write(print[flags.format]());
  const differs = [segments, audiences].some(
    (one) => one && one.different.length + one.onlyInA.length + one.onlyInB.length > 0,
  );
  terminal.exit(differs ? 2 : 0);
}

/** A data view has segments, and a sandbox audiences. */
function comparedKinds(a: SideName, b: SideName): readonly ExportedKind[] {
  const kinds = [a.kind, b.kind];
  if (kinds.includes("dataview") && kinds.includes("sandbox"))
    throw new Error(
      `${a.label} and ${b.label} have nothing in common: a data view has segments, and a sandbox audiences`,
    );
  if (kinds.includes("sandbox")) return ["Audience"];
  return kinds.includes("dataview") ? ["Segment"] : ["Segment", "Audience"];
}

const isEmpty = ({ onlyInA, onlyInB, different, same }: Comparison<Compared>): boolean =>
  onlyInA.length + onlyInB.length + different.length + same === 0;

type Sides = readonly [SideName, SideName];
type States = ReadonlyMap<SideName, string>;

type Environments = ReturnType<typeof readEnvironments>;

/** Those of the file that is named, else of the one beside the program, if there is one. */
function environmentsOfFlags({ environments: file }: CompareFlags): Environments {
  const path = file ?? (existsSync(ENVIRONMENTS) ? ENVIRONMENTS : undefined);
  return path === undefined ? new Map<string, never>() : readEnvironments(path);
}

async function compareSegments(
  [a, b]: Sides,
  states: States,
  environments: Environments,
  flags: CompareFlags,
  terminal: Terminal,
) {
  const { cwd } = flags;
  const stacks = new Map(
    [...states].map(([side, state]) => [side, onlyRequested(parseStackSegments(state), flags)] as const),
  );
  const metadataToFetch = decideMetadata([...stacks.values()], flags);
  const readSide = async (side: SideName) =>
    stacks.get(side) ??
    (await readDataViewSegments(side.name, terminal, { stack: stackOf([a, b]), cwd }, metadataToFetch));
  const [left, right] = alignSides([a, b], [await readSide(a), await readSide(b)], environments);
  // Two data views are never one, and names for them are no more than a convenience.
  return compare(left, right, {
    ignoreDataView: a.kind === "dataview" || b.kind === "dataview" || environments.size === 0,
  });
}

/** The stack whose settings count where the environment lacks some. */
const stackOf = (sides: Sides): string | undefined => sides.find(({ kind }) => kind === "stack")?.name;

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
