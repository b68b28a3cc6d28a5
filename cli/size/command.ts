import { Command, Option } from "commander";
import { parse } from "../../definition";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import { SizeBudget } from "../../provider/size/budget";
import type { SizeRange } from "../../provider/size/size";
import { openCommandRuntime, type CommandRuntime } from "../command-runtime";
import { readDefinition, type FoundDefinition, type FoundExpression } from "../definition-source";
import { escapeInvisible } from "../escape-invisible";
import { readPreviews } from "../review/preview/preview";
import { readSources } from "../review/sources";
import { withSafeOutput } from "../safe-output";
import type { Terminal } from "../terminal";
import { fetchSizes, plannedSizes } from "./plan-sizes";
import { relativeChange, sizeText, spentText, unknownReason, type SizeChange } from "./size-change";
import { DEFAULT_RANGE, MAX_REPORTS_OPTION, parseRange } from "./size-flags";

interface SizeFlags {
  readonly preview?: readonly string[];
  readonly dataView?: string;
  readonly sandbox?: string;
  readonly range: SizeRange;
  readonly maxReports: number;
  readonly json?: true;
}

/** What was asked for, and what Adobe counted. */
interface NamedSize extends SizeChange {
  readonly name: string;
}

const examples = `
Examples:
  $ pulumi-cja size s300000022_6b02b5cb0000000000000001      of your tenant, in its own data view
  $ pulumi-cja size segment.json --data-view dv_web --range 90d      before it is saved
  $ pulumi-cja size audience.pql --sandbox dev      an estimate over all people of the sandbox
  $ pulumi preview --json | pulumi-cja size --preview -      before and after, of all that the plan makes or changes
  $ pulumi-cja size *.json --data-view dv_web --json > sizes.json

Settings come from the environment (CJA_ORG_ID …), else from the selected stack's config. One report counts six definitions of a data
view; it counts against the allowance of your contract, so that a size is kept for 24 hours and is not asked for again meanwhile.
Exit status: 0, or 1 if a size is not known or something cannot be read.
`;

/** `pulumi-cja size`: how many people a segment or an audience selects, saved or not. */
export function sizeCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("size")
    .description("count the people, sessions and events that segments select, and estimate audiences")
    .argument(
      "[sources...]",
      "a segment's ID, a file with a definition or a whole segment as JSON, a file with an audience's expression (.pql), or - for standard input",
    )
    .option(
      "--preview <file>",
      'output of "pulumi preview --json": counts what it makes or changes; may be repeated; - for standard input',
      (file: string, others: readonly string[] = []) => [...others, file],
    )
    .option("--data-view <id>", "the data view of definitions that name none")
    .option("--sandbox <name>", "the sandbox of audiences; default: CJA_SANDBOX or cja:sandbox, else prod")
    .addOption(
      new Option("--range <days>", "the days that are counted, up to the last midnight of the data view: 90d")
        .argParser(parseRange)
        .default(DEFAULT_RANGE, "30d"),
    )
    .option(...MAX_REPORTS_OPTION)
    .option("--json", "print JSON, for scripts")
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, (terminal, sources: readonly string[], flags: SizeFlags) =>
        size(sources, flags, terminal),
      ),
    );
}

async function size(sources: readonly string[], flags: SizeFlags, terminal: Terminal): Promise<void> {
  const { preview: previewFiles = [], range, maxReports } = flags;
  if (sources.length + previewFiles.length === 0) throw new Error("name a segment, a file, or a --preview");
  const found = await Promise.all(sources.map((source) => readDefinition(source, terminal)));
  const previews = (previewFiles.length === 0 ? [] : await readSources(previewFiles, terminal.standardInput)).flatMap(
    ({ text, missing }) => {
      if (missing !== undefined) throw new Error(missing);
      return readPreviews(text);
    },
  );
  refuseMistakes(found, flags);
  const runtime = await openCommandRuntime(terminal);
  const sandbox = flags.sandbox ?? runtime.settings.sandbox;
  const budget = new SizeBudget(maxReports);
  const sizes = [
    ...(await sourceSizes(found, { range, sandbox, dataView: flags.dataView }, budget, runtime)),
    ...(await planSizes(
      previews.flatMap((preview) => plannedSizes(preview, sandbox)),
      range,
      budget,
      runtime,
    )),
  ];
  if (flags.json) terminal.write(`${JSON.stringify(sizes.map(toJson), null, 2)}\n`);
  else for (const each of sizes) terminal.write(`${escapeInvisible(each.name)}: ${sizeText(each, escapeInvisible)}\n`);
  if (sizes.length === 0) terminal.log("The plan makes or changes nothing that has a size.");
  else terminal.log(`pulumi-cja: ${spentText(budget)}`);
  terminal.exit(sizes.some((each) => unknownReason(each) !== undefined) ? 1 : 0);
}

type Found = FoundDefinition | FoundExpression;

/** All of them, before Adobe is asked for anything. */
function refuseMistakes(found: readonly Found[], { dataView }: SizeFlags): void {
  const mistakes = found.flatMap((each) => {
    if ("expression" in each) return [];
    const { errors } = parse(each.definition);
    return [
      ...errors.map(({ path, message }) => `${each.place}: ${path === "" ? "" : `${path}: `}${message}`),
      ...((each.dataViewId ?? dataView) === undefined
        ? [`${each.place}: it names no data view; add --data-view ID`]
        : []),
    ];
  });
  if (mistakes.length > 0) throw new Error(["nothing was counted:", ...mistakes].join("\n  "));
}

async function sourceSizes(
  found: readonly Found[],
  {
    range,
    sandbox,
    dataView,
  }: { readonly range: SizeRange; readonly sandbox: string; readonly dataView: string | undefined },
  budget: SizeBudget,
  { segmentSizes, audienceSizes }: CommandRuntime,
): Promise<NamedSize[]> {
  const named = new Map<Found, NamedSize>();
  const nameOf = ({ name, place }: Found) => name ?? place;
  const definitions = found.filter((each) => "definition" in each);
  const counted = await segmentSizes.find(
    definitions.map(({ definition, dataViewId }) => ({ definition, dataViewId: dataViewId ?? dataView ?? "" })),
    range,
    budget,
  );
  definitions.forEach((each, index) => {
    const after = counted[index];
    if (after) named.set(each, { name: nameOf(each), range, after });
  });
  const expressions = found.filter((each) => "expression" in each);
  const estimated = await audienceSizes.find(
    expressions.map(({ expression, schemaName = PROFILE_SCHEMA }) => ({ expression, schemaName, sandbox })),
    budget,
  );
  expressions.forEach((each, index) => {
    const after = estimated[index];
    if (after) named.set(each, { name: nameOf(each), after });
  });
  return found.flatMap((each) => named.get(each) ?? []);
}

async function planSizes(
  planned: Parameters<typeof fetchSizes>[0],
  range: SizeRange,
  budget: SizeBudget,
  runtime: CommandRuntime,
): Promise<NamedSize[]> {
  const sizes = await fetchSizes(planned, range, budget, runtime);
  return planned.map(({ step, after }) => {
    const { name } = after.inputs;
    return { name: typeof name === "string" ? name : step.urn.name, ...sizes.get(step.key) };
  });
}

function toJson({ name, range, before, after, ...rest }: NamedSize) {
  const change = relativeChange({ ...(before && { before }), ...(after && { after }) });
  return {
    name,
    ...(range && { days: range.days }),
    ...rest,
    before,
    after,
    ...(change !== undefined && Number.isFinite(change) && { change }),
  };
}
