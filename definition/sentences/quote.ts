import { writeJson, type Json } from "../json";

// A joiner or a variation selector inside an emoji is part of one visible character.
const EMOJI =
  /\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*|[0-9#*]\uFE0F\u20E3/u;

// Control, format and direction characters, separators, blanks of other widths, and whatever else shows nothing.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|[\u2800]/u;

const EITHER = new RegExp(`(${EMOJI.source})|${HIDDEN.source}`, "gu");

/** JSON text in which every character can be seen: the others are written as JSON's escapes. */
export function json(value: Json): string {
  return escapeHidden(writeJson(value));
}

/** A line in which every character can be seen. What is escaped has to stand between quotes. */
export const escapeHidden = (line: string): string =>
  line.replace(EITHER, (found: string, emoji?: string) => emoji ?? escaped(found));

/** A text in quotes. What stands between them can end neither the quotes nor the line. */
export function quoted(text: string): string {
  return json(text);
}

/** Whether every character of a text can be seen. */
export function isVisible(text: string): boolean {
  return !HIDDEN.test(text);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => unitEscape(character.charCodeAt(unit))).join("");
}

/** A unit of a text as JSON's escape. */
export const unitEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
