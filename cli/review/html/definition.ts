import { outline, type OutlineLine } from "../../../definition";
import { markup, sentence, words, type Markup } from "../../html/markup";
import type { DefinitionReview, ExpressionReview, ReviewOptions, SentenceLine } from "../report/report";

/** Deeper lines are not set further in: a phone has no room for it. */
const MAX_LEVELS = 9;

/** A definition or an expression that is new or goes. */
export function ruleLines({ lines }: ExpressionReview): Markup {
  return markup`<div class="sentence">${lines.map((line) => lineMarkup(line, text(line)))}</div>`;
}

/** Before and after beside each other. */
export function ruleSides({ lines }: ExpressionReview): Markup {
  const { before, after } = sidesOf(lines);
  return markup`<div class="sides">${side("Before", before)}${side("After", after)}</div>`;
}

function side(title: "Before" | "After", cells: readonly Cell[]): Markup {
  return markup`<div class="side ${title.toLowerCase()}"><p class="label">${title}</p>${cells.map(cellMarkup)}</div>`;
}

function cellMarkup(line: Cell): Markup {
  if (!line) return markup`<p class="line filler" aria-hidden="true"></p>`;
  const lineText = text(line);
  return lineMarkup(line, line.is === "kept" ? lineText : line.is === "removed" ? removed(lineText) : added(lineText));
}

const lineMarkup = (line: SentenceLine, inside: Markup): Markup =>
  markup`<p class="line ${line.is} in${levelOf(line)}">${inside}</p>\n`;

/** The sign of a list's item is a minus in plain text, which would pass for something that goes. */
const text = (line: SentenceLine): Markup => sentence(line.text.trimStart().replace(/^- /, "• "));

/** Two blanks are one level. */
const levelOf = ({ text }: SentenceLine): number => Math.min(MAX_LEVELS, text.search(/\S|$/) >> 1);

/** A line of one side; undefined keeps its place free where only the other side has one. */
type Cell = SentenceLine | undefined;

/**
 * What was and what will be, line beside line: as many cells on both sides. What is kept stands beside itself; what comes instead stands
 * beside what goes.
 */
export function sidesOf(lines: readonly SentenceLine[]): { readonly before: Cell[]; readonly after: Cell[] } {
  const before: Cell[] = [];
  const after: Cell[] = [];
  const level = () => {
    while (before.length < after.length) before.push(undefined);
    while (after.length < before.length) after.push(undefined);
  };
  for (const line of lines) {
    if (line.is === "kept") {
      level();
      before.push(line);
      after.push(line);
    } else (line.is === "removed" ? before : after).push(line);
  }
  level();
  return { before, after };
}

const sign = (shown: string, spokenText: string): Markup =>
  markup`<span class="sign" aria-hidden="true">${shown}</span><span class="unseen">${spokenText}: </span>`;
/** A sign, a word that is read out; a colour is beside them. */
const SIGNS: Readonly<Record<SentenceLine["is"], Markup | undefined>> = {
  kept: undefined,
  removed: sign("−", "removed"),
  added: sign("+", "added"),
};

export const removed = (inside: Markup): Markup => markup`<del>${SIGNS.removed}<span>${inside}</span></del>`;
export const added = (inside: Markup): Markup => markup`<ins>${SIGNS.added}<span>${inside}</span></ins>`;

/** The rest can be read in the sentence. */
const MAX_BOXES = 400;
const MAX_CHARACTERS = 160;
/** From here on boxes have no sides: on a phone, on any screen. */
const DEEP = 4;
const VERY_DEEP = 12;

type Mark = SentenceLine["is"];

/** The definitions as boxes in boxes, before and after beside each other; undefined where there is nothing to draw. */
export function diagram(review: DefinitionReview, name: string, options: ReviewOptions): Markup | undefined {
  const sides = (["before", "after"] as const).flatMap((key) => {
    const definition = review[key];
    return typeof definition === "object" && definition !== null ? [{ key, drawn: outline(definition, options) }] : [];
  });
  if (sides.length === 0) return undefined;
  const both = review.before !== undefined && review.after !== undefined;
  const figures = sides.map(({ key, drawn }) => {
    const title = !both ? undefined : markup`<p class="label">${key === "before" ? "Before" : "After"}</p>`;
    return markup`<div class="figure">${title}${new Boxes(changeMarks(review, key)).draw(drawn)}</div>`;
  });
  const summary = markup`<summary>Diagram<span class="unseen"> of ${words(name)}</span></summary>`;
  return markup`<details class="diagram">${summary}<div class="figures">${figures}</div></details>`;
}

/** The lines of the sentence are the boxes from the outside in, one for one. Of what is new or goes nothing is marked. */
function changeMarks({ lines, before, after }: DefinitionReview, side: "before" | "after"): readonly Mark[] {
  if (before === undefined || after === undefined) return [];
  const other = side === "before" ? "added" : "removed";
  return lines.flatMap(({ is }) => (is === other ? [] : [is]));
}

class Boxes {
  #drawn = 0;
  #left = 0;

  constructor(private readonly marks: readonly Mark[]) {}

  draw(line: OutlineLine): Markup {
    const boxes = this.#list([line], 0);
    const leftOutNote = this.#left === 0 ? undefined : markup`<p>and ${this.#left} more that are not drawn</p>`;
    return markup`${boxes}${leftOutNote}`;
  }

  #list(lines: readonly OutlineLine[], depth: number): Markup | undefined {
    const boxes = lines.flatMap((line) => this.#box(line, depth) ?? []);
    if (boxes.length === 0) return undefined;
    return lines[0]?.role === "step"
      ? markup`<ol class="boxes steps">${boxes}</ol>`
      : markup`<ul class="boxes">${boxes}</ul>`;
  }

  #box({ text, children }: OutlineLine, depth: number): Markup | undefined {
    const mark = this.marks[this.#drawn + this.#left] ?? "kept";
    if (this.#drawn === MAX_BOXES) {
      this.#left += 1;
      for (const child of children) this.#box(child, depth);
      return undefined;
    }
    this.#drawn += 1;
    const deep = depth >= VERY_DEEP ? " deep very-deep" : depth >= DEEP ? " deep" : "";
    const content = markup`<span class="text">${SIGNS[mark]}${sentence(shorten(text))}</span>`;
    return markup`<li class="box ${mark}${deep}">${content}${this.#list(children, depth + 1)}</li>\n`;
  }
}

function shorten(text: string): string {
  const withoutColon = text.replace(/:$/, "");
  // A character takes up to two units; one that is cut in half is the last, and goes with the rest.
  const shown = [...withoutColon.slice(0, 2 * MAX_CHARACTERS + 2)];
  return shown.length > MAX_CHARACTERS ? `${shown.slice(0, MAX_CHARACTERS - 1).join("")}…` : withoutColon;
}
