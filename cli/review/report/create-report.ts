import { sortedBy } from "../../../definition/sorted";
import { isError } from "../preview/content";
import { NotJson } from "../preview/documents";
import { NotAPreview, SEGMENT, SEGMENT_JOB, readPreviews, type Preview, type Step } from "../preview/preview";
import { LATER, SECRET } from "../preview/values";
import { driftReview } from "./drift-review";
import { failureOf, failuresIn, isWarning } from "./failures";
import { HIDDEN, inWords } from "./field-changes";
import { jobReview } from "./job-review";
import { namedBy, placeOf, type StackOptions } from "./name-lookup";
import type {
  Counts,
  DriftReview,
  JobReview,
  OtherReview,
  Report,
  ReviewOptions,
  SegmentReview,
  StackReport,
  Unreadable,
} from "./report";
import { segmentReview } from "./segment-review";
import { headingName } from "./words";

/** What a preview was read from. */
export interface Source {
  /** A file's name, or `standard input`. */
  readonly name: string;
  readonly text: string;
  /** Why there is none. */
  readonly missing?: string;
}

/** What the previews mean: those of several stacks, each from its own source or one after another in one. */
export function reportOf(sources: readonly Source[], options: ReviewOptions = {}): Report {
  const stacks: StackReport[] = [];
  const unreadable: Unreadable[] = [];
  for (const { name, text, missing } of sources) {
    if (missing !== undefined) {
      unreadable.push({ source: name, reason: missing });
      continue;
    }
    try {
      stacks.push(...readPreviews(text).map((preview) => stackReport(preview, name, options)));
    } catch (error) {
      if (!(error instanceof NotJson || error instanceof NotAPreview)) throw error;
      unreadable.push({ source: name, reason: error.message });
    }
  }
  return { stacks: withSame(stacks), unreadable };
}

/** Stacks of one review, and of those whose segments change as an earlier one's do, which. In the order given. */
export function withSame(stacks: readonly StackReport[]): StackReport[] {
  const shown = new Map<string, string>();
  return stacks.map((stack) => {
    if (stack.failures.length > 0 || stack.segments.length === 0) return stack;
    const key = inWords(stack.segments.map(changeOf));
    // What nobody is shown may differ.
    if ([SECRET, LATER, HIDDEN].some((word) => key.includes(word))) return stack;
    const [name, first] = [headingName(stack), shown.get(key)];
    if (first === undefined) shown.set(key, name);
    return first === undefined || first === name ? stack : { ...stack, sameAs: first };
  });
}

/** What differs from stack to stack stands in a heading, or says nothing of the change. */
function changeOf({ urn: _, id: _id, dataView: _view, ...change }: SegmentReview) {
  return change;
}

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
    segments: bySeverity(of(SEGMENT).flatMap((step) => segmentReview(step, preview, options, leftOf(step)) ?? [])),
    jobs: inOrder(of(SEGMENT_JOB).flatMap((step) => jobReview(step, preview, options) ?? [])),
    drift: inOrder(drift.filter(({ kind }) => kind !== "job")),
    others: bySeverity(plan.flatMap((step) => otherReview(step, plan) ?? [])),
  };
}

/** By name: the engine's order is of chance. */
const inOrder = <T extends { readonly urn: string; readonly resource: string }>(reviews: readonly T[]): T[] =>
  sortedBy(reviews, ({ resource, urn }) => [resource, urn]);

/** What is lost first, what is new last: where there is no room for all, the end goes. */
const SEVERITY: readonly string[] = ["delete", "replace", "forget", "change", "update", "adopt", "create"];

const bySeverity = <T extends { readonly urn: string; readonly resource: string; readonly action: string }>(
  reviews: readonly T[],
): T[] => sortedBy(inOrder(reviews), ({ action }) => SEVERITY.indexOf(action));

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
