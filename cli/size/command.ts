import { Command, Option } from "commander";
import { parse } from "../../definition";
import { formatMistake } from "../../model";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import { SizeBudget } from "../../provider/size/budget";
import type { SizeRange } from "../../provider/size/size";
import { openCommandRuntime } from "../command-runtime";
import { readDefinition, type FoundDefinition, type FoundExpression } from "../definition-source";
import { escapeInvisible } from "../escape-invisible";
import { isError } from "../review/preview/content";
import { readPreviews, type Preview } from "../review/preview/preview";
import type { Source } from "../review/report/create-report";
import { readSources } from "../review/sources";
import { withSafeOutput } from "../safe-output";
import type { Terminal } from "../terminal";
import { findSizes, type SizeSubject } from "./find-sizes";
import { fetchSizes, plannedSizes } from "./plan-sizes";
import { progressOf, relativeChange, sizeText, spentText, unknownReason, type SizeChange } from "./size-change";
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
view; it counts against the allowance of your contract, so that a size is kept for the day and not asked for again.
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
  if ([...sources, ...previewFiles].filter((file) => file === "-").length > 1)
    throw new Error("standard input is given twice: remove one -");
  const found = await Promise.all(sources.map((source) => readDefinition(source, terminal)));
  const previews = (previewFiles.length === 0 ? [] : await readSources(previewFiles, terminal.standardInput)).flatMap(
    previewsIn,
  );
  refuseMistakes(found, flags);
  const runtime = await openCommandRuntime(terminal);
  const budget = new SizeBudget(maxReports, progressOf(terminal));
  const place = { ...flags, sandbox: flags.sandbox ?? runtime.settings.sandbox };
  const ofFiles = await findSizes(
    found.map((each) => subjectOf(each, place)),
    range,
    budget,
    runtime,
  );
  // A plan knows the sandbox of its stack, where nobody has set another.
  const sandbox = flags.sandbox ?? (terminal.environment["CJA_SANDBOX"] || undefined);
  const planned = previews.flatMap((preview) => plannedSizes(preview, sandbox));
  const ofPlans = await fetchSizes(planned, range, budget, runtime);
  const sizes: NamedSize[] = [
    ...found.flatMap((each, index) => {
      const after = ofFiles[index];
      return after ? [{ name: each.name ?? each.place, ...("definition" in each && { range }), after }] : [];
    }),
    ...planned.map(({ step, after: { inputs } }) => ({
      name: typeof inputs["name"] === "string" ? inputs["name"] : step.urn.name,
      ...ofPlans.get(step.key),
    })),
  ];
  if (flags.json) terminal.write(`${JSON.stringify(sizes.map(toJson), null, 2)}\n`);
  else for (const each of sizes) terminal.write(`${escapeInvisible(each.name)}: ${sizeText(each, escapeInvisible)}\n`);
  if (sizes.length === 0) terminal.log("The plan makes or changes nothing that has a size.");
  else terminal.log(`pulumi-cja: ${spentText(budget)}`);
  terminal.exit(sizes.some((each) => unknownReason(each) !== undefined) ? 1 : 0);
}

/** Of a preview that has failed nobody knows what else it would have planned. */
function previewsIn({ name, text, missing }: Source): Preview[] {
  if (missing !== undefined) throw new Error(missing);
  try {
    const previews = readPreviews(text);
    if (previews.some(({ diagnostics }) => diagnostics.some(isError))) throw new Error("the preview has failed");
    return previews;
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

type Found = FoundDefinition | FoundExpression;

/** All of them, before Adobe is asked for anything. */
function refuseMistakes(found: readonly Found[], { dataView }: SizeFlags): void {
  const mistakes = found.flatMap((each) => {
    if ("expression" in each) return [];
    const { errors } = parse(each.definition);
    return [
      ...errors.map((mistake) => `${each.place}: ${formatMistake(mistake)}`),
      ...((each.dataViewId ?? dataView) === undefined
        ? [`${each.place}: it names no data view; add --data-view ID`]
        : []),
    ];
  });
  if (mistakes.length > 0) throw new Error(["nothing was counted:", ...mistakes].join("\n  "));
}

/** Where a definition or an expression of a file is counted. */
function subjectOf(
  found: Found,
  { dataView, sandbox }: Pick<SizeFlags, "dataView"> & { readonly sandbox: string },
): SizeSubject {
  if ("definition" in found) return { definition: found.definition, dataViewId: found.dataViewId ?? dataView ?? "" };
  const { expression, schemaName = PROFILE_SCHEMA } = found;
  return { expression, schemaName, sandbox };
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
