import type { NumberLeaf, NumberListLeaf, TextLeaf, TextListLeaf } from "../grammar/leaf";
import type { Value } from "./sample-event";

/** Whether a value of a dimension is what a comparison looks for. */
export type Comparison = (value: Value) => boolean;

/** A comparison without its "not". */
export type Positive<Func extends string> = Func extends `not-${string}` ? never : Func;

/** Numbers and booleans are compared as the text that JavaScript makes of them. */
const onText =
  (fits: (text: string) => boolean): Comparison =>
  (value) =>
    fits(typeof value === "string" ? value : String(value));

/** Upper and lower case are different, as Adobe says of Customer Journey Analytics; Analytics ignores case in `contains`. */
export function textComparison(func: Positive<TextLeaf["func"]>, str: string): Comparison {
  switch (func) {
    case "streq":
      return (value) => value === str || (typeof value !== "string" && String(value) === str);
    case "strlt":
      return onText((text) => text < str);
    case "strgt":
      return onText((text) => text > str);
    case "strle":
      return onText((text) => text <= str);
    case "strge":
      return onText((text) => text >= str);
    case "contains":
      return onText((text) => text.includes(str));
    case "starts-with":
      return onText((text) => text.startsWith(str));
    case "ends-with":
      return onText((text) => text.endsWith(str));
  }
}

export function textListComparison(func: Positive<TextListLeaf["func"]>, list: readonly string[]): Comparison {
  switch (func) {
    case "streq-in": {
      const texts = new Set(list);
      return onText((text) => texts.has(text));
    }
    case "contains-any-of":
      return onText((text) => list.some((part) => text.includes(part)));
    case "contains-all-of":
      return onText((text) => list.every((part) => text.includes(part)));
  }
}

/** `*` stands for anything and `\*` for a star. Pieces are looked for one after the other, so that no pattern takes long. */
export function globComparison(glob: string): Comparison {
  const [first = "", ...rest] = glob.split(/(?<!\\)\*/).map((piece) => piece.replaceAll("\\*", "*"));
  const last = rest.pop();
  if (last === undefined) return onText((text) => text === first);
  return onText((text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  });
}

export const regexComparison = (regex: RegExp): Comparison => onText((text) => regex.test(text));

/** What a comparison with numbers looks for. */
export function numberTest(func: Positive<NumberLeaf["func"]>, num: number): (value: number) => boolean {
  switch (func) {
    case "eq":
      return (value) => value === num;
    case "gt":
      return (value) => value > num;
    case "lt":
      return (value) => value < num;
    case "ge":
      return (value) => value >= num;
    case "le":
      return (value) => value <= num;
  }
}

/** `eq-any-of`, which Adobe documents, and `eq-in`, which works, mean the same. */
export function numberListTest(
  _: Positive<NumberListLeaf["func"]>,
  list: readonly number[],
): (value: number) => boolean {
  const numbers = new Set(list);
  return (value) => numbers.has(value);
}

/** Both bounds belong to the range; null is none. */
export function rangeTest(low: number | null | undefined, high: number | null | undefined): (value: number) => boolean {
  const [least, most] = [low ?? -Infinity, high ?? Infinity];
  return (value) => value >= least && value <= most;
}

/** What is no number fits no comparison of numbers. */
export const onNumber =
  (fits: (number: number) => boolean): Comparison =>
  (value) => {
    const number = numberIn(value);
    return number !== undefined && fits(number);
  };

const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** The number that a value of a dimension is: a finite one, or its decimal digits. */
export function numberIn(value: Value): number | undefined {
  if (typeof value === "boolean") return undefined;
  if (typeof value === "string" && !DECIMAL.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
