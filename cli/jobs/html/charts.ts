import { isOver } from "../../../provider/segment-job/job";
import { isIn, type Audience, type Run, type StatusCounts } from "../history";
import { bars, COLOUR, GRID, namesAxis, runAxis, signs, valueAxis } from "./axes";
import { draw } from "./draw";
import { moment } from "./moment";

const SIZE = { width: 300, height: 170 };
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** `11-05 09:30`: the year stands in the table. */
const labels = (runs: readonly Run[]) => runs.map(({ job }) => moment(job.creationTime).slice(5));

/**
 * Realised profiles above the line of zero, exited ones below it, both by one measure. A run that is not over the audience leaves
 * its place empty.
 */
export function profileChart({ id, counts }: Audience, runs: readonly Run[]): string {
  const isBare = (index: number) => counts[index]?.realised === undefined && counts[index]?.exited === undefined;
  const bare = runs.flatMap((run, index) =>
    isBare(index) && isIn(id, run) ? [{ index, status: run.job.status }] : [],
  );
  const of = (wanted: (status: string) => boolean) =>
    bare.filter(({ status }) => wanted(status)).map(({ index }) => index);
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
        signs(
          of((status) => isOver(status) && status !== "SUCCEEDED"),
          "cross",
        ),
        signs(
          of((status) => !isOver(status)),
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
  const longest = Math.max(0, ...runs.map(({ job, took = 0 }) => (isOver(job.status) ? took : 0)));
  const unit = UNITS.find(({ ms }) => longest >= 2 * ms) ?? UNITS[2];
  const took = (wanted: (status: string) => boolean) =>
    runs.map((run) => (run.took === undefined || !wanted(run.job.status) ? undefined : run.took / unit.ms));
  const atWork = runs.flatMap(({ job }, index) => (isOver(job.status) ? [] : [index]));
  return draw(
    {
      grid: GRID,
      xAxis: runAxis(labels(runs)),
      yAxis: valueAxis((value) => `${value} ${unit.name}`),
      series: [
        bars(
          took((status) => status === "SUCCEEDED"),
          { color: COLOUR.other },
        ),
        bars(
          took((status) => isOver(status) && status !== "SUCCEEDED"),
          { color: "none", borderColor: COLOUR.exited },
        ),
        signs(atWork, "circle"),
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
