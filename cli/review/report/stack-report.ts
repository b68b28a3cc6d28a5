import { warningIn } from "../../../model/notices";
import { isError } from "../preview/content";
import type { Diagnostic, Preview, Step } from "../preview/preview";
import { driftReview } from "./drift-review";
import { jobReview, SEGMENT_JOB } from "./job-review";
import { namedBy, type StackOptions } from "./named";
import type { ReviewOptions } from "./report";
import { placeOf } from "./place";
import type { Counts, DriftReview, Failure, JobReview, OtherReview, SegmentReview, StackReport } from "./report";
import { SEGMENT, segmentReview } from "./segment-review";

/** Who made what: resources of the engine itself are nobody's. */
const isDeclared = ({ type }: Step): boolean => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:");

/** What the plan of one stack means. */
export function stackReport(preview: Preview, source: string, given: ReviewOptions): StackReport {
  const options = { ...given, named: namedBy(given, preview) };
  const { steps, diagnostics, maybeCorrupt } = preview;
  const refresh = refreshOf(preview);
  const found = refresh === "alone" ? refreshed(preview, options) : planned(preview, options);
  const names = steps[0]?.urn ?? diagnostics.find(({ urn }) => urn)?.urn;
  return {
    source,
    project: names?.project ?? "",
    stack: names?.stack ?? "",
    destroys: steps.some(({ type, op }) => type === "pulumi:pulumi:Stack" && op === "delete"),
    refresh,
    counts: countsOf(preview, found),
    failures: failuresIn(diagnostics),
    warnings: [
      ...(maybeCorrupt
        ? [{ resource: undefined, message: "The state that the plan was made from may be damaged." }]
        : []),
      ...diagnostics.filter(isWarning).map(failureOf),
    ],
    ...found,
  };
}

/** With `pulumi refresh --preview-only` nothing is planned for the stack itself; of one with nothing in it nothing is counted at all. */
function refreshOf({ steps, summary, diagnostics }: Preview): StackReport["refresh"] {
  if (steps.length === 0) return diagnostics.some(isError) || Object.keys(summary).length > 0 ? "none" : "alone";
  const ofStack = steps.filter(({ type }) => type === "pulumi:pulumi:Stack");
  if (ofStack.length > 0 && ofStack.every(({ op }) => op === "refresh")) return "alone";
  // What this plan makes the first time has been in no UI.
  return steps.some(({ op }) => op === "refresh") || ofStack.some(({ op }) => op === "create") ? "with" : "none";
}

/** There a change is what was found. */
function refreshed({ steps }: Preview, options: StackOptions): Found {
  const drift = steps
    .filter(isDeclared)
    .flatMap((step) =>
      step.before && (step.op === "update" || step.op === "delete")
        ? (driftReview(step, step.before, step.op === "delete" ? undefined : step.after, options, false) ?? [])
        : [],
    );
  // What no refresh is known to find.
  const others = steps.filter(({ op }) => !FOUND.has(op)).flatMap((step) => otherReview(step, steps) ?? []);
  return { segments: [], jobs: [], drift: inOrder(drift), others };
}

/** With `--refresh`, a step of that name holds what was deployed, and the plan's own begins with what was found. */
function planned(preview: Preview, options: StackOptions): Found {
  const declared = preview.steps.filter(isDeclared);
  const deployed = new Map(
    declared.flatMap(({ op, key, before }) => (op === "refresh" && before ? [[key, before] as const] : [])),
  );
  const plan = declared.filter(({ op }) => op !== "refresh");
  const drift = plan.flatMap((step) => {
    const left = deployed.get(step.key);
    return left ? (driftReview(step, left, step.before, options, true) ?? []) : [];
  });
  const drifted = new Set(drift.map(({ urn }) => urn));
  const leftOf = ({ key }: Step) => (drifted.has(key) ? deployed.get(key) : undefined);
  const of = (type: string) => plan.filter((step) => step.type === type);
  return {
    segments: byGravity(of(SEGMENT).flatMap((step) => segmentReview(step, preview, options, leftOf(step)) ?? [])),
    jobs: inOrder(of(SEGMENT_JOB).flatMap((step) => jobReview(step, preview, options) ?? [])),
    drift: inOrder(drift.filter(({ kind }) => kind !== "job")),
    others: byGravity(plan.flatMap((step) => otherReview(step, plan) ?? [])),
  };
}

/** By name: the engine's order is of chance. */
const inOrder = <T extends { readonly urn: string; readonly resource: string }>(reviews: readonly T[]): T[] =>
  reviews.toSorted((a, b) => compare(a.resource, b.resource) || compare(a.urn, b.urn));

/** What is lost first, what is new last: where there is no room for all, the end goes. */
const GRAVITY: readonly string[] = ["delete", "replace", "forget", "change", "update", "adopt", "create"];

const byGravity = <T extends { readonly urn: string; readonly resource: string; readonly action: string }>(
  reviews: readonly T[],
): T[] => inOrder(reviews).toSorted((a, b) => GRAVITY.indexOf(a.action) - GRAVITY.indexOf(b.action));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The last word of the engine says nothing, but that it failed. Where it is the only one, whatever else was said may say why. */
function failuresIn(diagnostics: readonly Diagnostic[]): Failure[] {
  const errors = diagnostics.filter(isError);
  const telling = errors.filter(({ message }) => !/^(?:error: )?preview failed\s*$/.test(message));
  if (telling.length > 0 || errors.length === 0) return telling.map(failureOf);
  const rest = diagnostics.filter((one) => !isError(one) && !isWarning(one) && one.message.trim() !== "");
  return [{ resource: undefined, message: UNTOLD }, ...rest.map(failureOf)];
}

const UNTOLD =
  "preview failed, and its output does not say why: a mandatory policy may forbid it. Run pulumi preview without --json to see which.";

/** The provider's own warnings come through its standard error, which the engine calls information. */
const isWarning = ({ severity, message }: Diagnostic): boolean =>
  severity === "warning" || (severity.startsWith("info") && warningIn(message.trimStart()) !== undefined);

const failureOf = ({ urn, message }: Diagnostic): Failure => ({
  resource: urn && urn.types.at(-1) !== "pulumi:pulumi:Stack" ? urn.name : undefined,
  message: withoutFrames(message.replace(/^error: /, "")).trim(),
});

/** Where in Node it happened says nothing to a reader, and where in the file system nothing to anybody else. */
const withoutFrames = (message: string): string => message.replace(FRAME, "");
const FRAME =
  /^[ \t]+at (?:.*\((?:.*:\d+:\d+|<anonymous>|index \d+|native)\)|(?:async )?(?:node:|file:|\/|[A-Z]:\\).*:\d+:\d+)[ \t]*\n?/gm;

const FOUND: ReadonlySet<string> = new Set(["refresh", "same", "update", "delete"]);
const QUIET: ReadonlySet<string> = new Set(["same", "read"]);
/** Halves of a replacement. */
const HALVES: ReadonlySet<string> = new Set(["create-replacement", "delete-replaced"]);
/** What has words of its own for segments and jobs. */
const OURS: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

function otherReview(step: Step, steps: readonly Step[]): OtherReview | undefined {
  const { type, op, before } = step;
  if (QUIET.has(op) || ((type === SEGMENT || type === SEGMENT_JOB) && OURS.has(op))) return undefined;
  if (HALVES.has(op) && steps.some((other) => other.op === "replace" && other.key === step.key)) return undefined;
  return { ...placeOf(step), type, action: op === "delete" && before?.retained ? "forget" : op };
}

interface Found {
  readonly segments: readonly SegmentReview[];
  readonly jobs: readonly JobReview[];
  readonly drift: readonly DriftReview[];
  readonly others: readonly OtherReview[];
}

function countsOf({ steps, summary }: Preview, { segments, jobs, drift, others }: Found): Counts {
  const of = (action: SegmentReview["action"]) => segments.filter((segment) => segment.action === action).length;
  const jobsThat = (...actions: JobReview["action"][]) => jobs.filter(({ action }) => actions.includes(action)).length;
  return {
    create: of("create"),
    adopt: of("adopt"),
    change: of("change") + jobsThat("change", "wait"),
    replace: of("replace"),
    delete: of("delete") + jobsThat("delete", "cancel"),
    forget: of("forget") + jobsThat("forget"),
    run: jobsThat("run"),
    drift: drift.length,
    others: others.length,
    // The engine counts them, the stack's own among them, and lists that one alone.
    unchanged: Math.max(0, (summary["same"] ?? 0) - (steps.some(isUnchangedStack) ? 1 : 0)),
  };
}

const isUnchangedStack = ({ type, op }: Step): boolean =>
  type === "pulumi:pulumi:Stack" && (op === "same" || op === "refresh");
