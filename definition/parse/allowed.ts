import { type FieldRule, PLACES } from "../grammar/place";

/** A value that the field could have, as JSON text with `…` where the author's own words belong. */
export function exampleOf(rule: FieldRule): string {
  switch (rule.is) {
    case "node":
      return PLACES[rule.place].example;
    case "nodes":
      return `[${PLACES[rule.place].example}]`;
    case "text":
      return '"…"';
    case "name":
      return `"${rule.prefix}…"`;
    case "number":
    case "count":
      return "1";
    case "texts":
      return '["…"]';
    case "numbers":
      return "[1]";
    case "word":
      return `"${rule.words[0] ?? ""}"`;
    case "version":
      return "[1, 0, 0]";
  }
}

/** What is allowed in a field, as the second half of a message. */
export function allowed(rule: FieldRule): string {
  switch (rule.is) {
    case "node":
      return `write an object such as ${exampleOf(rule)}`;
    case "nodes":
      return `write a list of objects such as ${exampleOf(rule)}`;
    case "text":
      return "write a string";
    case "name":
      return rule.prefix === "" ? "write a string that is not empty" : `write a string such as ${exampleOf(rule)}`;
    case "number":
      return "write a number";
    case "count":
      return "write a whole number of at least 1";
    case "texts":
      return `write a list of strings: ${exampleOf(rule)}`;
    case "numbers":
      return `write a list of numbers: ${exampleOf(rule)}`;
    case "word":
      return `allowed ${rule.words.length === 1 ? "is" : "are"} ${oneOf(rule.words)}${rule.why === undefined ? "" : `; ${rule.why}`}`;
    case "version":
      return "write three whole numbers: [1, 0, 0]";
  }
}

/** Words in quotes, with commas between. */
export function oneOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
