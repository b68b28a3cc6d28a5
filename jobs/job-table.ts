import type { JobLine } from "./job-line";

const HEAD: Readonly<Record<keyof JobLine, string>> = {
  id: "ID",
  status: "STATUS",
  source: "SOURCE",
  segments: "SEGMENTS",
  made: "MADE",
  took: "TOOK",
  profiles: "PROFILES",
};
const COLUMNS = Object.keys(HEAD) as (keyof JobLine)[];
const RIGHT: ReadonlySet<keyof JobLine> = new Set(["segments", "took", "profiles"]);

/** A table for the terminal: IDs to the left, numbers to the right, no line longer than it has to be. */
export function jobTable(lines: readonly JobLine[]): string {
  const rows = [HEAD, ...lines];
  const width = (column: keyof JobLine) => Math.max(...rows.map((row) => row[column].length));
  const widths = new Map(COLUMNS.map((column) => [column, width(column)]));
  return rows
    .map((row) =>
      COLUMNS.map((column) => {
        const to = widths.get(column) ?? 0;
        return RIGHT.has(column) ? row[column].padStart(to) : row[column].padEnd(to);
      })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A job in one line, for logs. */
export const plainLine = ({ id, status, source, segments, took, profiles }: JobLine): string =>
  [
    id,
    status,
    source,
    segments === "all" ? "all segments" : `${segments} segments`,
    took,
    profiles === "" ? "" : `${profiles} profiles`,
  ]
    .filter((part) => part !== "")
    .join("  ");
