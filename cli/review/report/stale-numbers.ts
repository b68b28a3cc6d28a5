import type { SentenceLine } from "./report";

/** Of a minute each: a week is 7 days. A month is a month, since it is no number of days. */
const UNIT_PATTERNS: readonly (readonly [pattern: RegExp, minutes: number, of: string])[] = [
  [/^(?:min|minute)s?$/, 1, "time"],
  [/^(?:h|hrs?|hours?)$/, 60, "time"],
  [/^(?:d|days?)$/, 1_440, "time"],
  [/^(?:wks?|weeks?)$/, 10_080, "time"],
  [/^months?$/, 1, "months"],
  [/^quarters?$/, 3, "months"],
  [/^(?:yrs?|years?)$/, 12, "months"],
];
const NUMBER_WORDS = [
  "an?",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const UNIT_WORDS = "minutes?|hours?|days?|weeks?|months?|quarters?|years?";
const NUMBER = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`;
/** `7 days`, `7-day`, `7d`, `a week`, `7`. */
const QUANTITY = new RegExp(
  String.raw`(?<![\w.,])(?:(${NUMBER})[ -]?(${UNIT_WORDS}|mins?|h|hrs?|d|wks?|yrs?)|(${NUMBER_WORDS.join("|")})[ -](${UNIT_WORDS})|(${NUMBER}))(?!\w|[.,]\d)`,
  "gi",
);

interface Quantity {
  /** As it was written: digits, and words of the lists above, so that it is markup nowhere. */
  readonly text: string;
  readonly count: number;
  /** What a span of time is in whichever unit. */
  readonly span?: string;
}

function findQuantities(text: string): Quantity[] {
  return [...text.matchAll(QUANTITY)].map(([found, digits, short, word, long, number]) => {
    const count = word === undefined ? Number((digits ?? number ?? "").replaceAll(",", "")) : numberOfWord(word);
    const unit = (short ?? long ?? "").toLowerCase();
    const [, size, of] = UNIT_PATTERNS.find(([pattern]) => pattern.test(unit)) ?? [];
    return { text: found, count, ...(size !== undefined && { span: `${count * size} ${of}` }) };
  });
}

const numberOfWord = (word: string): number =>
  Math.max(
    1,
    NUMBER_WORDS.findIndex((known) => new RegExp(`^${known}$`, "i").test(word)),
  );

/** The numbers and spans of time in a text that a definition had before and does not have after: what the text says fits no longer. */
export function findStaleNumbers(text: string, lines: readonly SentenceLine[]): string[] {
  const without = (is: SentenceLine["is"]) =>
    findQuantities(lines.flatMap((line) => (line.is === is ? [] : [line.text])).join("\n"));
  const [before, after] = [without("added"), without("removed")];
  const isStillMentioned = (quantities: Quantity) => (found: Quantity) =>
    quantities.span === undefined ? quantities.count === found.count : quantities.span === found.span;
  // "Segment 1" counts nothing.
  const quantities = findQuantities(text).filter(({ span, count }) => span !== undefined || count > 1);
  const stale = quantities.filter((one) => before.some(isStillMentioned(one)) && !after.some(isStillMentioned(one)));
  return [...new Set(stale.map((one) => one.text))];
}
