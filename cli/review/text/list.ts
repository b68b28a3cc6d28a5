import { quoted } from "../../../definition/sentences/quote";
import type { FieldChange, ListChange } from "../report/report";
import { entryWords, LIST_SIGNS, listNote, type Voice } from "../report/list-words";

/** `+ "mobile", − "web"`: in quotes, since a tag may have a comma in it. */
export function listText(change: FieldChange, { entries }: ListChange, voice: Voice): string {
  const named = entries.map((entry) =>
    [LIST_SIGNS[entry.is], quoted(entry.text), entryWords(change, entry, voice)]
      .filter((part) => part !== "")
      .join(" "),
  );
  return [named.join(", "), listNote(change)].filter((part) => part !== "").join(": ");
}
