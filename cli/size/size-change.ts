import type { SizeBudget } from "../../provider/size/budget";
import type { CommandContext } from "../terminal";
import { rangeText, type Size, type Sized, type SizeRange } from "../../provider/size/size";

/** How many people something selects before and after a change. An absent side is not there. */
export interface SizeChange {
  /** The days that were counted. Undefined for an audience, which is estimated over all people. */
  readonly range?: SizeRange;
  readonly before?: Sized;
  readonly after?: Sized;
}

/**
 * By how much the number of persons changes, as a share of those before: -0.28. Undefined where one side is not there or not known, or
 * both are nobody; infinite where there was nobody before.
 */
export function relativeChange({ before, after }: SizeChange): number | undefined {
  const [old, now] = [sizeOf(before)?.persons, sizeOf(after)?.persons];
  if (old === undefined || now === undefined || (old === 0 && now === 0)) return undefined;
  return shareOf(old, now);
}

const shareOf = (old: number, now: number): number => (old === 0 ? Infinity : (now - old) / old);

/** Why the size is not known, where a side is there and nobody knows it. */
export const unknownReason = ({ before, after }: SizeChange): string | undefined =>
  [before, after].map(reasonOf).find((reason) => reason !== undefined);

/** All persons that there are, as far as either side knows it. */
export const allPersons = ({ before, after }: SizeChange): number | undefined =>
  after?.allPersons ?? before?.allPersons;

export const sizeOf = (sized: Sized | undefined): Size | undefined =>
  sized && "size" in sized.selected ? sized.selected.size : undefined;

const reasonOf = (sized: Sized | undefined): string | undefined =>
  sized && "unknown" in sized.selected ? sized.selected.unknown : undefined;

const NUMBERS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const MEASURES = [
  ["persons", "person"],
  ["sessions", "session"],
  ["events", "event"],
] as const;

export const countText = (count: number): string => NUMBERS.format(count);

/** `−28%`, with the sign of a number and not of a list. */
export function percentText(share: number): string {
  if (share === Infinity) return "from nobody";
  if (share === 0) return "no change";
  const percent = Math.abs(share) * 100;
  // All but a few are not all.
  const isRounded = percent < 10 || (percent > 99 && percent < 100);
  const digits =
    percent < 0.1
      ? "<0.1"
      : isRounded
        ? Math.min(percent, percent < 100 ? 99.9 : percent)
            .toFixed(1)
            .replace(/\.0$/, "")
        : countText(percent);
  return `${share < 0 ? "−" : "+"}${digits}%`;
}

/**
 * A change of size in one line: `4,210 → 3,020 persons (−28%) of 10,012 in the last 30 days; sessions …`.
 *
 * @param adobesWords writes why a size is not known: these are Adobe's words, or a file's
 */
export function sizeText(change: SizeChange, adobesWords: (text: string) => string): string {
  const { before, after, range } = change;
  const [old, now] = [sizeOf(before), sizeOf(after)];
  const unknown = [
    unknownText(before, after ? "before" : undefined, adobesWords),
    unknownText(after, before ? "after" : undefined, adobesWords),
  ];
  const all = allPersons(change);
  const where = `${all === undefined ? "" : ` of ${countText(all)}`}${range ? ` in ${rangeText(range)}` : ""}`;
  const [persons, ...rest] = MEASURES.flatMap(([measure, one]) =>
    measureText(old?.[measure], now?.[measure], measure, one),
  );
  const precision = after?.precision ?? before?.precision;
  const known =
    persons === undefined
      ? undefined
      : [
          `${persons}${persons.endsWith("after") && where !== "" ? "," : ""}${where}`,
          ...rest,
          ...(precision === undefined ? [] : [precision]),
        ].join("; ");
  const [first = "", ...others] = [known, ...unknown].filter((part) => part !== undefined);
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join("; ") + ".";
}

function unknownText(
  sized: Sized | undefined,
  when: "before" | "after" | undefined,
  adobesWords: (text: string) => string,
): string | undefined {
  const reason = reasonOf(sized);
  return reason === undefined ? undefined : `not known${when ? ` ${when}` : ""}: ${adobesWords(reason)}`;
}

function measureText(old: number | undefined, now: number | undefined, many: string, one: string): string[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined || now === undefined)
    return [`${countText(old ?? now ?? 0)} ${(old ?? now) === 1 ? one : many}`];
  if (old === now) return [`${countText(now)} ${now === 1 ? one : many}, before and after`];
  return [`${countText(old)} → ${countText(now)} ${many} (${percentText(shareOf(old, now))})`];
}

/** Says that it goes on: a report may take a minute, an estimate more than that. */
export const progressOf =
  ({ log }: CommandContext) =>
  (sent: number): void => {
    if (sent > 1) log(`pulumi-cja: asking Adobe for size ${sent} …`);
  };

/** What the sizes have cost. */
export const spentText = ({ requests }: SizeBudget): string =>
  requests === 0
    ? "Adobe was not asked for sizes"
    : `Adobe was asked for ${requests} ${requests === 1 ? "report or estimate" : "reports and estimates"}`;
