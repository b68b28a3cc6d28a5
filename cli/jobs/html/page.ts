import { formatDuration } from "../../../provider/format-duration";
import { isOver, type Job } from "../../../provider/segment-job/job";
import { code, Markup, markup, words, type Content } from "../../html/markup";
import { page } from "../../html/page";
import { escapeInvisible } from "../../escape-invisible";
import { buildHistory, concernsAudience, formatMoment, statusCounts, type Audience, type Run } from "../history";
import { durationChart, profileChart, statusChart } from "./charts";
import { audiencesTable, audienceTable, runsTable } from "./tables";

/** So many charts can be compared; the other audiences stand in a table. */
const MAX_CHARTS = 12;

/** Jobs to make a page of. */
export interface Jobs {
  readonly sandbox: string;
  /** The newest first. */
  readonly jobs: readonly Job[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The jobs of a sandbox over time, as one page without a script. Byte for byte the same for the same jobs. */
export function jobsPage({ sandbox, jobs, now }: Jobs): string {
  const { runs, audiences } = buildHistory(jobs, now);
  const body = markup`<header>
<h1>Segment jobs of ${words(sandbox)}</h1>
<p class="small">${periodText(runs)}As of ${formatMoment(now)} UTC.</p>
</header>
<main>
${runs.length === 0 ? markup`<p>There are no such jobs.</p>\n` : [renderRuns(runs), renderAudiences(audiences, runs)]}</main>
`;
  return page({ title: `Segment jobs of ${escapeInvisible(sandbox)}`, style: STYLE, body });
}

function periodText(runs: readonly Run[]): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return "";
  const newest = runs.length === 1 ? "The newest run" : `The newest ${runs.length} runs`;
  return `${newest}, created from ${formatMoment(first.job.creationTime)} to ${formatMoment(last.job.creationTime)} UTC. `;
}

function renderRuns(runs: readonly Run[]): Markup {
  const statuses = statusCounts(runs);
  const times = runs.filter(({ job }) => isOver(job.status)).flatMap(({ durationMs }) => durationMs ?? []);
  const longest =
    times.length === 0 ? "none is over yet" : `the longest ${formatDuration(times.reduce((a, b) => Math.max(a, b)))}`;
  const count = `${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
  return markup`<section>
<h2>Runs</h2>
<p class="small">Duration: filled where the run succeeded, hollow where it failed or was cancelled, ○ while it is active.</p>
<div class="charts">
${renderFigure({ title: "Duration", alternative: `Duration of ${count}: ${longest}.`, svg: durationChart(runs) })}${renderFigure(
    {
      title: "Status",
      alternative: `Status of ${count}: ${statuses.map(([status, of]) => `${of} ${escapeInvisible(status)}`).join(", ")}.`,
      svg: statusChart(statuses),
    },
  )}</div>
${renderNumbers(runsTable(runs))}</section>
`;
}

function renderAudiences(audiences: readonly Audience[], runs: readonly Run[]): Markup {
  if (audiences.length === 0)
    return markup`<section><h2>Profiles</h2><p>None of these runs reports profiles of an audience.</p></section>\n`;
  const [charted, others] = [audiences.slice(0, MAX_CHARTS), audiences.slice(MAX_CHARTS)];
  const chosen = others.length === 0 ? "" : `The ${MAX_CHARTS} largest of ${audiences.length} audiences. `;
  return markup`<section>
<h2>Realised and exited profiles</h2>
<p class="small">${chosen}Above the line of zero <span class="realised">realised</span>, below it <span class="exited">exited</span> profiles; each
chart has a scale of its own. × is a run that failed or was cancelled, ○ an active one. Where nothing stands, the run reports no number
or does not include the audience.</p>
<div class="charts">
${charted.map((audience) =>
  renderFigure({
    title: code(audience.id),
    alternative: describeChart(audience, runs),
    svg: profileChart(audience, runs),
    table: audienceTable(audience, runs),
  }),
)}</div>
${others.length === 0 ? undefined : markup`<h2>The other audiences</h2>\n${audiencesTable(others, runs)}`}</section>
`;
}

function describeChart({ id, counts }: Audience, runs: readonly Run[]): string {
  const newest = counts.findLastIndex((count) => count?.realised !== undefined || count?.exited !== undefined);
  const over = runs.filter((run) => concernsAudience(id, run)).length;
  const of = `Realised and exited profiles of ${escapeInvisible(id)} over ${over} ${over === 1 ? "run" : "runs"}`;
  const count = counts[newest];
  if (!count) return `${of}: no run reports them.`;
  const parts = [
    ...(count.realised === undefined ? [] : [`${count.realised.toLocaleString("en-US")} realised`]),
    ...(count.exited === undefined ? [] : [`${count.exited.toLocaleString("en-US")} exited`]),
  ];
  return `${of}: in the newest run that reports them, created ${formatMoment(runs[newest]?.job.creationTime)} UTC, ${parts.join(" and ")}.`;
}

interface Figure {
  readonly title: Content;
  /** What the chart shows, in words: it stands in its place for those who do not see it. */
  readonly alternative: string;
  /** As `draw` made it. */
  readonly svg: string;
  /** The numbers behind it. */
  readonly table?: Markup;
}

/** A chart with its title, its words and its numbers. */
const renderFigure = ({ title, alternative, svg, table }: Figure): Markup => markup`<figure>
<figcaption><h3>${title}</h3></figcaption>
<div class="chart" role="img" aria-label="${alternative}">${trustedSvg(svg)}</div>
${table && renderNumbers(table)}</figure>
`;

/** The library has escaped what stands in it. */
const trustedSvg = (svg: string): Markup => Markup.of([svg] as unknown as TemplateStringsArray, []);

/** Folded: what the charts show is read first. */
const renderNumbers = (table: Markup): Markup => markup`<details><summary>The numbers</summary>
${table}</details>
`;

/** Narrow first: charts stand below each other, and beside each other where there is room. */
const STYLE = markup`
h1 { margin: .75rem 0 .25rem; font-size: 1.6rem }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.3rem }
h3 { margin: 0; font-size: 1rem }
p { margin: .25rem 0 }
.small { color: var(--muted); font-size: .9rem }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: .75rem 0 }
figure { margin: 0; padding: .6rem .75rem; min-width: 0; border: 1px solid var(--line); border-radius: .5rem }
.chart svg { display: block; width: 100%; height: auto; max-width: 32rem }
.chart text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif }
.realised, .exited { font-weight: 600 }
.realised { color: var(--green) }
.exited { color: var(--red) }
summary { padding: .25rem 0; cursor: pointer; font-size: .9rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: .9rem; overflow-wrap: normal }
caption { padding: .25rem 0; text-align: left; color: var(--muted) }
th, td { padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top }
thead th { font-weight: 600 }
th[scope="row"] { white-space: nowrap }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
@media print {
  figure { break-inside: avoid }
  .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
