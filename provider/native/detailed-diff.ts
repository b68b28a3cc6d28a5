import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../definition/json/value";

/** What differs at one place. */
export interface Difference {
  /** In the engine's notation: `definition.container.pred.preds[1].str`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/**
 * The places where a state and the arguments of a program differ, as deep inside as possible.
 *
 * @param changed the arguments that are known to differ. If no difference is found inside one, the whole argument is listed.
 */
export function differences(
  state: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  changed: readonly string[],
): Difference[] {
  return changed.flatMap((key) => {
    const [before, after] = [state[key], news[key]];
    // An argument that is a list is a set, in each of our resources: tags, shares, audiences, labels.
    const isSet = Array.isArray(before) && Array.isArray(after);
    const found = isSet ? inSet(key, before, after) : inside(key, before, after);
    return found.length > 0 ? found : [{ path: key, kind: "update" as const }];
  });
}

function inside(path: string, before: unknown, after: unknown): Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isAbsent(before)) return [{ path, kind: "add" }];
  if (isAbsent(after)) return [{ path, kind: "delete" }];
  if (Array.isArray(before) && Array.isArray(after)) return inList(path, before, after);
  if (!isObject(before) || !isObject(after)) return [{ path, kind: "update" }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => inside(path + step(key), before[key], after[key]));
}

/** The engine leaves out what is null. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const step = (key: string): string => (/^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

/** Entries that are equal at both ends of a list have only moved. */
function inList(path: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [changedBefore, changedAfter] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  const longer = changedBefore.length > changedAfter.length ? changedBefore : changedAfter;
  return longer.flatMap((_, i) => inside(`${path}[${start + i}]`, changedBefore[i], changedAfter[i]));
}

/** A place may lose one member and get another. */
function inSet(path: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const isIn = (list: readonly unknown[]) => (one: unknown) => list.some((other) => isDeepStrictEqual(one, other));
  const gone = before.flatMap((one, i) => (isIn(after)(one) ? [] : [i]));
  const added = after.flatMap((one, i) => (isIn(before)(one) ? [] : [i]));
  const places = [...new Set([...gone, ...added])].sort((a, b) => a - b);
  return places.map((i) => ({
    path: `${path}[${i}]`,
    kind: gone.includes(i) && added.includes(i) ? "update" : gone.includes(i) ? "delete" : "add",
  }));
}
