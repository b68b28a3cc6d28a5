import { formatDuration } from "../../../provider/format-duration";
import { code, markup, words, type Content, type Markup } from "../../html/markup";
import { concernsAudience, formatMoment, type Audience, type Counts, type Run } from "../history";
import { formatJobErrors } from "../job-table";

/** A number in full. What is not told is no zero. */
const formatNumber = (value: number | undefined): string => (value === undefined ? "–" : value.toLocaleString("en-US"));

interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly number?: true;
}

/** A table that is wider than the screen moves within itself, by the keyboard, too. */
function renderTable(caption: Content, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  const cell = (content: Content, index: number) => {
    if (index === 0) return markup`<th scope="row">${content}</th>`;
    return columns[index]?.number ? markup`<td class="n">${content}</td>` : markup`<td>${content}</td>`;
  };
  const headerCells = columns.map(({ title, number }) =>
    number ? markup`<th scope="col" class="n">${title}</th>` : markup`<th scope="col">${title}</th>`,
  );
  return markup`<div class="scroll" role="group" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${headerCells}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>\n`;
}

const MADE_COLUMN = { title: "Created (UTC)" };
const STATUS_COLUMN = { title: "Status" };
const COUNT_COLUMNS = ["Realised", "Exited", "Qualified"].map((title) => ({ title, number: true }) as const);
const countCells = (counts: Counts | undefined): string[] =>
  [counts?.realised, counts?.exited, counts?.profiles].map(formatNumber);

/** Every run, the newest first. */
export function runsTable(runs: readonly Run[]): Markup {
  const columns = [
    MADE_COLUMN,
    { title: "ID" },
    STATUS_COLUMN,
    { title: "Source" },
    { title: "Audiences", number: true },
    { title: "Took", number: true },
    { title: "Profiles evaluated", number: true },
    { title: "Errors" },
  ] as const;
  const rows = runs.toReversed().map(({ job, durationMs }) => [
    formatMoment(job.creationTime),
    code(job.id),
    words(job.status),
    job.source === undefined ? "–" : words(job.source),
    job.segmentIds.includes("*") ? "all" : formatNumber(job.segmentIds.length),
    durationMs === undefined ? "–" : formatDuration(durationMs),
    formatNumber(job.metrics?.totalProfiles),
    // What cannot be seen is written as an escape already.
    markup`<bdi>${formatJobErrors(job) || "–"}</bdi>`,
  ]);
  return renderTable("Runs, the newest first", columns, rows);
}

/** The numbers of one audience, of each run over it, the newest first. */
export function audienceTable({ id, counts }: Audience, runs: readonly Run[]): Markup {
  const rows = runs
    .flatMap((run, index) =>
      concernsAudience(id, run)
        ? [[formatMoment(run.job.creationTime), words(run.job.status), ...countCells(counts[index])]]
        : [],
    )
    .reverse();
  return renderTable(markup`Profiles of ${code(id)}`, [MADE_COLUMN, STATUS_COLUMN, ...COUNT_COLUMNS], rows);
}

/** One line for each audience, as of the newest run that tells of it. */
export function audiencesTable(audiences: readonly Audience[], runs: readonly Run[]): Markup {
  const columns = [
    { title: "Audience" },
    { title: "Newest run (UTC)" },
    ...COUNT_COLUMNS,
    { title: "Runs", number: true },
  ] as const;
  const rows = audiences.map(({ id, counts }) => {
    const newest = counts.findLastIndex((count) => count !== undefined);
    const reportedRuns = counts.filter((count) => count !== undefined).length;
    return [
      code(id),
      formatMoment(runs[newest]?.job.creationTime),
      ...countCells(counts[newest]),
      formatNumber(reportedRuns),
    ];
  });
  return renderTable("Audiences without a chart, the largest first", columns, rows);
}
