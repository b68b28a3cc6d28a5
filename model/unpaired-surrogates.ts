import type { IsUnknown } from "./is-unknown";
import type { Mistake } from "./mistake";
import { show } from "./describe-value";

/** Half of a surrogate pair: JavaScript has it, UTF-8 has not, and the engine refuses all of the program without saying where. */
const HALF = /\p{Surrogate}/u;

/** Texts with half of a character, at any depth: what a `substring` leaves that cuts an emoji. */
export function halfCharacters(values: unknown, isUnknown: IsUnknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const seen = new Set<object>();
  const ahead: { path: string; value: unknown }[] = [{ path: "", value: values }];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { path, value } = next;
    if (isUnknown(value)) continue;
    if (typeof value === "string" && HALF.test(value)) mistakes.push({ path, message: cut(show(value)) });
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, inner] of Object.entries(value).reverse()) {
      if (HALF.test(key)) mistakes.push({ path, message: cut(`the key ${JSON.stringify(key)}`) });
      ahead.push({
        path: Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
        value: inner,
      });
    }
  }
  return mistakes;
}

const cut = (found: string): string => `found ${found}, in which a character is cut in half`;
