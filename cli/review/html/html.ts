import type { ReviewOptions } from "../report/options";
import type { Report, Unreadable } from "../report/report";
import { headingName, UNREADABLE, UNREADABLE_ADVICE } from "../report/words";
import { visible } from "../visible";
import { alert } from "./alerts";
import { contents } from "./contents";
import { markup, type Markup } from "./markup";
import { policy } from "./policy";
import { SCRIPT } from "./script";
import { stackMarkup, stackPart, type StackPart } from "./stack";
import { STYLE } from "./style";
import { code, phrase } from "./words";

/** Where a page has more entries, each has to be opened: their titles are what is read first. */
const MOST_OPEN = 20;

/**
 * A report as one page that needs nothing else: no network, no other file. Byte for byte the same for the same report.
 *
 * All of it can be read without a script, and nothing that stands in a plan can become one.
 */
export function html(report: Report, options: ReviewOptions = {}): string {
  const stacks = report.stacks.map((stack, index) => stackPart(stack, index + 1, options));
  const folded = entriesOf(stacks) > MOST_OPEN;
  const main = [...report.unreadable.map(unreadable), ...stacks.map((stack) => stackMarkup(stack, folded))];
  const nothing = main.length === 0 ? markup`<p>There was no preview to review.</p>` : undefined;
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(STYLE, SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(report)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the changes</a>
<header>
<h1>Segment review</h1>
${folded || stacks.length > 1 ? contents(stacks) : undefined}${entriesOf(stacks) > 1 ? TOOLS : undefined}</header>
<main id="main" tabindex="-1">
${main}${nothing}</main>
<script>${SCRIPT}</script>
</body>
</html>
`.toString();
}

const entriesOf = (stacks: readonly StackPart[]): number =>
  stacks
    .flatMap(({ sections }) => sections.map(({ entries }) => entries.length))
    .reduce((sum, count) => sum + count, 0);

function titleOf({ stacks }: Report): string {
  const [only] = stacks;
  const of = stacks.length === 1 && only ? visible(headingName(only)) : `${stacks.length} stacks`;
  return `Segment review of ${of}`;
}

const unreadable = ({ source, reason }: Unreadable): Markup =>
  markup`<section class="stack"><h2>${UNREADABLE}</h2>
${alert("Caution", markup`${code(source)}: ${code(reason)}`)}<p>${phrase(UNREADABLE_ADVICE)}</p></section>\n`;

/** The script shows them: without it they could do nothing. */
const TOOLS = markup`<div id="tools" role="group" aria-label="Tools" hidden>
<label>Filter <input id="filter" type="search" autocomplete="off" spellcheck="false"></label>
<button type="button" id="open">Expand all</button>
<button type="button" id="close">Collapse all</button>
<label><input id="keys" type="checkbox" checked> Keys: <kbd>j</kbd> next, <kbd>k</kbd> previous</label>
<p id="shown" role="status"></p>
</div>\n`;
