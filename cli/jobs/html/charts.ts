import { isOver } from "../../../provider/segment-job/job";
import { escapeInvisible } from "../../escape-invisible";
import { concernsAudience, formatMoment, type Audience, type Run, type StatusCounts } from "../history";
import { draw, type ChartOption } from "./draw";

const SIZE = { width: 300, height: 170 };
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** `11-05 09:30`: the year stands in the table. */
const labels = (runs: readonly Run[]) => runs.map(({ job }) => formatMoment(job.creationTime).slice(5));

/**
 * Realised profiles above the line of zero, exited ones below it, both by one measure. A run that is not over the audience leaves
 * its place empty.
 */
export function profileChart({ id, counts }: Audience, runs: readonly Run[]): string {
  const isUncounted = (index: number) => counts[index]?.realised === undefined && counts[index]?.exited === undefined;
  const uncountedRuns = runs.flatMap((run, index) =>
    isUncounted(index) && concernsAudience(id, run) ? [{ index, status: run.job.status }] : [],
  );
  const placesOf = (matches: (status: string) => boolean) =>
    uncountedRuns.filter(({ status }) => matches(status)).map(({ index }) => index);
  return draw(
    {
      grid: GRID,
      xAxis: runAxis(labels(runs)),
      yAxis: valueAxis((value) => compact.format(Math.abs(value))),
      series: [
        bars(
          counts.map((count) => count?.realised),
          { color: COLOUR.realised },
        ),
        bars(
          counts.map((count) => (count?.exited === undefined ? undefined : -count.exited)),
          { color: COLOUR.exited },
        ),
        markers(
          placesOf((status) => isOver(status) && status !== "SUCCEEDED"),
          "cross",
        ),
        markers(
          placesOf((status) => !isOver(status)),
          "circle",
        ),
      ],
    },
    SIZE,
  );
}

const UNITS = [
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1_000 },
] as const;

/** How long each run took: filled where it succeeded, hollow where it failed or was cancelled; one at work has no end yet. */
export function durationChart(runs: readonly Run[]): string {
  const maxDuration = Math.max(
    0,
    ...runs.map(({ job, durationMs: durationMs = 0 }) => (isOver(job.status) ? durationMs : 0)),
  );
  const unit = UNITS.find(({ ms }) => maxDuration >= 2 * ms) ?? UNITS[2];
  const durationsOf = (matches: (status: string) => boolean) =>
    runs.map((run) =>
      run.durationMs === undefined || !matches(run.job.status) ? undefined : run.durationMs / unit.ms,
    );
  const atWork = runs.flatMap(({ job }, index) => (isOver(job.status) ? [] : [index]));
  return draw(
    {
      grid: GRID,
      xAxis: runAxis(labels(runs)),
      yAxis: valueAxis((value) => `${value} ${unit.name}`),
      series: [
        bars(
          durationsOf((status) => status === "SUCCEEDED"),
          { color: COLOUR.other },
        ),
        bars(
          durationsOf((status) => isOver(status) && status !== "SUCCEEDED"),
          { color: "none", borderColor: COLOUR.exited },
        ),
        markers(atWork, "circle"),
      ],
    },
    SIZE,
  );
}

/** How many runs ended, or are, in each status. */
export function statusChart(counts: StatusCounts): string {
  return draw(
    {
      grid: { ...GRID, left: 92, right: 34, bottom: 10 },
      xAxis: { type: "value", show: false, minInterval: 1 },
      yAxis: { ...namesAxis(counts.map(([status]) => status)), inverse: true },
      series: [
        {
          ...bars(
            counts.map(([, count]) => count),
            { color: COLOUR.other },
          ),
          label: { show: true, position: "right", color: COLOUR.muted, fontSize: 11 },
        },
      ],
    },
    SIZE,
  );
}

/** The page's own colours, so that a chart is light and dark with it. */
const COLOUR = { realised: "var(--green)", exited: "var(--red)", other: "var(--link)", muted: "var(--muted)" };

const LINE = { lineStyle: { color: "var(--line)" } };
const label = { color: COLOUR.muted, fontSize: 11 };

const GRID: NonNullable<ChartOption["grid"]> = {
  left: 46,
  right: 30,
  top: 10,
  bottom: 24,
  outerBoundsMode: "none",
};

/** One place for each run, in the order of time: runs a minute apart would lie on each other on an axis of time. */
const runAxis = (labels: readonly string[]): NonNullable<ChartOption["xAxis"]> => ({
  type: "category",
  data: [...labels],
  axisTick: { show: false },
  axisLine: { onZero: true, ...LINE },
  axisLabel: { ...label, hideOverlap: true },
});

/** A status that is new to us may be any text. */
const namesAxis = (names: readonly string[]) => ({
  type: "category" as const,
  data: names.map((name) => shortened(escapeInvisible(name))),
  axisTick: { show: false },
  axisLine: LINE,
  axisLabel: label,
});

const shortened = (text: string): string => (text.length > 12 ? `${text.slice(0, 11)}…` : text);

/** @param format of what stands beside the lines */
const valueAxis = (format: (value: number) => string): NonNullable<ChartOption["yAxis"]> => ({
  type: "value",
  splitNumber: 4,
  // Neither profiles nor the smallest unit of time come in parts, and such labels would not fit.
  minInterval: 1,
  splitLine: LINE,
  axisLabel: { ...label, formatter: format },
});

/** Bars that do nothing when they are pointed at. */
function bars(data: readonly (number | undefined)[], style: { color: string; borderColor?: string }) {
  return {
    type: "bar" as const,
    stack: "all",
    silent: true,
    barMaxWidth: 22,
    barCategoryGap: "25%",
    itemStyle: style,
    data: data.map((value) => value ?? "-"),
  };
}

/** What a run without numbers is shown as, on the line of zero: it is no bar of zero. */
function markers(at: readonly number[], sign: "cross" | "circle") {
  return {
    type: "scatter" as const,
    silent: true,
    z: 3,
    symbol: sign === "cross" ? "path://M0,0L8,8M0,8L8,0" : "circle",
    symbolSize: 6,
    itemStyle: { color: "none", borderColor: COLOUR.muted, borderWidth: 1.5, opacity: 1 },
    data: at.map((index) => [index, 0]),
  };
}
