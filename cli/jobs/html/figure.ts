import { Markup, markup, type Content } from "../../review/html/markup";

export interface Figure {
  readonly title: Content;
  /** What the chart shows, in words: it stands in its place for those who do not see it. */
  readonly alternative: string;
  /** As `draw` made it. */
  readonly svg: string;
  /** The numbers behind it. */
  readonly table?: Markup;
}

/** A chart with its title, its words and its numbers. */
export const figure = ({ title, alternative, svg, table }: Figure): Markup => markup`<figure>
<figcaption><h3>${title}</h3></figcaption>
<div class="chart" role="img" aria-label="${alternative}">${drawn(svg)}</div>
${table && numbers(table)}</figure>
`;

/** The library has escaped what stands in it. */
const drawn = (svg: string): Markup => Markup.of([svg] as unknown as TemplateStringsArray, []);

/** Folded: what the charts show is read first. */
export const numbers = (table: Markup): Markup => markup`<details><summary>The numbers</summary>
${table}</details>
`;
