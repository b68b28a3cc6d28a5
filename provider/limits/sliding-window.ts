/** At most `requests` in any `ms` milliseconds. */
export interface RateWindow {
  readonly requests: number;
  readonly ms: number;
}

/** How many of the latest sends decide whether the next one may go. */
export function maxRequestsIn(windows: readonly RateWindow[]): number {
  return Math.max(1, ...windows.map((window) => window.requests));
}

/**
 * Milliseconds until one more request fits into every window; 0 if it fits now.
 *
 * @param sends from when on the latest requests count, oldest first
 */
export function waitForWindows(sends: readonly number[], windows: readonly RateWindow[], now: number): number {
  return windows.reduce((wait, { requests, ms }) => {
    // One that is `requests` back has to be out of the window before the next one comes in.
    const blocking = sends[sends.length - requests];
    return blocking === undefined ? wait : Math.max(wait, blocking + ms - now);
  }, 0);
}

/** About how many milliseconds pass until the last of `queued` requests is sent, if the first one has to wait `wait`. */
export function drainTime(queued: number, windows: readonly RateWindow[], wait: number): number {
  return windows.reduce((time, { requests, ms }) => Math.max(time, wait + ((queued - 1) * ms) / requests), wait);
}
