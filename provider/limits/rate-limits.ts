import type { RateWindow } from "./sliding-window";

/**
 * Milliseconds for which one operation repeats after 429. Longer than after other failures, because a refused request was surely not carried out
 * and waiting is all that helps: several of the organisation's one-minute windows pass in it.
 */
export const RATE_LIMIT_DEADLINE_MS = 300_000;

/** What a service allows. Whatever draws on it is counted together, as the service does. */
export interface RateLimit {
  /** All hold at the same time. */
  readonly windows: readonly RateWindow[];
  /** Requests in flight at a time. */
  readonly maxConcurrent: number;
}

/** Whose requests they are. Those that draw on the same limit take turns, so that a flood of writes holds up no read. */
export type BudgetName = "CJA reads" | "CJA writes" | "jobs" | "tokens";

/** Those that have a rate limit. */
export type Service = "cja" | "platform" | "ims";

/** What the settings say of the limits. */
export interface LimitSettings {
  readonly requestsPerMinute: number;
  readonly maxConcurrent: number;
}

/**
 * What Adobe allows, by service.
 *
 * - `cja` (budgets "CJA reads" and "CJA writes"): 60 requests a minute and 6 at a time for an organisation
 *   (https://developer.adobe.com/cja-apis/docs/endpoints/segments/, "Rate limiting"), and 12 in 6 s for a user
 *   (https://developer.adobe.com/cja-apis/docs/getting-started/faq/). Whoever is allowed more a minute is so in 6 s, too.
 * - `platform` (budget "jobs"): the segment jobs guide names none, so the same is kept.
 * - `ims` (budget "tokens"): none is published. One token serves a day; more than a few requests are a fault that repeats.
 *
 * @example rateLimitsOf({ requestsPerMinute: 60, maxConcurrent: 6 }).cja.windows[0] // { requests: 60, ms: 60_000 }
 */
export function rateLimitsOf({ requestsPerMinute, maxConcurrent }: LimitSettings): Record<Service, RateLimit> {
  const adobe: RateLimit = {
    windows: [
      { requests: requestsPerMinute, ms: 60_000 },
      { requests: Math.max(12, Math.floor(requestsPerMinute / 5)), ms: 6_000 },
    ],
    maxConcurrent,
  };
  const ims: RateLimit = { windows: [{ requests: 20, ms: 60_000 }], maxConcurrent: 1 };
  return { cja: adobe, platform: adobe, ims };
}
