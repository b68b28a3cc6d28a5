import type { FieldChange } from "../report/report";
import { markup, type Markup } from "./markup";
import { words } from "./words";

/** Names, descriptions and what else is one value: what it was beside what it will be. */
export function fields(changes: readonly FieldChange[]): Markup | undefined {
  if (changes.length === 0) return undefined;
  return markup`<dl class="fields">${changes.map(fieldRow)}</dl>`;
}

function fieldRow({ field, before, after }: FieldChange): Markup {
  if (before === undefined) return markup`<div><dt>${field}</dt><dd>${words(after ?? "")}</dd></div>`;
  const now = after === undefined ? markup`<dd><em>removed</em></dd>` : markup`<dd>${added(words(after))}</dd>`;
  return markup`<div><dt>${field}</dt><dd>${removed(words(before))}</dd>${now}</div>`;
}

/** Marked by a sign, a word that is read out, and a colour. */
export const removed = (inside: Markup): Markup =>
  markup`<del><span class="sign" aria-hidden="true">−</span><span class="unseen">removed: </span><span>${inside}</span></del>`;

export const added = (inside: Markup): Markup =>
  markup`<ins><span class="sign" aria-hidden="true">+</span><span class="unseen">added: </span><span>${inside}</span></ins>`;
