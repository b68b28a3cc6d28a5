import type { FieldChange, ListChange, ListEntry } from "../report/report";
import { entryWords, listNote, type Voice } from "../report/list-words";
import { markup, type Markup } from "./markup";
import { words } from "./words";

/** Names, descriptions and what else is one value: what it was beside what it will be. */
export function fields(changes: readonly FieldChange[], voice: Voice): Markup | undefined {
  if (changes.length === 0) return undefined;
  return markup`<dl class="fields">${changes.map((change) => fieldRow(change, voice))}</dl>`;
}

function fieldRow(change: FieldChange, voice: Voice): Markup {
  const { field, before, after, list } = change;
  if (list) return listRow(change, list, voice);
  if (before === undefined) return markup`<div><dt>${field}</dt><dd>${words(after ?? "")}</dd></div>`;
  const now = after === undefined ? markup`<dd><em>removed</em></dd>` : markup`<dd>${added(words(after))}</dd>`;
  return markup`<div><dt>${field}</dt><dd>${removed(words(before))}</dd>${now}</div>`;
}

/** What goes beside what comes; what is said of the list as a whole below. */
function listRow(change: FieldChange, { entries }: ListChange, voice: Voice): Markup {
  const side = (is: ListEntry["is"], mark: (inside: Markup) => Markup) => {
    const shown = entries.filter((entry) => entry.is === is).map((entry) => mark(entryMarkup(change, entry, voice)));
    return shown.length === 0 ? undefined : markup`<dd>${shown}</dd>`;
  };
  const note = listNote(change);
  return markup`<div><dt>${change.field}</dt>${[
    side("removed", removed),
    side("added", added),
    side("changed", (inside) => markup`<p class="line">${inside}</p>`),
    side("named", (inside) => markup`<p class="line">${inside}</p>`),
    note === "" ? undefined : markup`<dd><em>${note}</em></dd>`,
  ]}</div>`;
}

function entryMarkup(change: FieldChange, entry: ListEntry, voice: Voice): Markup {
  const after = entryWords(change, entry, voice);
  return markup`${words(entry.text)}${after === "" ? undefined : ` ${after}`}`;
}

/** Marked by a sign, a word that is read out, and a colour. */
export const removed = (inside: Markup): Markup =>
  markup`<del><span class="sign" aria-hidden="true">−</span><span class="unseen">removed: </span><span>${inside}</span></del>`;

export const added = (inside: Markup): Markup =>
  markup`<ins><span class="sign" aria-hidden="true">+</span><span class="unseen">added: </span><span>${inside}</span></ins>`;
