import { COLOURS } from "../../review/html/colours";
import { markup } from "../../review/html/markup";

/** Narrow first: charts stand below each other, and beside each other where there is room. */
export const STYLE = markup`${COLOURS}
*, ::before, ::after { box-sizing: border-box }
html { color-scheme: light dark; -webkit-text-size-adjust: 100% }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 76rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.25 }
h1 { margin: .75rem 0 .25rem; font-size: 1.6rem }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.3rem }
h3 { margin: 0; font-size: 1rem }
p { margin: .25rem 0 }
code { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem }
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
  body { max-width: none; padding: 0; font-size: 10pt }
  figure { break-inside: avoid }
  .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  details::details-content { content-visibility: visible; block-size: auto }
}
`;
