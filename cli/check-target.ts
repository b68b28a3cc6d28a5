import { quoted } from "../definition/sentences/quote";
import { didYouMeanText, type DataView } from "../provider/data-view/data-view";
import type { MissingComponent } from "../provider/segment/target-check";
import { Command, Option } from "commander";
import { openCommandRuntime } from "./command-runtime";
import { withSafeOutput } from "./safe-output";
import { isError } from "./review/preview/content";
import { SEGMENT, readPreviews, type Preview } from "./review/preview/preview";
import { KNOWN_LATER, SECRET } from "./review/preview/values";
import { readSources } from "./review/sources";
import type { Terminal } from "./terminal";
import { escapeInvisible } from "./escape-invisible";

interface Finding {
  readonly resource: string;
  readonly name: string;
  readonly dataViewId: string;
  /** What its data view does not have; null where there is no such data view. */
  readonly missing: readonly MissingComponent[] | null;
  /** Then the one that was meant, where that can be told. */
  readonly nearest?: Pick<DataView, "id" | "name">;
}

const FORMATS = ["text", "json"] as const;

const examples = `
Examples:
  $ pulumi preview --stack prod --json | pulumi-cja check-target
  $ pulumi-cja check-target prod.json --format json

Settings come from the environment (CJA_ORG_ID …), else from the selected stack's config. It sends two requests for each data view and writes nothing.
A preview warns of the same by itself; with cja:checkTarget always, it fails.
Exit status: 0 everything is there, 2 something is missing, 1 the check failed.
`;

/** `pulumi-cja check-target`: whether the data views have what the segments of a plan use. */
export function checkTargetCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("check-target")
    .description("list the dimensions and metrics that a plan's segments use and their data views lack")
    .argument("[files...]", 'output of "pulumi preview --json"; - or nothing for standard input')
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .addHelpText("after", examples)
    .action(
      withSafeOutput(
        overrides,
        (terminal, files: readonly string[], { format }: { format: (typeof FORMATS)[number] }) =>
          checkTarget(files, format, terminal),
      ),
    );
}

async function checkTarget(
  files: readonly string[],
  format: (typeof FORMATS)[number],
  terminal: Terminal,
): Promise<void> {
  const sources = await readSources(files, terminal.standardInput);
  const previews = sources.flatMap(({ text, missing }) => {
    if (missing !== undefined) throw new Error(missing);
    return readPreviews(text);
  });
  previews.forEach(refuseFailed);
  const planned = previews.flatMap(plannedSegments);
  const [segments, others] = [planned.filter(isKnown), planned.filter((segment) => !isKnown(segment))];
  const { target } = await openCommandRuntime(terminal);
  const findings = (
    await Promise.all(
      segments.map(async ({ resource, name, dataViewId, definition }): Promise<Finding> => {
        const missing = await target.findMissing(dataViewId, definition);
        if (missing !== "no data view") return { resource, name, dataViewId, missing };
        const { id, name: called } = (await target.suggestDataView(dataViewId)) ?? {};
        const nearest = id === undefined ? {} : { nearest: { id, ...(called !== undefined && { name: called }) } };
        return { resource, name, dataViewId, missing: null, ...nearest };
      }),
    )
  ).filter(({ missing }) => missing === null || missing.length > 0);
  terminal.write(
    format === "json" ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings, segments.length, others.length),
  );
  if (others.length > 0)
    terminal.log(
      `pulumi-cja: not checked, because the data view or the definition is secret, or known only after up: ${others.map(({ resource }) => quoted(resource)).join(", ")}`,
    );
  terminal.exit(findings.length > 0 ? 2 : others.length > 0 ? 1 : 0);
}

/** A segment as a plan wants it, as far as that is known before it runs. */
interface PlannedSegment {
  /** The name that the program gave. */
  readonly resource: string;
  readonly name: string;
  readonly dataViewId: unknown;
  readonly definition: unknown;
}

/** One of which all is known. */
interface KnownSegment extends PlannedSegment {
  readonly dataViewId: string;
}

const WRITING_OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace"]);

/** The segments that a plan makes or changes. */
function plannedSegments({ steps }: Preview): PlannedSegment[] {
  return steps.flatMap(({ op, type, urn, after }) => {
    if (type !== SEGMENT || !WRITING_OPERATIONS.has(op) || !after) return [];
    const { name, dataViewId, definition } = after.inputs;
    return [{ resource: urn.name, name: typeof name === "string" ? name : urn.name, dataViewId, definition }];
  });
}

const isKnown = (segment: PlannedSegment): segment is KnownSegment =>
  typeof segment.dataViewId === "string" &&
  segment.dataViewId !== KNOWN_LATER &&
  segment.dataViewId !== SECRET &&
  typeof segment.definition === "object" &&
  segment.definition !== null;

/** Of a preview that has failed nobody knows what else it would have planned. */
function refuseFailed({ diagnostics }: Preview): void {
  if (!diagnostics.some(isError)) return;
  const messages = diagnostics.filter(({ severity }) => severity !== "debug").map(({ message }) => message.trim());
  throw new Error(["the preview failed, so it does not have all segments:", ...messages].join("\n"));
}

function asText(findings: readonly Finding[], count: number, others: number): string {
  const checked = `${count} ${count === 1 ? "segment" : "segments"} of the plan`;
  if (count === 0) return others === 0 ? "The plan creates or changes no segment.\n" : "";
  if (findings.length === 0) return `${checked}: their data views have everything that they use.\n`;
  const lines = findings.flatMap(({ resource, name, dataViewId, missing, nearest }) => [
    `${quoted(name)} (${escapeInvisible(resource)}):`,
    ...(missing === null
      ? [`  there is no data view ${escapeInvisible(dataViewId + didYouMeanText(nearest))}`]
      : missing.map(({ id, path, nearest: near }) => {
          const suggestion = near === undefined ? "" : `; did you mean ${escapeInvisible(near)}?`;
          return `  ${escapeInvisible(dataViewId)} does not have ${escapeInvisible(id)} (definition.${escapeInvisible(path)})${suggestion}`;
        })),
  ]);
  return `${[`${checked}: ${findings.length} would not work.`, ...lines].join("\n")}\n`;
}
