import type { Allowance } from "./budgets";
import type { Wait } from "./limiter";
import { timeSpan } from "./time-span";

/**
 * What is said while requests wait for a limit.
 *
 * @example waitLine({ ms: 320_000, queued: new Map([["CJA writes", 312]]) }, allowance)
 * // "312 requests left (CJA writes), about 5 min 20 s: 60 are allowed a minute"
 */
export function waitLine({ ms, queued }: Wait, { windows }: Allowance): string {
  const total = [...queued.values()].reduce((sum, count) => sum + count, 0);
  const whose = [...queued].map(([budget, count]) => (queued.size === 1 ? budget : `${count} ${budget}`)).join(", ");
  const minute = windows.find((window) => window.ms === 60_000)?.requests;
  const allowed = minute === undefined ? "" : `: ${minute} are allowed a minute`;
  return `${total} ${total === 1 ? "request" : "requests"} left (${whose}), about ${timeSpan(ms)}${allowed}`;
}
