import type {
  AudienceReview,
  DriftReview,
  Failure,
  JobReview,
  ListChange,
  OtherReview,
  SegmentReview,
  StackReport,
} from "./report";
import {
  AS_FAR_AS_IT_GOT,
  commandOf,
  countsInWords,
  DRIFT_NOT_CHECKED,
  driftNotChecked,
  hasPart,
  sameAsWords,
  WARNINGS,
  type Phrase,
} from "./words";

/** How a view writes what stands above the entries of a stack. */
export interface SummaryParts<Out> {
  readonly counts: (text: string) => Out;
  readonly alert: (alert: Alert) => Out;
  readonly failures: (failures: readonly Failure[], title?: string) => Out;
  /** @param parts what stands around the name of another stack, whose segments and audiences change the same way */
  readonly sameAs: (stack: string, parts: readonly [string, string]) => Out;
  readonly note: (text: Phrase) => Out;
}

/** What stands above the entries of a stack, in the order in which it is read. */
export function summaryOf<Out>(report: StackReport, of: SummaryParts<Out>): Out[] {
  const { counts, failures, warnings, sameAs } = report;
  return [
    ...(failures.length > 0 ? [] : [of.counts(countsInWords(counts))]),
    ...alertsOf(report).map(of.alert),
    ...(failures.length > 0 ? [of.failures(failures)] : []),
    ...(warnings.length > 0 ? [of.failures(warnings, WARNINGS)] : []),
    ...(sameAs === undefined ? [] : [of.sameAs(sameAs, sameAsWords(report))]),
    ...(driftNotChecked(report) ? [of.note(DRIFT_NOT_CHECKED)] : []),
    ...(hasPart(report) ? [of.note([AS_FAR_AS_IT_GOT])] : []),
  ];
}

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
  readonly audience: (review: AudienceReview) => Entry;
  readonly other: (review: OtherReview) => Entry;
}

/** Entries under their headings, in the order in which they are read. A heading without any is left out. */
export function sectionsOf<Entry>(report: StackReport, of: Entries<Entry>): Section<Entry>[] {
  const jobs = (run: boolean) => report.jobs.filter(({ action }) => (action === "run") === run).map(of.job);
  return [
    { id: "runs", title: "Segment jobs that will run", entries: jobs(true) },
    { id: "drift", title: "Changed elsewhere since the last deployment", entries: report.drift.map(of.drift) },
    { id: "segments", title: "Segments", entries: report.segments.map(of.segment) },
    { id: "audiences", title: "Audiences", entries: report.audiences.map(of.audience) },
    { id: "jobs", title: "Other segment jobs", entries: jobs(false) },
    { id: "others", title: "Other resources", entries: report.others.map(of.other) },
  ].filter(({ entries }) => entries.length > 0);
}

/** What nobody may miss: in its first words already. */
export interface Alert {
  /** As GitHub calls them. */
  readonly kind: "Caution" | "Important" | "Warning";
  readonly first: string;
  readonly rest: Phrase;
}

/** A failure, and otherwise runs, deletions, access that is given to all or taken away, edits that would be undone. */
export function alertsOf(report: StackReport): Alert[] {
  const { counts, failures, drift, segments, audiences } = report;
  const command = commandOf(report);
  if (failures.length > 0) return [createAlert("Caution", "The preview failed", ", and so would ", command, ".")];
  const undone = drift.filter((found) => found.undone).length;
  const used = segments.filter(({ uses }) => uses && !uses.refused && uses.by.length > 0).length;
  const refused = [...segments, ...audiences].filter(({ uses }) => uses?.refused === true).length;
  const stale = segments.flatMap((segment) => segment.stale).length;
  const { opened, closed, narrowed } = countAccessChanges(segments);
  const [runs, edits] = [countText(counts.run, "segment job"), countText(undone, "edit")];
  return [
    counts.run > 0 &&
      createAlert(
        "Important",
        `${runs} will run.`,
        " Each run counts against your contract's quota, and updated audiences go to connected destinations.",
      ),
    counts.delete + counts.replace > 0 &&
      createAlert(
        "Warning",
        "What is deleted or replaced loses its ID",
        ": whatever uses that ID at Adobe keeps using it.",
      ),
    used > 0 && createAlert("Warning", `${countText(used, "segment")} in use will be deleted or replaced.`),
    refused > 0 &&
      createAlert("Caution", `${countText(refused, "deletion")} will be refused`, ", and ", command, " will fail."),
    opened > 0 &&
      createAlert("Warning", `${countText(opened, "segment")} will be shared with everybody in the organisation.`),
    closed > 0 && createAlert("Warning", `Somebody loses access to ${countText(closed, "segment")}.`),
    narrowed > 0 &&
      createAlert(
        "Warning",
        `Whoever is not listed loses access to ${countText(narrowed, "segment")}`,
        ": the program now manages the shares, and did not before.",
      ),
    stale > 0 &&
      createAlert(
        "Warning",
        `The numbers in ${countText(stale, "name or description", "names or descriptions")} no longer fit the definition.`,
      ),
    undone > 0 && createAlert("Warning", `${edits} made elsewhere would be undone.`),
  ].filter((found) => found !== false);
}

/** How many segments are shared with everybody from now on, how many with fewer, and of how many only that is known. */
function countAccessChanges(segments: readonly SegmentReview[]) {
  const lists = segments.flatMap(({ fields }) =>
    fields.flatMap(({ field, list }) => (field === "shares" && list ? [list] : [])),
  );
  const count = (is: (list: ListChange) => boolean) => lists.filter(is).length;
  return {
    opened: count(({ entries }) => entries.some((entry) => entry.everybody === true && entry.is !== "removed")),
    closed: count(({ entries }) => entries.some(({ is }) => is === "removed")),
    narrowed: count(({ managed, entries }) => managed === "begins" && !entries.some(({ everybody }) => everybody)),
  };
}

const createAlert = (kind: Alert["kind"], lead: string, ...rest: Phrase): Alert => ({ kind, first: lead, rest });
const countText = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
