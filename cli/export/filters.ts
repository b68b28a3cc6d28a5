import { quoted } from "../../definition/sentences/quote";

/** What a filter looks at. */
interface Selectable {
  readonly id: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly owner?: { readonly id: string; readonly name?: string; readonly login?: string };
  readonly modified?: string;
}

/** Which segments to export: those that fit one of the values of each filter. */
export interface Filters {
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly tags: readonly string[];
  readonly owners: readonly string[];
  /** Milliseconds since 1970. A segment that does not say when it was changed counts as changed. */
  readonly changedSince: number | undefined;
}

/** One value of a filter. */
interface FilterValue {
  readonly flag: string;
  readonly value: string;
  readonly matches: (segment: Selectable) => boolean;
  /** What it could have been. */
  readonly valuesOf: (segment: Selectable) => readonly (string | undefined)[];
}

/**
 * The segments that fit.
 *
 * @param many what they are: `segments`
 * @throws Error where a filter fits nothing; it says what there is
 */
export function selectSegments<T extends Selectable>(segments: readonly T[], filters: Filters, many = "segments"): T[] {
  const groups = toFilterGroups(filters);
  const unmatched = groups.flat().filter(({ matches }) => !segments.some(matches));
  if (unmatched.length > 0) throw new Error(unmatched.map((wanted) => noMatchText(wanted, segments, many)).join("\n"));
  const found = segments.filter((segment) => groups.every((any) => any.some(({ matches }) => matches(segment))));
  if (found.length > 0 || segments.length === 0) return found;
  const counts = groups.map((any) => {
    const count = segments.filter((segment) => any.some(({ matches }) => matches(segment))).length;
    return `${any.map(({ flag, value }) => `${flag} ${quoted(value)}`).join(" ")} fits ${count}`;
  });
  throw new Error(`none of ${segments.length} ${many} matches all filters: ${counts.join(", ")}`);
}

function toFilterGroups({ names, ids, tags, owners, changedSince }: Filters): FilterValue[][] {
  const isAny = (value: string, texts: readonly (string | undefined)[]) =>
    texts.some((text) => text?.toLowerCase() === value.toLowerCase());
  const group = (
    flag: string,
    values: readonly string[],
    valuesOf: FilterValue["valuesOf"],
    test: (value: string) => (texts: readonly (string | undefined)[]) => boolean = (value) => (texts) =>
      isAny(value, texts),
  ): FilterValue[] =>
    values.map((value) => {
      const isFit = test(value);
      return { flag, value, valuesOf, matches: (segment) => isFit(valuesOf(segment)) };
    });
  const matching = (value: string) => {
    const matches = glob(value);
    return (texts: readonly (string | undefined)[]) => texts.some((text) => text !== undefined && matches(text));
  };
  const since = changedSince === undefined ? [] : [new Date(changedSince).toISOString()];
  const later = (value: string) => (texts: readonly (string | undefined)[]) => {
    const changed = Date.parse(texts[0] ?? "");
    return Number.isNaN(changed) || changed >= Date.parse(value);
  };
  return [
    group("--name", names, ({ name }) => [name], matching),
    group("--id", ids, ({ id }) => [id]),
    group("--tag", tags, ({ tags: has = [] }) => has),
    group("--owner", owners, ({ owner }) => [owner?.name, owner?.login, owner?.id]),
    group("--changed-since", since, ({ modified }) => [modified], later),
  ].filter((any) => any.length > 0);
}

const MAX_SHOWN = 10;

function noMatchText({ flag, value, valuesOf }: FilterValue, segments: readonly Selectable[], many: string): string {
  // Of an owner's texts one is enough.
  const limitShown = (texts: readonly (string | undefined)[]) => (flag === "--owner" ? texts.slice(0, 1) : texts);
  const all = segments.flatMap((segment) => limitShown(valuesOf(segment).filter((text) => text !== undefined)));
  const availableValues = [...new Set(all)].filter((text) => text !== undefined).sort();
  // The last change is the one that says most.
  const shown = (flag === "--changed-since" ? availableValues.slice(-1) : availableValues.slice(0, MAX_SHOWN))
    .map(quoted)
    .join(", ");
  const more =
    availableValues.length > MAX_SHOWN && flag !== "--changed-since"
      ? ` and ${availableValues.length - MAX_SHOWN} more`
      : "";
  const has = flag === "--changed-since" ? "the last change was" : "there are";
  return `${flag} ${quoted(value)} matches none of ${segments.length} ${many}; ${shown === "" ? "none of them has any" : `${has} ${shown}${more}`}`;
}

/** A pattern with `*` for anything, `?` for one character and `\` before either for itself; capitals do not matter. */
function glob(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/\\([\s\S])|[\s\S]/gu, (found, escaped?: string) => {
    if (escaped !== undefined) return literal(escaped);
    return found === "*" ? "[\\s\\S]*" : found === "?" ? "[\\s\\S]" : literal(found);
  });
  const expression = new RegExp(`^${source.replace(/(?:\[\\s\\S\]\*)+/g, "[\\s\\S]*")}$`, "iu");
  return (text) => expression.test(text);
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** What a point in time may look like, for messages. */
export const POINT_EXAMPLES = "2026-11-05, 2026-11-05T09:30:00Z, 36h, 30d or 2w";

/**
 * Milliseconds since 1970 of a date, of a time, or of a span before now.
 *
 * @returns undefined when it is none of them
 */
export function parsePointInTime(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim()))
    return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? undefined : time;
}

/** The flag --changed-since. @throws Error where it is no point in time */
export function parseSince(text: string | undefined, now: number): number | undefined {
  const since = text === undefined ? undefined : parsePointInTime(text, now);
  if (text !== undefined && since === undefined)
    throw new Error(`--changed-since: found ${JSON.stringify(text)}, expected a time such as ${POINT_EXAMPLES}`);
  return since;
}
