import type { Random } from "../clock";

/** Milliseconds for which one operation repeats after faults and 5xx. */
export const DEADLINE_MS = 120_000;

/** A host that has never answered is a wrong URL, or a closed network, more often than an outage: that error comes sooner. */
export const FIRST_CONTACT_MS = 30_000;

/** A page instead of JSON is not load that passes: two repetitions tell a hiccup from a wrong URL. */
export const UNREADABLE_TRIES = 3;

/** What failed, and how long it has been tried. */
export interface FailedAttempt {
  /** How many tries have failed, from 1. */
  readonly attempt: number;
  /** Milliseconds since the first try was sent, without the time in the limiter's queue. */
  readonly elapsedMs: number;
  /** HTTP status of the last try; without it, the network failed. */
  readonly status?: number | undefined;
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Milliseconds after which no try starts any more. */
  readonly deadline: number;
}

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);
const BASE_MS = 500;
const CAP_MS = 20_000;
const THROTTLED_BASE_MS = 2_000;
const THROTTLED_CAP_MS = 30_000;
/** Callers that were told the same time to come back do not all come at once. */
const RETRY_AFTER_SPREAD_MS = 500;

/** Whether a status may go away by itself: 408, 425, 429, 500, 502, 503, 504. */
export function isRetried(status: number): boolean {
  return RETRIED.has(status);
}

/**
 * How long to wait before the next try; `undefined` to give up.
 *
 * Exponential backoff with full jitter from 0.5 s up to 20 s. After 429 from 2 s up to 30 s, and at least half of it,
 * since coming back at once makes it worse. Where the service names a time, that time. Never past the deadline.
 *
 * @example retryDelay({ attempt: 1, elapsedMs: 80, status: 503, deadline: DEADLINE_MS }, () => 0.5) // 250
 */
export function retryDelay(failedAttempt: FailedAttempt, random: Random): number | undefined {
  const { attempt, elapsedMs, status, retryAfter, deadline } = failedAttempt;
  if (status !== undefined && !isRetried(status)) return undefined;
  const delay = Math.ceil(delayOf(attempt, status === 429, retryAfter, random));
  return elapsedMs + delay <= deadline ? delay : undefined;
}

function delayOf(attempt: number, throttled: boolean, retryAfter: number | undefined, random: Random): number {
  if (retryAfter !== undefined && retryAfter > 0) return retryAfter + random() * RETRY_AFTER_SPREAD_MS;
  const [base, cap] = throttled ? [THROTTLED_BASE_MS, THROTTLED_CAP_MS] : [BASE_MS, CAP_MS];
  const ceiling = Math.min(cap, base * 2 ** (attempt - 1));
  return throttled ? ceiling / 2 + (random() * ceiling) / 2 : random() * ceiling;
}

/**
 * A `Retry-After` header as milliseconds from now: seconds, or an HTTP date (0 if it is past). `undefined` if absent or
 * unreadable.
 *
 * @example parseRetryAfter("3", Date.now()) // 3000
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse takes much that is no date ("5 apples"): an HTTP date has a clock time and a zone.
  if (!/\d{2}:\d{2}:\d{2}/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
