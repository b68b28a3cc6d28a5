import type { Counts, SegmentReview, StackReport, Verdict } from "./report";

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

export const stackName = ({ project, stack }: StackReport): string =>
  [project, stack].filter((part) => part !== "").join("/");
