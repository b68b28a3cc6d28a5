import { toMermaid } from "../../definition";
import type { DefinitionReview, FieldChange, SegmentReview } from "../report/report";
import type { ReviewOptions } from "../report/options";
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
    fieldList(fields),
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

export function fieldList(fields: readonly FieldChange[]): string {
  return fields
    .map(({ field, before, after }) => {
      if (before === undefined) return `- ${field}: ${code(after ?? "")}`;
      return `- ${field}: ~~${code(before)}~~ → ${after === undefined ? "_removed_" : code(after)}`;
    })
    .join("\n");
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
