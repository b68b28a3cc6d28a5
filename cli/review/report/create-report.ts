import { isError } from "../preview/content";
import { NotJson } from "../preview/documents";
import { NotAPreview, readPreviews, type Preview, type Step } from "../preview/preview";
import { KNOWN_LATER, SECRET } from "../preview/values";
import { audienceReview } from "./audience-review";
import { driftReview } from "./drift-review";
import { sortByName, sortBySeverity } from "./entry-order";
import { toFailure, collectFailures, isWarning } from "./failures";
import { HIDDEN, toOneLine } from "./field-changes";
import { jobReview } from "./job-review";
import { createNameLookup, toPlace, type StackOptions } from "./name-lookup";
import type {
  AudienceReview,
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
export function createReport(sources: readonly Source[], options: ReviewOptions = {}): Report {
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
  return { stacks: linkSameChanges(stacks), unreadable };
}

/** Stacks of one review, and of those whose segments and audiences change as an earlier one's do, which. In the order given. */
export function linkSameChanges(stacks: readonly StackReport[]): StackReport[] {
  const shownChanges = new Map<string, string>();
  return stacks.map((stack) => {
    const { failures, segments, audiences } = stack;
    if (failures.length > 0 || segments.length + audiences.length === 0) return stack;
    const key = toOneLine([segments.map(comparableChange), audiences.map(comparableAudienceChange)]);
    // What nobody is shown may differ.
    if ([SECRET, KNOWN_LATER, HIDDEN].some((word) => key.includes(word))) return stack;
    const [name, first] = [headingName(stack), shownChanges.get(key)];
    if (first === undefined) shownChanges.set(key, name);
    return first === undefined || first === name ? stack : { ...stack, sameAs: first };
  });
}

/** What differs from stack to stack stands in a heading, or says nothing of the change. */
function comparableChange({ urn: _, id: _id, dataView: _view, ...change }: SegmentReview) {
  return change;
}

function comparableAudienceChange({ urn: _, id: _id, sandbox: _sandbox, ...change }: AudienceReview) {
  return change;
}

/** Who made what: resources of the engine itself are nobody's. */
const isDeclared = ({ type }: Step): boolean => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:");

/** What the plan of one stack means. */
export function stackReport(preview: Preview, source: string, reviewOptions: ReviewOptions): StackReport {
  const options = { ...reviewOptions, nameOf: createNameLookup(reviewOptions, preview) };
  const { steps, diagnostics, maybeCorrupt } = preview;
  const refresh = refreshKind(preview);
  const changes = refresh === "alone" ? refreshChanges(preview, options) : planChanges(preview, options);
  const names = steps[0]?.urn ?? diagnostics.find(({ urn }) => urn)?.urn;
  return {
    source,
    project: names?.project ?? "",
    stack: names?.stack ?? "",
    destroys: steps.some(({ type, op }) => type === "pulumi:pulumi:Stack" && op === "delete"),
    refresh,
    counts: countChanges(preview, changes),
    failures: collectFailures(diagnostics),
    warnings: [
      ...(maybeCorrupt
        ? [{ resource: undefined, message: "The state that the plan was made from may be damaged." }]
        : []),
      // The order in which providers say them is chance, and a comment that says the same is to be the same.
      ...diagnostics
        .filter(isWarning)
        .map(toFailure)
        .toSorted((a, b) => Number(a.message > b.message) - Number(a.message < b.message)),
    ],
    ...changes,
  };
}

/** With `pulumi refresh --preview-only` nothing is planned for the stack itself; of one with nothing in it nothing is counted at all. */
function refreshKind({ steps, summary, diagnostics }: Preview): StackReport["refresh"] {
  if (steps.length === 0) return diagnostics.some(isError) || Object.keys(summary).length > 0 ? "none" : "alone";
  const ofStack = steps.filter(({ type }) => type === "pulumi:pulumi:Stack");
  if (ofStack.length > 0 && ofStack.every(({ op }) => op === "refresh")) return "alone";
  // What this plan makes the first time has been in no UI.
  return steps.some(({ op }) => op === "refresh") || ofStack.some(({ op }) => op === "create") ? "with" : "none";
}

/** There a change is what was found. */
function refreshChanges(preview: Preview, options: StackOptions): StackChanges {
  const { steps } = preview;
  const drift = steps
    .filter(isDeclared)
    .flatMap((step) =>
      step.before && (step.op === "update" || step.op === "delete")
        ? (driftReview(step, step.before, step.op === "delete" ? undefined : step.after, preview, options, false) ?? [])
        : [],
    );
  // What no refresh is known to find.
  const others = steps
    .filter(({ op }) => !REFRESH_OPERATIONS.has(op))
    .flatMap((step) => otherReview(step, steps) ?? []);
  return { segments: [], audiences: [], jobs: [], drift: sortByName(drift), others };
}

/** With `--refresh`, a step of that name holds what was deployed, and the plan's own begins with what was found. */
function planChanges(preview: Preview, options: StackOptions): StackChanges {
  const declared = preview.steps.filter(isDeclared);
  const deployed = new Map(
    declared.flatMap(({ op, key, before }) => (op === "refresh" && before ? [[key, before] as const] : [])),
  );
  const plan = declared.filter(({ op }) => op !== "refresh");
  const drift = plan.flatMap((step) => {
    const deployedBefore = deployed.get(step.key);
    return deployedBefore ? (driftReview(step, deployedBefore, step.before, preview, options, true) ?? []) : [];
  });
  const drifted = new Set(drift.map(({ urn }) => urn));
  const deployedIfDrifted = ({ key }: Step) => (drifted.has(key) ? deployed.get(key) : undefined);
  const of = (kind: Step["kind"]) => plan.filter((step) => step.kind === kind);
  return {
    segments: sortBySeverity(
      of("Segment").flatMap((step) => segmentReview(step, preview, options, deployedIfDrifted(step)) ?? []),
    ),
    audiences: sortBySeverity(
      of("Audience").flatMap((step) => audienceReview(step, preview, options, deployedIfDrifted(step)) ?? []),
    ),
    jobs: sortByName(of("SegmentJob").flatMap((step) => jobReview(step, preview, options) ?? [])),
    drift: sortByName(drift.filter(({ kind }) => kind !== "job")),
    others: sortBySeverity(plan.flatMap((step) => otherReview(step, plan) ?? [])),
  };
}

const REFRESH_OPERATIONS: ReadonlySet<string> = new Set(["refresh", "same", "update", "delete"]);
const UNCHANGED_OPERATIONS: ReadonlySet<string> = new Set(["same", "read"]);
/** Halves of a replacement. */
const REPLACEMENT_PARTS: ReadonlySet<string> = new Set(["create-replacement", "delete-replaced"]);
/** What has words of its own for segments, audiences and jobs. */
const HANDLED_OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace", "delete", "import"]);

function otherReview(step: Step, steps: readonly Step[]): OtherReview | undefined {
  const { type, kind, op, before } = step;
  if (UNCHANGED_OPERATIONS.has(op) || (kind !== undefined && HANDLED_OPERATIONS.has(op))) return undefined;
  if (REPLACEMENT_PARTS.has(op) && steps.some((other) => other.op === "replace" && other.key === step.key))
    return undefined;
  return { ...toPlace(step), type, action: op === "delete" && before?.retained ? "forget" : op };
}

interface StackChanges {
  readonly segments: readonly SegmentReview[];
  readonly audiences: readonly AudienceReview[];
  readonly jobs: readonly JobReview[];
  readonly drift: readonly DriftReview[];
  readonly others: readonly OtherReview[];
}

function countChanges({ steps, summary }: Preview, { segments, audiences, jobs, drift, others }: StackChanges): Counts {
  const of = (action: SegmentReview["action"]) =>
    [...segments, ...audiences].filter((review) => review.action === action).length;
  const jobsThat = (...actions: JobReview["action"][]) => jobs.filter(({ action }) => actions.includes(action)).length;
  return {
    create: of("create"),
    adopt: of("adopt") + jobsThat("adopt"),
    change: of("change") + jobsThat("change", "wait"),
    replace: of("replace"),
    delete: of("delete") + jobsThat("delete", "cancel", "cancelIfActive"),
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
