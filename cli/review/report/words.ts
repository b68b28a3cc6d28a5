import type {
  Counts,
  DriftReview,
  ExpressionReview,
  FieldChange,
  JobReview,
  ListEntry,
  ObjectReview,
  OtherReview,
  Place,
  StackReport,
  Verdict,
} from "./report";

/** Words of ours, and what of them one types. Nothing that others wrote: views take each part as it is. */
export type Phrase = readonly (string | { readonly command: string })[];

/** How a view without markup of its own inside a line writes somebody's words. */
export type QuoteText = (text: string) => string;

export const phraseText = (parts: Phrase, quote: QuoteText): string =>
  parts.map((part) => (typeof part === "string" ? part : quote(part.command))).join("");

/** The name in the program, where it is in it, and whether it is protected. */
export const placeText = ({ resource, components, protected: isProtected }: Place, quote: QuoteText): string =>
  [resource, ...components].map(quote).join(" in ") + (isProtected ? ", protected" : "");

export const UP_COMMAND = { command: "pulumi up" } as const;
const DESTROY_COMMAND = { command: "pulumi destroy" } as const;

/** The command whose plan it is. */
export const commandOf = ({ destroys }: StackReport) => (destroys ? DESTROY_COMMAND : UP_COMMAND);

const COUNTS: readonly (readonly [count: keyof Counts, one: string, many: string])[] = [
  ["run", "job will run", "jobs will run"],
  ["delete", "to delete", "to delete"],
  ["replace", "to replace", "to replace"],
  ["forget", "to leave the stack", "to leave the stack"],
  ["create", "to create", "to create"],
  ["adopt", "to take over", "to take over"],
  ["change", "to change", "to change"],
  ["others", "other resource changes", "other resources change"],
  ["drift", "changed elsewhere", "changed elsewhere"],
  ["unchanged", "unchanged", "unchanged"],
];

/** `1 job will run, 2 to change, 3 unchanged`. */
export function countsInWords(counts: Counts): string {
  const parts = COUNTS.flatMap(([key, one, many]) => {
    const count = counts[key];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.length === 0 ? "nothing is deployed" : parts.join(", ");
}

const UNCOUNTED_AS_CHANGE: ReadonlySet<keyof Counts> = new Set(["drift", "unchanged"]);

/** Whether the plan does anything. */
export const changesAnything = ({ counts }: StackReport): boolean =>
  COUNTS.some(([key]) => !UNCOUNTED_AS_CHANGE.has(key) && counts[key] > 0);

/** Whether it is a plan that nobody has compared with what is at Adobe now. To a destroy it does not matter. */
export const driftNotChecked = ({ refresh, destroys, failures }: StackReport): boolean =>
  refresh === "none" && !destroys && failures.length === 0;
export const DRIFT_NOT_CHECKED: Phrase = [
  "This preview did not check for edits made in the UI; use ",
  { command: "pulumi preview --refresh" },
  ".",
];
export const FAILED = "the preview failed";
/** Above the parts of a preview that failed: there may be more of each. */
export const AS_FAR_AS_IT_GOT = "As far as the plan got:";
export const hasPart = ({ failures, segments, audiences, jobs, drift, others }: StackReport): boolean =>
  failures.length > 0 && segments.length + audiences.length + jobs.length + drift.length + others.length > 0;

/** What a stack's line says of it in short. */
export const shortSummary = ({ counts, failures }: StackReport): string =>
  failures.length > 0 ? FAILED : countsInWords(counts);

/** What stands before the stack's name. */
export function titleOf(report: StackReport): Phrase {
  const { refresh, drift, failures } = report;
  if (refresh === "alone" && failures.length === 0) return [drift.length > 0 ? "Changed elsewhere in" : "No drift in"];
  const planned = changesAnything(report) || failures.length + drift.length > 0;
  return planned ? ["What ", commandOf(report), " would do in"] : ["No changes in"];
}

export const UNREADABLE = "The preview could not be read";
export const UNREADABLE_ADVICE: Phrase = [
  "So this review does not know what ",
  UP_COMMAND,
  " would do. Make a preview with ",
  { command: "pulumi preview --json > preview.json" },
  "; if that failed, the log of its job says why.",
];
export const WARNINGS = "Warnings";

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  accepted: "Adobe accepted the definition in this preview.",
  unchanged: "",
  "not asked": "This preview did not ask Adobe about the definition (cja:validate): Adobe may still refuse it.",
  "not known before it runs": "Adobe can validate the definition only during up: a part of it is not known yet.",
};

export const ACTIONS: Readonly<Record<ObjectReview["action"], string>> = {
  create: "New",
  adopt: "Taken over",
  change: "Changed",
  replace: "Replaced",
  delete: "Deleted",
  forget: "Leaves the stack, is kept at Adobe",
};

/** The engine's words for what it does to other resources, said plainly. Of a word that is not here, itself is shown. */
const OTHER_ACTIONS: Readonly<Record<string, string>> = {
  create: "created",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
  forget: "leaves the stack, is kept",
  import: "imported",
  "import-replacement": "imported in place of another",
  discard: "discarded",
  "discard-replaced": "discarded after a replacement",
  "read-replacement": "from now on read, not managed",
  "create-replacement": "created in place of another",
  "delete-replaced": "deleted after a replacement",
  "remove-pending-replace": "an interrupted replacement is finished",
};

/** Undefined for a word that we do not know. */
export const otherAction = ({ action }: OtherReview): string | undefined =>
  Object.hasOwn(OTHER_ACTIONS, action) ? OTHER_ACTIONS[action] : undefined;

export const JOB_ACTIONS: Readonly<Record<JobReview["action"], string>> = {
  run: "Runs",
  adopt: "Taken over, without a run",
  wait: "Waits again",
  change: "Changes, without a run",
  cancel: "Is cancelled",
  cancelIfActive: "Is cancelled if still active",
  delete: "Leaves the program",
  forget: "Leaves the stack, is kept",
};

/** Its ID stands beside the first note, for whoever has to look for what uses it. */
export const showsId = ({ action, id }: ObjectReview): boolean => id !== undefined && action !== "change";

/** Whether lines of a sentence are marked as going and coming. */
export const isMarked = (action: ObjectReview["action"] | "drift", { lines }: ExpressionReview): boolean =>
  ["change", "replace", "drift"].includes(action) && lines.some(({ is }) => is !== "kept");

export const driftAction = ({ gone }: DriftReview): string => (gone ? "Deleted elsewhere" : "Changed elsewhere");

/** What becomes of an edit. */
export function driftOutcome({ gone, undone }: DriftReview): Phrase {
  if (undone) return ["this ", { command: "up" }, gone ? " creates it again" : " undoes it"];
  return [{ command: "pulumi up --refresh" }, gone ? " would create it again" : " would undo it"];
}

/** Empty where the preview names none. */
export const stackName = ({ project, stack }: StackReport): string =>
  [project, stack].filter((part) => part !== "").join("/");

/** What headings call it: the stack, and otherwise what the preview was read from. */
export const headingName = (report: StackReport): string => stackName(report) || report.source;

/** Around the name of the stack that shows the details. */
export function sameAsWords({ segments, audiences }: StackReport): readonly [string, string] {
  const both = segments.length > 0 && audiences.length > 0 ? "segments and audiences" : undefined;
  const what = both ?? (segments.length > 0 ? "segments" : "audiences");
  return [`The ${what} change as in `, ": see there for the details."];
}

/** Whether its details stand in another stack already. Of one whose ID stands among them, they stand here, too. */
export const isRepeated = ({ sameAs }: StackReport, review: ObjectReview): boolean =>
  sameAs !== undefined && !showsId(review);

/** Of whom a list of changes speaks: a plan, what was done elsewhere, or two sides that are compared. */
export type Perspective = "plan" | "drift" | "sides";

/** What a share that comes or goes is for whom it is: what a reviewer has to see. */
const ACCESS: Readonly<Record<Perspective, Readonly<Record<ListEntry["is"], string>>>> = {
  plan: { added: "gains access", removed: "loses access", changed: "", named: "" },
  drift: { added: "has access now", removed: "has lost access", changed: "", named: "" },
  sides: { added: "", removed: "", changed: "", named: "" },
};

/** What stands after an entry; empty where nothing does. */
export const entryWords = ({ field }: FieldChange, { is }: ListEntry, perspective: Perspective): string =>
  field === "shares" ? ACCESS[perspective][is] : "";

/** A note on the list as a whole; empty where there is none. */
export function listNote({ field, list }: FieldChange): string {
  switch (list?.managed) {
    case undefined:
    case "still":
      return "";
    case "begins":
      if (list?.entries.some(({ everybody }) => everybody)) return "managed from now on";
      return list?.entries.length === 0
        ? `none: managed from now on, ${ALL_REMOVED_NOTE[field]}`
        : `managed from now on, ${REMOVED_NOTE[field]}`;
    case "ends":
      return "no longer managed, stays as it is";
    case "ends with the old one":
      return `no longer managed, the new ${field === "labels" ? "audience" : "segment"} has none`;
  }
}

/** What is there beside what the program names, nobody has asked. */
const REMOVED_NOTE: Readonly<Record<string, string>> = {
  tags: "all others are removed",
  labels: "all others are removed",
  shares: "whoever else has access loses it",
};
const ALL_REMOVED_NOTE: Readonly<Record<string, string>> = {
  tags: "all existing ones are removed",
  labels: "all existing ones are removed",
  shares: "whoever has access loses it",
};

const LIST_SIGNS: Readonly<Record<ListEntry["is"], string>> = { added: "+", removed: "−", changed: "~", named: "" };

/** ``+ `mobile`, − `web` ``. */
export function listText(change: FieldChange, perspective: Perspective, quote: QuoteText): string {
  const named = change.list?.entries.map((entry) =>
    joinNonEmpty([LIST_SIGNS[entry.is], quote(entry.text), entryWords(change, entry, perspective)], " "),
  );
  return joinNonEmpty([named?.join(", ") ?? "", listNote(change)], ": ");
}

const joinNonEmpty = (parts: readonly string[], between: string): string =>
  parts.filter((part) => part !== "").join(between);
