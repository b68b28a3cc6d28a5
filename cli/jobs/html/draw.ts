import { init, type EChartsOption } from "echarts";

/** What the library draws; all else in an option is a mistake that the compiler finds. */
export type ChartOption = EChartsOption;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a chart as SVG, here and not in the browser: the page needs no script. Only words of ours may be in it.
 *
 * The library writes its style into each element, which the page's policy does not allow, and marks for its own script: both are
 * taken out, the page has a style of its own for all charts. It escapes quotes in texts, so that nothing but attributes is met.
 */
export function draw(option: ChartOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart
      .renderToSVGString()
      .replace(/<style\b[\s\S]*?<\/style>/g, "")
      .replace(/^<svg width="\d+" height="\d+"/, "<svg")
      .replace(/ (?:style|class|ecmeta_\w+|pointer-events|xml:space)="[^"]*"(?=[^<>]*>)/g, "")
      .replace(/\n/g, "");
  } finally {
    chart.dispose();
  }
}
