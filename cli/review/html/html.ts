import { code, markup, words, type Markup } from "../../html/markup";
import { page } from "../../html/page";
import { escapeInvisible } from "../../escape-invisible";
import { sectionsOf, summaryOf, type Section } from "../report/sections";
import type { Report, ReviewOptions, StackReport, Unreadable } from "../report/report";
import { shownAudience, shownSegment } from "../report/shown-object";
import { headingName, shortSummary, titleOf, UNREADABLE, UNREADABLE_ADVICE } from "../report/words";
import {
  alert,
  driftEntry,
  entryMarkup,
  failures,
  jobEntry,
  objectEntry,
  otherEntry,
  phrase,
  type Entry,
} from "./entries";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

/** Where a page has more entries, each has to be opened: their titles are what is read first. */
const MAX_OPEN = 20;

/**
 * A report as one page. Byte for byte the same for the same report.
 *
 * All of it can be read without a script, and nothing that stands in a plan can become one.
 */
export function html(report: Report, options: ReviewOptions = {}): string {
  const stacks = report.stacks.map((stack, index) => stackPart(stack, `stack-${index + 1}`, options));
  const entries = stacks.flatMap(({ sections }) => sections).reduce((sum, section) => sum + section.entries.length, 0);
  const folded = entries > MAX_OPEN;
  const main = [...report.unreadable.map(unreadable), ...stacks.map((stack) => stackMarkup(stack, folded))];
  const emptyNotice = main.length === 0 ? markup`<p>There was no preview to review.</p>` : undefined;
  const body = markup`<a class="skip" href="#main">Skip to the changes</a>
<header>
<h1>Segment review</h1>
${folded || stacks.length > 1 ? contents(stacks) : undefined}${entries > 1 ? TOOLS : undefined}</header>
<main id="main" tabindex="-1">
${main}${emptyNotice}</main>
`;
  return page({ title: pageTitle(report), style: STYLE, script: SCRIPT, body });
}

function pageTitle({ stacks }: Report): string {
  const [only] = stacks;
  const of = stacks.length === 1 && only ? escapeInvisible(headingName(only)) : `${stacks.length} stacks`;
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

/** One stack of the page. */
interface StackPart {
  readonly id: string;
  readonly report: StackReport;
  /** The ID of each is what the address of the page ends with: `#stack-1-segments`. */
  readonly sections: readonly Section<Entry>[];
}

function stackPart(report: StackReport, id: string, options: ReviewOptions): StackPart {
  const sections = sectionsOf<Entry>(report, {
    job: jobEntry,
    drift: (found) => driftEntry(found, options),
    segment: (segment) => objectEntry(shownSegment(segment), options),
    audience: (audience) => objectEntry(shownAudience(audience), options),
    other: otherEntry,
  });
  return { id, report, sections: sections.map((section) => ({ ...section, id: `${id}-${section.id}` })) };
}

/** The way to each stack and its parts. */
const contents = (stacks: readonly StackPart[]): Markup =>
  markup`<nav aria-label="Contents"><ul>${stacks.map(stackLinks)}</ul></nav>\n`;

function stackLinks({ id, report, sections }: StackPart): Markup {
  const links = sections.map(
    ({ id, title, entries }) => markup`<li><a href="#${id}">${title}</a> (${entries.length})</li>\n`,
  );
  const inside = links.length === 0 ? undefined : markup`<ul>${links}</ul>`;
  return markup`<li><a href="#${id}">${words(headingName(report))}</a>: ${shortSummary(report)}${inside}</li>\n`;
}

/** @param folded whether the bodies of entries have to be opened first */
function stackMarkup({ id, report, sections }: StackPart, folded: boolean): Markup {
  const summary = summaryOf(report, {
    counts: (text) => markup`<p class="counts">${text}</p>\n`,
    alert: ({ kind, first, rest }) => alert(kind, markup`<strong>${first}</strong>${phrase(rest)}`),
    failures: (found, title) => markup`${title && markup`<h3>${title}</h3>`}${failures(found)}`,
    sameAs: (stack, [before, after]) => markup`<p>${before}${words(stack)}${after}</p>\n`,
    note: (text) => markup`<p class="small">${phrase(text)}</p>\n`,
  });
  const isRepeated = (section: string) => report.sameAs !== undefined && /-(?:segments|audiences)$/.test(section);
  return markup`<section class="stack">
<h2 id="${id}" tabindex="-1">${phrase(titleOf(report))} ${words(headingName(report))}</h2>
${summary}${sections.map((section) => sectionMarkup(section, folded || isRepeated(section.id)))}</section>\n`;
}

const sectionMarkup = ({ id, title, entries }: Section<Entry>, folded: boolean): Markup =>
  markup`<section class="entries"><h3 id="${id}" tabindex="-1">${title}</h3>
${entries.map((entry) => entryMarkup(entry, folded))}</section>\n`;
