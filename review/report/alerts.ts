import type { StackReport } from "./report";
import { UP, type Phrase } from "./words";

/** What nobody may miss: in its first words already. */
export interface Alert {
  /** As GitHub calls them. */
  readonly kind: "Caution" | "Important" | "Warning";
  readonly first: string;
  readonly rest: Phrase;
}

/** A failure, and otherwise runs, deletions, edits that would be undone. */
export function alertsOf({ counts, failures, drift }: StackReport): Alert[] {
  if (failures.length > 0) return [alert("Caution", "The preview failed", ", and so would ", UP, ".")];
  const undone = drift.filter((found) => found.undone).length;
  const [runs, edits] = [counted(counts.run, "segment job"), counted(undone, "edit")];
  return [
    counts.run > 0 && alert("Important", `${runs} will run.`, " Runs are limited by contract, and send data on."),
    counts.delete + counts.replace > 0 &&
      alert("Warning", "What is deleted or replaced loses its ID", ": whatever uses it at Adobe does not follow."),
    undone > 0 && alert("Warning", `${edits} made elsewhere would be undone.`),
  ].filter((found) => found !== false);
}

const alert = (kind: Alert["kind"], first: string, ...rest: Phrase): Alert => ({ kind, first, rest });
const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
