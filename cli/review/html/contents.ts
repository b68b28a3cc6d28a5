import { headingName, inShort } from "../report/words";
import { markup, type Markup } from "./markup";
import type { StackPart } from "./stack";
import { words } from "./words";

/** The way to each stack and its parts. */
export function contents(stacks: readonly StackPart[]): Markup {
  return markup`<nav aria-label="Contents"><ul>${stacks.map(stackLinks)}</ul></nav>\n`;
}

function stackLinks({ id, report, sections }: StackPart): Markup {
  const inside = sections.length === 0 ? undefined : markup`<ul>${sections.map(sectionLink)}</ul>`;
  return markup`<li><a href="#${id}">${words(headingName(report))}</a>: ${inShort(report)}${inside}</li>\n`;
}

const sectionLink = ({ id, title, entries }: StackPart["sections"][number]): Markup =>
  markup`<li><a href="#${id}">${title}</a> (${entries.length})</li>\n`;
