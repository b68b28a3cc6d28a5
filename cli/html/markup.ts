import { escapeInvisible } from "../escape-invisible";

/** Text that is HTML already. Only `markup` makes it, so that no other text can pass for it. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  /** A template whose own words are HTML and whose values are text. */
  static of(strings: TemplateStringsArray, values: readonly Content[]): Markup {
    return new Markup(strings.map((html, index) => html + rendered(values[index])).join(""));
  }

  toString(): string {
    return this.#html;
  }
}

/** What may stand in a template. Nothing is left out, a list is put together, a text is escaped. */
export type Content = string | number | Markup | undefined | readonly Content[];

/** HTML with values in it: whatever is no `Markup` itself is escaped, for elements and for attributes in double quotes alike. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return Markup.of(strings, values);
}

function rendered(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  return value.map(rendered).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** Somebody's words: every character can be seen, and what is written from right to left stays within. */
export function words(text: string): Markup {
  const shown = escapeInvisible(text);
  return shown === "" ? markup`<em>empty</em>` : markup`<bdi>${shown}</bdi>`;
}

/** Somebody's words that are to be copied: an ID, a name in the program. */
export const code = (text: string): Markup => markup`<code>${words(text)}</code>`;

const QUOTED = /("(?:[^"\\]|\\.)*")/;

/** A sentence of ours around somebody's words, which stand in quotes. */
export function sentence(text: string): Markup {
  const parts = escapeInvisible(text).split(QUOTED);
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<bdi>${part}</bdi>` : part))}`;
}
