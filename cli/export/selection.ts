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
interface Wanted {
  readonly flag: string;
  readonly value: string;
  readonly fits: (segment: Selectable) => boolean;
  /** What it could have been. */
  readonly known: (segment: Selectable) => readonly (string | undefined)[];
}

/**
 * The segments that fit.
 *
 * @throws Error where a filter fits nothing; it says what there is
 */
export function selected<T extends Selectable>(segments: readonly T[], filters: Filters): T[] {
  const groups = groupsOf(filters);
  const useless = groups.flat().filter(({ fits }) => !segments.some(fits));
  if (useless.length > 0) throw new Error(useless.map((wanted) => nothing(wanted, segments)).join("\n"));
  const found = segments.filter((segment) => groups.every((any) => any.some(({ fits }) => fits(segment))));
  if (found.length > 0 || segments.length === 0) return found;
  const counts = groups.map((any) => {
    const count = segments.filter((segment) => any.some(({ fits }) => fits(segment))).length;
    return `${any.map(({ flag, value }) => `${flag} ${quoted(value)}`).join(" ")} fits ${count}`;
  });
  throw new Error(`none of ${segments.length} segments matches all filters: ${counts.join(", ")}`);
}

function groupsOf({ names, ids, tags, owners, changedSince }: Filters): Wanted[][] {
  const isAny = (value: string, texts: readonly (string | undefined)[]) =>
    texts.some((text) => text?.toLowerCase() === value.toLowerCase());
  const group = (
    flag: string,
    values: readonly string[],
    known: Wanted["known"],
    test: (value: string) => (texts: readonly (string | undefined)[]) => boolean = (value) => (texts) =>
      isAny(value, texts),
  ): Wanted[] =>
    values.map((value) => {
      const isFit = test(value);
      return { flag, value, known, fits: (segment) => isFit(known(segment)) };
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

const MOST_SHOWN = 10;

function nothing({ flag, value, known }: Wanted, segments: readonly Selectable[]): string {
  // Of an owner's texts one is enough.
  const shownOf = (texts: readonly (string | undefined)[]) => (flag === "--owner" ? texts.slice(0, 1) : texts);
  const all = segments.flatMap((segment) => shownOf(known(segment).filter((text) => text !== undefined)));
  const there = [...new Set(all)].filter((text) => text !== undefined).sort();
  // The last change is the one that says most.
  const shown = (flag === "--changed-since" ? there.slice(-1) : there.slice(0, MOST_SHOWN)).map(quoted).join(", ");
  const more = there.length > MOST_SHOWN && flag !== "--changed-since" ? ` and ${there.length - MOST_SHOWN} more` : "";
  const has = flag === "--changed-since" ? "the last change was" : "there are";
  return `${flag} ${quoted(value)} matches none of ${segments.length} segments; ${shown === "" ? "none of them has any" : `${has} ${shown}${more}`}`;
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
export function pointInTime(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim()))
    return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? undefined : time;
}
