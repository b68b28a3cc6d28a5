import type { Counts, DriftReview, JobReview, SegmentReview, StackReport, Verdict } from "./report";

/** Words of ours, and what of them one types. Nothing that others wrote: views take each part as it is. */
export type Phrase = readonly (string | { readonly command: string })[];

export const UP = { command: "pulumi up" } as const;

const COUNTS: readonly (readonly [count: keyof Counts, one: string, many: string])[] = [
  ["run", "job will run", "jobs will run"],
  ["delete", "to delete", "to delete"],
  ["replace", "to replace", "to replace"],
  ["create", "to create", "to create"],
  ["adopt", "to take over", "to take over"],
  ["change", "to change", "to change"],
  ["others", "other resource changes", "other resources change"],
  ["drift", "changed elsewhere", "changed elsewhere"],
  ["unchanged", "unchanged", "unchanged"],
];

/** `1 job will run, 2 to change, 3 unchanged`. */
export function countsInWords(counts: Counts): string {
  const said = COUNTS.flatMap(([key, one, many]) => {
    const count = counts[key];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return said.length === 0 ? "nothing in it" : said.join(", ");
}

/** Whether the plan does anything. */
export const changesAnything = ({ counts }: StackReport): boolean =>
  counts.create + counts.adopt + counts.change + counts.replace + counts.delete + counts.run + counts.others > 0;

/** What stands before the stack's name. */
export function titleOf(report: StackReport): Phrase {
  const { refreshed, drift, failures } = report;
  if (refreshed) return [drift.length > 0 ? "Changed elsewhere in" : "No drift in"];
  const planned = changesAnything(report) || failures.length + drift.length > 0;
  return planned ? ["What ", UP, " would do in"] : ["No changes in"];
}

export const UNREADABLE = "The preview could not be read";
export const UNREADABLE_ADVICE: Phrase = [
  "Nothing is known of what ",
  UP,
  " would do. Look into the log of the job that ran the preview.",
];
export const WARNINGS = "Warnings";

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  accepted: "Adobe accepts the definition (asked in this preview).",
  unchanged: "",
  "not asked": "Adobe was not asked about the definition in this preview (cja:validate): up may still refuse it.",
  "not known before it runs":
    "Adobe can be asked about the definition only when it runs: a part of it is not known yet.",
};

export const ACTIONS: Readonly<Record<SegmentReview["action"], string>> = {
  create: "New",
  adopt: "Taken over",
  change: "Changed",
  replace: "Replaced",
  delete: "Deleted",
};

export const JOB_ACTIONS: Readonly<Record<JobReview["action"], string>> = {
  run: "Runs",
  wait: "Is waited for again",
  change: "Changes, without a run",
  cancel: "Is cancelled",
  delete: "Leaves the program",
};

export const driftAction = ({ gone }: DriftReview): string => (gone ? "Deleted elsewhere" : "Changed elsewhere");

/** What becomes of an edit. */
export function driftOutcome({ gone, undone }: DriftReview): Phrase {
  const up = { command: "up" };
  return undone ? ["this ", up, gone ? " makes it anew" : " undoes it"] : ["the next ", up, " would undo it"];
}

export const stackName = ({ project, stack }: StackReport): string =>
  [project, stack].filter((part) => part !== "").join("/");
