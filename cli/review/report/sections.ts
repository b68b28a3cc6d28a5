import type { DriftReview, JobReview, OtherReview, SegmentReview, StackReport } from "./report";

export interface Section<Entry> {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** How a view writes each kind of entry. */
export interface Entries<Entry> {
  readonly job: (review: JobReview) => Entry;
  readonly drift: (review: DriftReview) => Entry;
  readonly segment: (review: SegmentReview) => Entry;
  readonly other: (review: OtherReview) => Entry;
}

/** Entries under their headings, in the order in which they are read. A heading without any is left out. */
export function sectionsOf<Entry>(report: StackReport, of: Entries<Entry>): Section<Entry>[] {
  const jobs = (run: boolean) => report.jobs.filter(({ action }) => (action === "run") === run).map(of.job);
  return [
    { id: "runs", title: "Segment jobs that will run", entries: jobs(true) },
    { id: "drift", title: "Changed elsewhere since the last deployment", entries: report.drift.map(of.drift) },
    { id: "segments", title: "Segments", entries: report.segments.map(of.segment) },
    { id: "jobs", title: "Other segment jobs", entries: jobs(false) },
    { id: "others", title: "Other resources", entries: report.others.map(of.other) },
  ].filter(({ entries }) => entries.length > 0);
}
