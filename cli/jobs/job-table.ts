import { formatDuration } from "../../provider/format-duration";
import type { Job } from "../../provider/segment-job/job";
import { escapeInvisible } from "../escape-invisible";
import { durationOf, profilesByAudience } from "./history";

/** A job as a table shows it. */
export interface JobLine {
  readonly id: string;
  readonly status: string;
  /** `api` for a run on demand, `scheduler` for a scheduled one. */
  readonly source: string;
  /** `all`, or how many. */
  readonly segments: string;
  /** When it was made (ISO 8601), empty where the service does not tell. */
  readonly made: string;
  /** `4 min 10 s`; of a job at work, so far. */
  readonly took: string;
  /** Profiles that qualified, of all segments together; empty while there are none to tell. */
  readonly profiles: string;
  /** Why it failed; empty where there is nothing to tell. */
  readonly errors: string;
}

/** @param now milliseconds since 1970 */
export function toJobLine(job: Job, now: number): JobLine {
  const { id, status, source = "", segmentIds, creationTime: made } = job;
  const took = durationOf(job, now);
  const profiles = Object.values(profilesByAudience(job));
  return {
    id: escapeInvisible(id),
    status: escapeInvisible(status),
    source: escapeInvisible(source),
    segments: segmentIds.includes("*") ? "all" : String(segmentIds.length),
    made: isoTime(made),
    took: took === undefined ? "" : formatDuration(took),
    profiles: profiles.length === 0 ? "" : profiles.reduce((sum, count) => sum + count, 0).toLocaleString("en-US"),
    errors: formatJobErrors(job),
  };
}

function isoTime(time: number | undefined): string {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(/\.\d+Z$/, "Z");
}

const MAX_CHARACTERS = 300;

/** Why a job failed, in the service's words, as one line: `8.0000018E7: Run out of memory`; empty where it does not say. */
export function formatJobErrors({ errors = [] }: Job): string {
  const errorTexts = errors.map(({ code, msg }) => [code, msg].filter((part) => part?.trim()).join(": "));
  const line = errorTexts
    .filter((error) => error !== "")
    .join("; ")
    .replace(/\s+/g, " ")
    .trim();
  // By whole characters: half of one would show as an escape.
  const characters = Array.from(line);
  return escapeInvisible(
    characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS - 1).join("")}…` : line,
  );
}

/** Errors are sentences, which fit into no column. */
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
export function formatJobTable(lines: readonly JobLine[]): string {
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
      return line + errorLine(row);
    })
    .join("\n");
}

const errorLine = ({ errors }: Pick<JobLine, "errors">): string => (errors === "" ? "" : `\n  ${errors}`);

/** A job in one line, for logs; below it why it failed. */
export const formatJobLine = ({ id, status, source, segments, took, profiles, errors }: JobLine): string =>
  [
    id,
    status,
    source,
    segments === "1" ? "1 segment" : `${segments} segments`,
    took,
    profiles === "" ? "" : `${profiles} ${profiles === "1" ? "profile" : "profiles"}`,
  ]
    .filter((part) => part !== "")
    .join("  ") + errorLine({ errors });
