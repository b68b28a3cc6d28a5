import { UNKNOWN } from "../model/is-unknown";

export const isUnknown = (value: unknown): boolean => value === UNKNOWN;

/** Whether a value is unknown or holds an unknown one at any depth. */
export function hasUnknown(value: unknown): boolean {
  const remaining: unknown[] = [value];
  while (remaining.length > 0) {
    const next = remaining.pop();
    if (isUnknown(next)) return true;
    if (typeof next === "object" && next !== null)
      for (const inner of Object.values(next) as unknown[]) remaining.push(inner);
  }
  return false;
}
