import { conditionsOf, inline, isBracket, isSign, isWord, splitBefore, WIDTH, type Piece } from "./print";
import { textOf } from "./tokens";

/** What an audience is called: `Buyers (e3be6d7f-…)`. */
export type AudienceName = (id: string) => string;

/** Conditions in which a top-level "and" may belong to what stands before it: they are left as they are. */
const QUANTIFIERS = ["exists", "forall", "select", "let", "sum", "average", "min", "max", "count"];

/** Brackets inside of each other that anybody could follow in words; some are read twice, and each doubles it. */
const MAX_DEPTH = 8;

const depthOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((most, piece) => (isBracket(piece) ? Math.max(most, 1 + depthOf(piece.inside)) : most), 0);

/** Whether each condition of an expression can be read by itself. */
export const areSeparate = (pieces: readonly Piece[]): boolean =>
  !pieces.some(
    (piece, at) => isWord(piece, ...QUANTIFIERS) && isNameAt(pieces, at + 1) && !isSign(pieces[at - 1], "."),
  );

const isNameAt = (pieces: readonly Piece[], at: number): boolean => {
  const piece = pieces[at];
  return piece !== undefined && !isBracket(piece) && piece.kind === "word";
};

/**
 * A condition in words, its "and" or "or" before it.
 *
 * @returns undefined where there are none for it
 * @example describeCondition(piecesOf('and inSegment("e3be")')) // "and is in the audience e3be"
 */
export function describeCondition(condition: readonly Piece[], nameOf: AudienceName): string | undefined {
  return depthOf(condition) > MAX_DEPTH ? undefined : sentenceOf(condition, nameOf);
}

function sentenceOf(condition: readonly Piece[], nameOf: AudienceName): string | undefined {
  const [first, ...rest] = condition;
  if (isWord(first, "and", "or")) {
    const sentence = sentenceOf(rest, nameOf);
    return sentence === undefined ? undefined : `${inline(condition, 0, 1)} ${sentence}`;
  }
  if (isWord(first, "not") || isSign(first, "!")) return negation(rest, nameOf);
  if (condition.length === 1 && isBracket(first) && first.open.source === "(") return group(first.inside, nameOf);
  return membership(condition, nameOf, false) ?? events(condition, nameOf, false) ?? comparison(condition);
}

function negation(condition: readonly Piece[], nameOf: AudienceName): string | undefined {
  // Twice not is nobody's.
  if (isWord(condition[0], "not") || isSign(condition[0], "!")) return undefined;
  const [only] = condition;
  const inside = condition.length === 1 && isBracket(only) && only.open.source === "(" ? only.inside : condition;
  if (!areSeparate(inside)) return undefined;
  const negated = membership(inside, nameOf, true) ?? events(inside, nameOf, true);
  if (negated !== undefined) return negated;
  const sentence = inside === condition ? sentenceOf(inside, nameOf) : group(inside, nameOf);
  return sentence === undefined ? undefined : `not ${sentence.startsWith("(") ? sentence : `(${sentence})`}`;
}

/** `(a is 1 or b is 2)`, on lines of their own where there is no room. */
function group(inside: readonly Piece[], nameOf: AudienceName): string | undefined {
  const sentences = sentencesIn(inside, nameOf);
  const line = sentences && `(${sentences.join(" ")})`;
  if (line === undefined || (line.length <= WIDTH && !line.includes("\n"))) return line;
  return `(\n${sentences?.join("\n").replace(/^/gm, "  ")}\n)`;
}

/** What has no words stays as it is. */
const sentencesIn = (inside: readonly Piece[], nameOf: AudienceName): readonly string[] | undefined =>
  areSeparate(inside) ? conditionsOf(inside).map((one) => sentenceOf(one, nameOf) ?? inline(one)) : undefined;

function membership(condition: readonly Piece[], nameOf: AudienceName, isNot: boolean): string | undefined {
  const [name, bracket] = condition;
  if (condition.length !== 2 || !isWord(name, "inSegment") || !isBracket(bracket) || bracket.inside.length !== 1)
    return undefined;
  const [id] = bracket.inside;
  if (!id || isBracket(id) || id.kind !== "text") return undefined;
  return `is ${isNot ? "not " : ""}in the audience ${nameOf(textOf(id))}`;
}

/** A sequence of events: `CHAIN(xEvent, timestamp, [A: WHAT(…) WHEN(…)])`. */
function events(condition: readonly Piece[], nameOf: AudienceName, isNot: boolean): string | undefined {
  const [name, bracket] = condition;
  if (condition.length !== 2 || !isWord(name, "chain", "CHAIN") || !isBracket(bracket)) return undefined;
  const [list, time, steps, ...more] = entriesOf(bracket.inside);
  const [stepList] = steps ?? [];
  if (!list || !time || steps?.length !== 1 || !isBracket(stepList) || more.length > 0) return undefined;
  if (inline(list) !== "xEvent" || inline(time) !== "timestamp") return undefined;
  const sentences = entriesOf(stepList.inside).map((step) => event(step, nameOf));
  if (sentences.length === 0 || sentences.includes(undefined)) return undefined;
  const [first] = sentences;
  if (sentences.length === 1) return `has ${isNot ? "no" : "an"} event where ${first}`;
  const lines = sentences.map((sentence, index) => `  ${index + 1}. ${sentence}`);
  return [`${isNot ? "does not have" : "has"} these events, one after the other:`, ...lines].join("\n");
}

function event(step: readonly Piece[], nameOf: AudienceName): string | undefined {
  const [label, colon] = step;
  const isLabelled = label !== undefined && !isBracket(label) && isSign(colon, ":");
  const [what, condition, when, time, ...more] = isLabelled ? step.slice(2) : step;
  if (!isWord(what, "what", "What", "WHAT") || !isBracket(condition) || more.length > 0) return undefined;
  const sentence = sentencesIn(condition.inside, nameOf)?.join(" ");
  if (sentence === undefined || sentence.includes("\n")) return undefined;
  if (when === undefined) return sentence;
  if (!isWord(when, "when", "When", "WHEN") || !isBracket(time)) return undefined;
  return `${sentence}, ${timeText(time.inside)}`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  "=": "exactly",
  "<": "less than",
  "<=": "at most",
  ">": "more than",
  ">=": "at least",
};

function timeText(time: readonly Piece[]): string {
  const [sign, ...rest] = time;
  const word =
    sign && !isBracket(sign) && Object.hasOwn(COMPARISONS, sign.source) ? COMPARISONS[sign.source] : undefined;
  return word === undefined ? `when ${inline(time)}` : `${word} ${inline(rest)}`;
}

/** What stands between commas, without them. */
const entriesOf = (inside: readonly Piece[]): readonly (readonly Piece[])[] =>
  inside.length === 0
    ? []
    : splitBefore(inside, (_, index) => isSign(inside[index - 1], ",")).map((entry) =>
        isSign(entry.at(-1), ",") ? entry.slice(0, -1) : entry,
      );

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
  in: "is one of",
  notIn: "is none of",
  like: "is like",
};

/** Methods, and whether a second argument says that the case of letters does not matter. */
const METHODS: Readonly<Record<string, string>> = {
  equals: "equals",
  notEqualTo: "does not equal",
  startsWith: "starts with",
  doesNotStartWith: "does not start with",
  endsWith: "ends with",
  doesNotEndWith: "does not end with",
  contains: "contains",
  doesNotContain: "does not contain",
  includes: "includes",
  intersects: "has one of",
  matches: "matches",
};

/** `person.birthYear >= 1990`, `person.name.startsWith("J")`, `homeAddress.isNull()`. */
function comparison(condition: readonly Piece[]): string | undefined {
  const at = condition.findIndex(
    (piece) => !isBracket(piece) && Object.hasOwn(OPERATORS, piece.source) && piece.kind !== "text",
  );
  const operator = condition[at];
  if (operator && !isBracket(operator)) {
    const [path, value] = [condition.slice(0, at), condition.slice(at + 1)];
    if (!isPath(path) || !isValue(value)) return undefined;
    return `${inline(path)} ${OPERATORS[operator.source]} ${inline(value)}`;
  }
  const [method, bracket] = condition.slice(-2);
  const path = condition.slice(0, -3);
  if (!method || isBracket(method) || !isBracket(bracket) || !isSign(condition.at(-3), ".") || !isPath(path))
    return undefined;
  const [value, inCase, ...more] = entriesOf(bracket.inside);
  if (more.length > 0) return undefined;
  if (!value) {
    if (method.source === "isNull") return `${inline(path)} has no value`;
    return method.source === "isNotNull" ? `${inline(path)} has a value` : undefined;
  }
  const words = Object.hasOwn(METHODS, method.source) ? METHODS[method.source] : undefined;
  const inCaseText =
    inCase === undefined || inline(inCase) === "true" ? "" : inline(inCase) === "false" ? " (in any case)" : undefined;
  if (words === undefined || inCaseText === undefined || !isValue(value)) return undefined;
  return `${inline(path)} ${words} ${inline(value)}${inCaseText}`;
}

/** `homeAddress.countryISO` */
const isPath = (pieces: readonly Piece[]): boolean =>
  pieces.length % 2 === 1 && pieces.every((piece, at) => (at % 2 === 0 ? isNameAt(pieces, at) : isSign(piece, ".")));

/** A text, a number, a list of them, or another path. */
const isValue = (pieces: readonly Piece[]): boolean => {
  const [first] = pieces;
  if (pieces.length === 1 && isBracket(first) && first.open.source === "[")
    return entriesOf(first.inside).every(isValue);
  const literal = isSign(first, "-", "+") ? pieces.slice(1) : pieces;
  const [only] = literal;
  return (
    (literal.length === 1 &&
      only !== undefined &&
      !isBracket(only) &&
      (only.kind === "text" || only.kind === "number")) ||
    isPath(pieces)
  );
};
