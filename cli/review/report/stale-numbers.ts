import type { SentenceLine } from "./report";

/** Of a minute each: a week is 7 days. A month is a month, since it is no number of days. */
const UNITS: readonly (readonly [pattern: RegExp, minutes: number, of: string])[] = [
  [/^(?:min|minute)s?$/, 1, "time"],
  [/^(?:h|hrs?|hours?)$/, 60, "time"],
  [/^(?:d|days?)$/, 1_440, "time"],
  [/^(?:wks?|weeks?)$/, 10_080, "time"],
  [/^months?$/, 1, "months"],
  [/^quarters?$/, 3, "months"],
  [/^(?:yrs?|years?)$/, 12, "months"],
];
const WORDS = [
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
const LONG = "minutes?|hours?|days?|weeks?|months?|quarters?|years?";
const NUMBER = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`;
/** `7 days`, `7-day`, `7d`, `a week`, `7`. */
const QUANTITY = new RegExp(
  String.raw`(?<![\w.,])(?:(${NUMBER})[ -]?(${LONG}|mins?|h|hrs?|d|wks?|yrs?)|(${WORDS.join("|")})[ -](${LONG})|(${NUMBER}))(?!\w|[.,]\d)`,
  "gi",
);

interface Quantity {
  /** As it was written: digits, and words of the lists above, so that it is markup nowhere. */
  readonly text: string;
  readonly count: number;
  /** What a span of time is in whichever unit. */
  readonly span?: string;
}

function quantitiesIn(text: string): Quantity[] {
  return [...text.matchAll(QUANTITY)].map(([found, digits, short, word, long, number]) => {
    const count = word === undefined ? Number((digits ?? number ?? "").replaceAll(",", "")) : countOf(word);
    const unit = (short ?? long ?? "").toLowerCase();
    const [, size, of] = UNITS.find(([pattern]) => pattern.test(unit)) ?? [];
    return { text: found, count, ...(size !== undefined && { span: `${count * size} ${of}` }) };
  });
}

const countOf = (word: string): number =>
  Math.max(
    1,
    WORDS.findIndex((known) => new RegExp(`^${known}$`, "i").test(word)),
  );

/** The numbers and spans of time in a text that a definition had before and does not have after: what the text says fits no longer. */
export function staleNumbers(text: string, lines: readonly SentenceLine[]): string[] {
  const without = (is: SentenceLine["is"]) =>
    quantitiesIn(lines.flatMap((line) => (line.is === is ? [] : [line.text])).join("\n"));
  const [before, after] = [without("added"), without("removed")];
  const isIn = (said: Quantity) => (found: Quantity) =>
    said.span === undefined ? said.count === found.count : said.span === found.span;
  // "Segment 1" counts nothing.
  const said = quantitiesIn(text).filter(({ span, count }) => span !== undefined || count > 1);
  const stale = said.filter((one) => before.some(isIn(one)) && !after.some(isIn(one)));
  return [...new Set(stale.map((one) => one.text))];
}
