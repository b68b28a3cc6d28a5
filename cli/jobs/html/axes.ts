import { visible } from "../../review/visible";
import type { ChartOption } from "./draw";

/** The page's own colours, so that a chart is light and dark with it. */
export const COLOUR = { realised: "var(--green)", exited: "var(--red)", other: "var(--link)", muted: "var(--muted)" };

const LINE = { lineStyle: { color: "var(--line)" } };
const label = { color: COLOUR.muted, fontSize: 11 };

export const GRID: NonNullable<ChartOption["grid"]> = {
  left: 46,
  right: 30,
  top: 10,
  bottom: 24,
  outerBoundsMode: "none",
};

/** One place for each run, in the order of time: runs a minute apart would lie on each other on an axis of time. */
export const runAxis = (labels: readonly string[]): NonNullable<ChartOption["xAxis"]> => ({
  type: "category",
  data: [...labels],
  axisTick: { show: false },
  axisLine: { onZero: true, ...LINE },
  axisLabel: { ...label, hideOverlap: true },
});

/** A status that is new to us may be any text. */
export const namesAxis = (names: readonly string[]) => ({
  type: "category" as const,
  data: names.map((name) => shortened(visible(name))),
  axisTick: { show: false },
  axisLine: LINE,
  axisLabel: label,
});

const shortened = (text: string): string => (text.length > 12 ? `${text.slice(0, 11)}…` : text);

/** @param format of what stands beside the lines */
export const valueAxis = (format: (value: number) => string): NonNullable<ChartOption["yAxis"]> => ({
  type: "value",
  splitNumber: 4,
  // Neither profiles nor the smallest unit of time come in parts, and such labels would not fit.
  minInterval: 1,
  splitLine: LINE,
  axisLabel: { ...label, formatter: format },
});

/** Bars that do nothing when they are pointed at. */
export function bars(data: readonly (number | undefined)[], style: { color: string; borderColor?: string }) {
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
export function signs(at: readonly number[], sign: "cross" | "circle") {
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
