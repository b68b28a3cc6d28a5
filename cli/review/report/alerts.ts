import type { ListChange, SegmentReview, StackReport } from "./report";
import { commandOf, type Phrase } from "./words";

/** What nobody may miss: in its first words already. */
export interface Alert {
  /** As GitHub calls them. */
  readonly kind: "Caution" | "Important" | "Warning";
  readonly first: string;
  readonly rest: Phrase;
}

/** A failure, and otherwise runs, deletions, access that is given to all or taken away, edits that would be undone. */
export function alertsOf(report: StackReport): Alert[] {
  const { counts, failures, drift, segments } = report;
  const command = commandOf(report);
  if (failures.length > 0) return [alert("Caution", "The preview failed", ", and so would ", command, ".")];
  const undone = drift.filter((found) => found.undone).length;
  const used = segments.filter(({ uses }) => uses && !uses.refused && uses.by.length > 0).length;
  const refused = segments.filter(({ uses }) => uses?.refused === true).length;
  const stale = segments.flatMap((segment) => segment.stale).length;
  const { opened, closed, narrowed } = accessOf(segments);
  const [runs, edits] = [counted(counts.run, "segment job"), counted(undone, "edit")];
  return [
    counts.run > 0 &&
      alert(
        "Important",
        `${runs} will run.`,
        " Each run counts against your contract's quota, and updated audiences go to connected destinations.",
      ),
    counts.delete + counts.replace > 0 &&
      alert("Warning", "What is deleted or replaced loses its ID", ": whatever uses it at Adobe does not follow."),
    used > 0 && alert("Warning", `${counted(used, "segment")} in use will be deleted or replaced.`),
    refused > 0 &&
      alert("Caution", `${counted(refused, "deletion")} will be refused`, ", and ", command, " will fail."),
    opened > 0 && alert("Warning", `${counted(opened, "segment")} will be shared with everybody in the organisation.`),
    closed > 0 && alert("Warning", `Somebody loses access to ${counted(closed, "segment")}.`),
    narrowed > 0 &&
      alert(
        "Warning",
        `Whoever is not named loses access to ${counted(narrowed, "segment")}`,
        ": the shares are managed from now on, and were not before.",
      ),
    stale > 0 &&
      alert(
        "Warning",
        `The numbers in ${counted(stale, "name or description", "names or descriptions")} no longer fit the definition.`,
      ),
    undone > 0 && alert("Warning", `${edits} made elsewhere would be undone.`),
  ].filter((found) => found !== false);
}

/** How many segments are shared with everybody from now on, how many with fewer, and of how many only that is known. */
function accessOf(segments: readonly SegmentReview[]) {
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

const alert = (kind: Alert["kind"], first: string, ...rest: Phrase): Alert => ({ kind, first, rest });
const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
