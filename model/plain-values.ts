import { isExactNumber, shown } from "../definition/json";
import type { IsUnknown } from "./is-unknown";
import type { Mistake } from "./mistake";

/** Levels of lists and objects inside of each other: the engine's SDK goes from level to level by recursion. */
const MAX_DEPTH = 100;

interface Visit {
  readonly value: unknown;
  readonly key: string;
  readonly depth: number;
  readonly parent?: Visit;
}

const ROUNDED = "which JavaScript or Pulumi's state would change; write it as a string, in quotes";

/**
 * What is wrong with values that may be anything: numbers that are not what the program says (9007199254740993 is
 * 9007199254740992, so that a change of it would be none), and values without end.
 *
 * @param path of the value
 */
export function plainValueMistakes(value: unknown, path: string, isUnknown: IsUnknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const seen = new Set<unknown>();
  const pending: Visit[] = [{ value, key: path, depth: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { value, depth } = visit;
    if (isUnknown(value)) continue;
    const inexactNumber = describeInexactNumber(value);
    if (inexactNumber !== undefined)
      mistakes.push({ path: pathTo(visit), message: `found ${inexactNumber}, ${ROUNDED}` });
    if (typeof value !== "object" || value === null || isExactNumber(value)) continue;
    if (containsItself(visit)) return [...mistakes, { path: shortenPath(pathTo(visit)), message: "contains itself" }];
    if (depth > MAX_DEPTH)
      return [...mistakes, { path: shortenPath(pathTo(visit)), message: `nested deeper than ${MAX_DEPTH} levels` }];
    if (seen.has(value)) continue;
    seen.add(value);
    const entries = Object.entries(value);
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const [key, inner] = entries[index] as [string, unknown];
      pending.push({ value: inner, key, depth: depth + 1, parent: visit });
    }
  }
  return mistakes;
}

/** Written only when a mistake needs it. */
function pathTo(visit: Visit): string {
  const parts: string[] = [];
  for (let visited: Visit | undefined = visit; visited !== undefined; visited = visited.parent)
    parts.push(
      visited.parent === undefined
        ? visited.key
        : Array.isArray(visited.parent.value)
          ? `[${visited.key}]`
          : `.${visited.key}`,
    );
  return parts.reverse().join("");
}

/** The number in words, if it is none that arrives as it was written. */
function describeInexactNumber(value: unknown): string | undefined {
  if (isExactNumber(value)) return `the number ${shown(value.text)}`;
  if (typeof value === "bigint") return `the bigint ${shown(String(value))}`;
  if (typeof value !== "number") return undefined;
  if (Object.is(value, -0)) return "the number -0";
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isExact ? undefined : `the number ${value}`;
}

function containsItself(visit: Visit): boolean {
  for (let index = visit.parent; index !== undefined; index = index.parent)
    if (index.value === visit.value) return true;
  return false;
}

/** Enough of a path of a hundred levels to find it. */
const shortenPath = (path: string): string => (path.length > 80 ? `${path.slice(0, 79)}…` : path);
