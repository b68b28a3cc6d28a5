import type { IsUnknown } from "./is-unknown";
import type { Mistake } from "./mistake";
import { describeValue } from "./describe-value";

/** Half of a surrogate pair: JavaScript has it, UTF-8 has not, and the engine refuses all of the program without saying where. */
const UNPAIRED_SURROGATE = /\p{Surrogate}/u;

/** Texts with half of a character, at any depth: what a `substring` leaves that cuts an emoji. */
export function findUnpairedSurrogates(values: unknown, isUnknown: IsUnknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const seen = new Set<object>();
  const pending: { path: string; value: unknown }[] = [{ path: "", value: values }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value } = next;
    if (isUnknown(value)) continue;
    if (typeof value === "string" && UNPAIRED_SURROGATE.test(value))
      mistakes.push({ path, message: messageFor(describeValue(value)) });
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, inner] of Object.entries(value).reverse()) {
      if (UNPAIRED_SURROGATE.test(key)) mistakes.push({ path, message: messageFor(`the key ${JSON.stringify(key)}`) });
      pending.push({
        path: Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
        value: inner,
      });
    }
  }
  return mistakes;
}

const messageFor = (found: string): string => `found ${found}, which contains half of an emoji (an unpaired surrogate)`;
