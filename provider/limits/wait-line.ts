import type { Allowance } from "./budgets";
import type { Wait } from "./limiter";
import { timeSpan } from "../time-span";

/**
 * What is said while requests wait for a limit.
 *
 * @example waitLine({ ms: 320_000, queued: new Map([["CJA writes", 312]]) }, allowance)
 * // "Waiting about 5 min 20 s for Adobe's limit of 60 requests a minute; 312 requests are queued (CJA writes)."
 */
export function waitLine({ ms, queued }: Wait, { windows }: Allowance): string {
  const total = [...queued.values()].reduce((sum, count) => sum + count, 0);
  const whose = [...queued].map(([budget, count]) => (queued.size === 1 ? budget : `${count} ${budget}`)).join(", ");
  const minute = windows.find((window) => window.ms === 60_000)?.requests;
  const limit = minute === undefined ? "Adobe's limit" : `Adobe's limit of ${minute} requests a minute`;
  return `Waiting about ${timeSpan(ms)} for ${limit}; ${total} ${total === 1 ? "request is" : "requests are"} queued (${whose}).`;
}
