import { isExactNumber, shown } from "./json";
import { pathTo, type Mistake, type Position } from "./mistake";

interface Visit extends Position {
  readonly value: unknown;
}

/**
 * The numbers of a JSON text that JavaScript cannot hold, each with its place: what can be kept in no state, said in no
 * program and calculated with by nobody.
 *
 * @param json as `readJson` reads it
 * @returns in the text's order; `message` completes "found …"
 */
export function exactNumbers(json: unknown): Mistake[] {
  const found: Mistake[] = [];
  const pending: Visit[] = [{ value: json }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { value } = visit;
    if (isExactNumber(value)) found.push({ path: pathTo(visit), message: `the number ${shown(value.text)}` });
    else if (typeof value === "object" && value !== null) {
      const isList = Array.isArray(value);
      for (const [key, inner] of Object.entries(value).reverse())
        pending.push({ value: inner, parent: visit, key: isList ? Number(key) : key });
    }
  }
  return found;
}

/** `the number 9007199254740993 at container.pred.num, and 2 more`; undefined where there is none. */
export function exactNumbersText(json: unknown): string | undefined {
  const [first, ...others] = exactNumbers(json);
  if (!first) return undefined;
  return `${first.message} at ${first.path}${others.length === 0 ? "" : `, and ${others.length} more`}`;
}
