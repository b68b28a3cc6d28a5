import { UNKNOWN } from "../model/is-unknown";

export const isUnknown = (value: unknown): boolean => value === UNKNOWN;

/** Whether a value is unknown or holds an unknown one at any depth. */
export function hasUnknown(value: unknown): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (isUnknown(next)) return true;
    if (typeof next === "object" && next !== null)
      for (const inner of Object.values(next) as unknown[]) left.push(inner);
  }
  return false;
}
