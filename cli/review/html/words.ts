import type { Phrase } from "../report/words";
import { visible } from "../visible";
import { markup, type Markup } from "./markup";

/** Somebody's words: every character can be seen, and what is written from right to left stays within. */
export function words(text: string): Markup {
  const shown = visible(text);
  return shown === "" ? markup`<em>empty</em>` : markup`<bdi>${shown}</bdi>`;
}

/** Somebody's words that are to be copied: an ID, a name in the program. */
export const code = (text: string): Markup => markup`<code>${words(text)}</code>`;

const QUOTED = /("(?:[^"\\]|\\.)*")/;

/** A sentence of ours around somebody's words, which stand in quotes. */
export function sentence(text: string): Markup {
  const parts = visible(text).split(QUOTED);
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<bdi>${part}</bdi>` : part))}`;
}

/** Words of ours. */
export const phrase = (parts: Phrase): Markup =>
  markup`${parts.map((part) => (typeof part === "string" ? part : markup`<code>${part.command}</code>`))}`;
