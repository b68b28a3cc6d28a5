import type { Fields } from "../grammar/field";
import type { JsonObject } from "../json/value";
import { json, quoted } from "./quote";

/** What a node says beside its own meaning: its label, and fields that the language does not know. */
export function notesOf(node: JsonObject, fields: Fields): string[] {
  const label = "description" in fields ? labelOf(node) : [];
  return [...label, ...extrasOf(node, fields)];
}

/** Notes in parentheses, ready to follow a text; empty when there are none. */
export function parenthesis(notes: readonly string[]): string {
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}

/** Fields that the language does not know. */
export function extrasOf(node: JsonObject, fields: Fields): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    key === "func" || Object.hasOwn(fields, key) ? [] : [`also ${quoted(key)}: ${json(value)}`],
  );
}

function labelOf({ description = null }: JsonObject): string[] {
  if (description === null || description === "") return [];
  return [
    typeof description === "string" ? `labelled ${quoted(description)}` : `also "description": ${json(description)}`,
  ];
}
