import { toMermaid } from "../../../definition";
import type { DefinitionReview, FieldChange, ListChange, SegmentReview } from "../report/report";
import type { ReviewOptions } from "../report/options";
import { entryWords, LIST_SIGNS, listNote, type Voice } from "../report/list-words";
import { ACTIONS, isMarked, showsId, VERDICTS } from "../report/words";
import type { Entry } from "./block";
import { code, codeBlock } from "./code";
import { placeText } from "./place";

export function segmentEntry(review: SegmentReview, options: ReviewOptions): Entry {
  const { action, name, dataView, id, fields, definition, verdict, notes } = review;
  const body = [
    notes
      .map((note, index) => `> ${note}${index === 0 && showsId(review) ? ` ID: ${code(id ?? "")}.` : ""}`)
      .join("\n"),
    fieldList(fields, "plan"),
    definition ? definitionBlock(definition, action) : "",
    VERDICTS[verdict],
  ];
  const diagram = definition && diagramOf(definition, options);
  return {
    line: `#### ${ACTIONS[action]}: ${code(name)} in ${code(dataView)} (${placeText(review)})`,
    body: body.filter((part) => part !== "").join("\n\n"),
    ...(diagram !== undefined && { diagram }),
  };
}

export const fieldList = (fields: readonly FieldChange[], voice: Voice): string =>
  fields.map((change) => `- ${change.field}: ${fieldText(change, voice)}`).join("\n");

function fieldText(change: FieldChange, voice: Voice): string {
  const { before, after, list } = change;
  if (list) return listText(change, list, voice);
  if (before === undefined) return code(after ?? "");
  return `~~${code(before)}~~ → ${after === undefined ? "_removed_" : code(after)}`;
}

/** ``+ `mobile`, − `web` ``. */
function listText(change: FieldChange, { entries }: ListChange, voice: Voice): string {
  const named = entries.map((entry) =>
    [LIST_SIGNS[entry.is], code(entry.text), entryWords(change, entry, voice)].filter((part) => part !== "").join(" "),
  );
  return [named.join(", "), listNote(change)].filter((part) => part !== "").join(": ");
}

const SIGNS = { kept: "  ", removed: "- ", added: "+ " } as const;

/** Of what changes, what goes and what comes are marked; what is new or deleted is a sentence. */
export function definitionBlock(review: DefinitionReview, action: SegmentReview["action"] | "drift"): string {
  const { lines } = review;
  if (isMarked(action, review))
    return codeBlock(
      "diff",
      lines.map(({ is, text }) => SIGNS[is] + text),
    );
  return codeBlock(
    "",
    lines.map(({ text }) => text),
  );
}

function diagramOf({ before, after }: DefinitionReview, options: ReviewOptions): string | undefined {
  const drawn = after ?? before;
  if (typeof drawn !== "object") return undefined;
  return `<details><summary>Diagram</summary>\n\n${codeBlock("mermaid", [toMermaid(drawn, options)])}\n\n</details>`;
}
