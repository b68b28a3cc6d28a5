import type { StackReport } from "../report/report";
import { markup, type Content, type Markup } from "./markup";

/** What nobody may miss: a failure, and otherwise runs, deletions, edits that would be undone. */
export function alerts({ counts, failures, drift }: StackReport): Markup[] {
  if (failures.length > 0) return [alert("Caution", FAILED)];
  const undone = drift.filter((found) => found.undone).length;
  return [
    ...(counts.run > 0 ? [alert("Important", runs(counts.run))] : []),
    ...(counts.delete + counts.replace > 0 ? [alert("Warning", LOST)] : []),
    ...(undone > 0 ? [alert("Warning", edits(undone))] : []),
  ];
}

export const alert = (kind: "Caution" | "Important" | "Warning", text: Content): Markup =>
  markup`<p class="alert ${kind.toLowerCase()}"><span class="kind">${kind}</span> ${text}</p>\n`;

const FAILED = markup`<strong>The preview failed</strong>, and so would <code>pulumi up</code>.`;

const LOST = markup`<strong>What is deleted or replaced loses its ID</strong>: whatever uses it at Adobe does not follow.`;

const runs = (count: number): Markup =>
  markup`<strong>${count === 1 ? "1 segment job" : `${count} segment jobs`} will run.</strong> Runs are limited by contract, and send data on.`;

const edits = (count: number): Markup =>
  markup`<strong>${count === 1 ? "1 edit" : `${count} edits`} made elsewhere would be undone.</strong>`;
