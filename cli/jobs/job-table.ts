import type { JobLine } from "./job-line";

/** What failed is told in words, that fit into no column. */
type Column = Exclude<keyof JobLine, "errors">;

const HEAD: Readonly<Record<Column, string>> = {
  id: "ID",
  status: "STATUS",
  source: "SOURCE",
  segments: "SEGMENTS",
  made: "MADE",
  took: "TOOK",
  profiles: "PROFILES",
};
const COLUMNS = Object.keys(HEAD) as Column[];
const RIGHT: ReadonlySet<Column> = new Set(["segments", "took", "profiles"]);

/** A table for the terminal: IDs to the left, numbers to the right, no line longer than it has to be; below a job why it failed. */
export function jobTable(lines: readonly JobLine[]): string {
  const rows = [{ ...HEAD, errors: "" }, ...lines];
  const width = (column: Column) => rows.reduce((most, row) => Math.max(most, row[column].length), 0);
  const widths = new Map(COLUMNS.map((column) => [column, width(column)]));
  return rows
    .map((row) => {
      const line = COLUMNS.map((column) => {
        const to = widths.get(column) ?? 0;
        return RIGHT.has(column) ? row[column].padStart(to) : row[column].padEnd(to);
      })
        .join("  ")
        .trimEnd();
      return line + below(row);
    })
    .join("\n");
}

const below = ({ errors }: Pick<JobLine, "errors">): string => (errors === "" ? "" : `\n  ${errors}`);

/** A job in one line, for logs; below it why it failed. */
export const plainLine = ({ id, status, source, segments, took, profiles, errors }: JobLine): string =>
  [
    id,
    status,
    source,
    segments === "1" ? "1 segment" : `${segments} segments`,
    took,
    profiles === "" ? "" : `${profiles} ${profiles === "1" ? "profile" : "profiles"}`,
  ]
    .filter((part) => part !== "")
    .join("  ") + below({ errors });
