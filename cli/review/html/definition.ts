import type { DefinitionReview, SentenceLine } from "../report/report";
import { added, removed } from "./fields";
import { markup, type Markup } from "./markup";
import { sidesOf, type Cell } from "./sides";
import { sentence } from "./words";

/** Deeper lines are not set further in: a phone has no room for it. */
const MOST_LEVELS = 9;

/** The sentence of a definition that is new or goes. */
export function definitionSentence({ lines }: DefinitionReview): Markup {
  return markup`<div class="sentence">${lines.map((line) => lineMarkup(line, text(line)))}</div>`;
}

/** Before and after beside each other. */
export function definitionSides({ lines }: DefinitionReview): Markup {
  const { before, after } = sidesOf(lines);
  return markup`<div class="sides">${side("Before", before)}${side("After", after)}</div>`;
}

function side(title: "Before" | "After", cells: readonly Cell[]): Markup {
  return markup`<div class="side ${title.toLowerCase()}"><p class="label">${title}</p>${cells.map(cellMarkup)}</div>`;
}

function cellMarkup(line: Cell): Markup {
  if (!line) return markup`<p class="line filler" aria-hidden="true"></p>`;
  const said = text(line);
  return lineMarkup(line, line.is === "kept" ? said : line.is === "removed" ? removed(said) : added(said));
}

const lineMarkup = (line: SentenceLine, inside: Markup): Markup =>
  markup`<p class="line ${line.is} in${levelOf(line)}">${inside}</p>\n`;

/** The sign of a list's item is a minus in plain text, which would pass for something that goes. */
const text = (line: SentenceLine): Markup => sentence(line.text.trimStart().replace(/^- /, "• "));

/** Two blanks are one level. */
const levelOf = ({ text }: SentenceLine): number => Math.min(MOST_LEVELS, text.search(/\S|$/) >> 1);
