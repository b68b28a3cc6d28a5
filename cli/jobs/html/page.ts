import { createHash } from "node:crypto";
import { timeSpan } from "../../../provider/time-span";
import { isOver, type Job } from "../../../provider/segment-job/job";
import { markup, type Markup } from "../../review/html/markup";
import { code, words } from "../../review/html/words";
import { visible } from "../../review/visible";
import { historyOf, isIn, statusCounts, type Audience, type Run } from "../history";
import { durationChart, profileChart, statusChart } from "./charts";
import { figure, numbers } from "./figure";
import { moment } from "./moment";
import { STYLE } from "./style";
import { audiencesTable, audienceTable, runsTable } from "./tables";

/** So many charts can be compared; the other audiences stand in a table. */
const MOST_CHARTS = 12;

/** Jobs to make a page of. */
export interface Jobs {
  readonly sandbox: string;
  /** The newest first. */
  readonly jobs: readonly Job[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The jobs of a sandbox over time, as one page that needs nothing else: no network, no script, no other file. Byte for byte the
 * same for the same jobs.
 */
export function jobsPage({ sandbox, jobs, now }: Jobs): string {
  const { runs, audiences } = historyOf(jobs, now);
  const policy = `default-src 'none'; style-src 'sha256-${sha256(STYLE)}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Segment jobs of ${visible(sandbox)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Segment jobs of ${words(sandbox)}</h1>
<p class="small">${span(runs)}As of ${moment(now)} UTC.</p>
</header>
<main>
${runs.length === 0 ? markup`<p>There are no such jobs.</p>\n` : [runsPart(runs), audiencesPart(audiences, runs)]}</main>
</body>
</html>
`.toString();
}

const sha256 = (content: Markup): string => createHash("sha256").update(content.toString()).digest("base64");

function span(runs: readonly Run[]): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return "";
  const newest = runs.length === 1 ? "The newest run" : `The newest ${runs.length} runs`;
  return `${newest}, made from ${moment(first.job.creationTime)} to ${moment(last.job.creationTime)} UTC. `;
}

function runsPart(runs: readonly Run[]): Markup {
  const statuses = statusCounts(runs);
  const times = runs.filter(({ job }) => isOver(job.status)).flatMap(({ took }) => took ?? []);
  const longest =
    times.length === 0 ? "none is over yet" : `the longest ${timeSpan(times.reduce((a, b) => Math.max(a, b)))}`;
  const count = `${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
  return markup`<section>
<h2>Runs</h2>
<p class="small">Duration: filled where the run succeeded, hollow where it failed or was cancelled, ○ while it is at work.</p>
<div class="charts">
${figure({ title: "Duration", alternative: `Duration of ${count}: ${longest}.`, svg: durationChart(runs) })}${figure({
    title: "Status",
    alternative: `Status of ${count}: ${statuses.map(([status, of]) => `${of} ${visible(status)}`).join(", ")}.`,
    svg: statusChart(statuses),
  })}</div>
${numbers(runsTable(runs))}</section>
`;
}

function audiencesPart(audiences: readonly Audience[], runs: readonly Run[]): Markup {
  if (audiences.length === 0)
    return markup`<section><h2>Profiles</h2><p>None of these runs tells profiles of an audience.</p></section>\n`;
  const [drawn, others] = [audiences.slice(0, MOST_CHARTS), audiences.slice(MOST_CHARTS)];
  const which = others.length === 0 ? "" : `The ${MOST_CHARTS} largest of ${audiences.length} audiences. `;
  return markup`<section>
<h2>Realised and exited profiles</h2>
<p class="small">${which}Above the line of zero <span class="realised">realised</span>, below it <span class="exited">exited</span> profiles; each
chart has a measure of its own. × is a run that failed or was cancelled, ○ one at work; where nothing stands, the run does not tell,
or is not over the audience.</p>
<div class="charts">
${drawn.map((audience) =>
  figure({
    title: code(audience.id),
    alternative: inWords(audience, runs),
    svg: profileChart(audience, runs),
    table: audienceTable(audience, runs),
  }),
)}</div>
${others.length === 0 ? undefined : markup`<h2>The other audiences</h2>\n${audiencesTable(others, runs)}`}</section>
`;
}

function inWords({ id, counts }: Audience, runs: readonly Run[]): string {
  const newest = counts.findLastIndex((count) => count?.realised !== undefined || count?.exited !== undefined);
  const over = runs.filter((run) => isIn(id, run)).length;
  const of = `Realised and exited profiles of ${visible(id)} over ${over} ${over === 1 ? "run" : "runs"}`;
  const count = counts[newest];
  if (!count) return `${of}: no run tells them.`;
  const told = [
    ...(count.realised === undefined ? [] : [`${count.realised.toLocaleString("en-US")} realised`]),
    ...(count.exited === undefined ? [] : [`${count.exited.toLocaleString("en-US")} exited`]),
  ];
  return `${of}: in the newest that tells them, made ${moment(runs[newest]?.job.creationTime)} UTC, ${told.join(" and ")}.`;
}
