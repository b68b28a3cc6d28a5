import type { SentenceLine } from "../report/report";

/** A line of one side; undefined keeps its place free where only the other side has one. */
export type Cell = SentenceLine | undefined;

/** What was and what will be, line beside line: as many cells on both sides. */
export interface Sides {
  readonly before: readonly Cell[];
  readonly after: readonly Cell[];
}

/** What is kept stands beside itself; what comes instead stands beside what goes. */
export function sidesOf(lines: readonly SentenceLine[]): Sides {
  const before: Cell[] = [];
  const after: Cell[] = [];
  const level = () => {
    while (before.length < after.length) before.push(undefined);
    while (after.length < before.length) after.push(undefined);
  };
  for (const line of lines) {
    if (line.is === "kept") {
      level();
      before.push(line);
      after.push(line);
    } else (line.is === "removed" ? before : after).push(line);
  }
  level();
  return { before, after };
}
