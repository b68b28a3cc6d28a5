import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock";
import { isRunning, isSamePlace, placeContent, startOf, thisPlace, type ProcessPlace } from "../state/process-place";
import { RATE_LIMIT_DEADLINE_MS } from "./budgets";
import { type Admission, arrived, createSendLog, type SendLog, soonOver, TRAVEL_MS } from "./send-log";
import { deepest, type RateWindow, waitForWindows } from "./sliding-window";
import type { StateFolder } from "../state/state-folder";

export interface SharedSendLogOptions {
  readonly folder: StateFolder;
  /** Made of what shares one limit: `stateName("sends", baseUrl, orgId)`. */
  readonly name: string;
  /** As the limiter keeps them: `withMargin(windows)`. */
  readonly windows: readonly RateWindow[];
  /** Requests in flight at a time, of all processes together. */
  readonly maxConcurrent: number;
  /** Milliseconds that a request can last: after them its place is free, even if its process is still there. */
  readonly longestRequestMs: number;
  /** Whether a process of this place is running. Default: asks the system. */
  readonly isAlive?: (pid: number, start?: string) => boolean;
  /** Default: of this process. */
  readonly place?: ProcessPlace;
}

/** With so many in it, reading and writing the file costs some 3 ms a request. Nobody has a limit above this from Adobe. */
const MOST_REQUESTS = 1_200;
/** The host's clock may be put right by a little. Times further ahead are a clock that was set back, or damage. */
const CLOCK_STEP_MS = 5_000;
/** How often a process asks for a place in flight that another one holds: it cannot be told. */
const POLL_MS = 50;

const content = z.object({
  /** From when on the last requests count, milliseconds since the epoch. */
  sends: z.array(z.number()),
  pausedUntil: z.number(),
  /** Requests in flight. */
  flights: z.array(
    z.object({
      log: z.string(),
      id: z.number(),
      pid: z.number(),
      start: z.string().optional(),
      place: placeContent,
      until: z.number(),
    }),
  ),
});
type Content = z.infer<typeof content>;

/**
 * A send log that all processes of the host share through a file: the two of one `pulumi up`, and other runs beside it.
 * Limits so high that the file would slow them down are counted in process.
 *
 * @example
 * const windows = [{ requests: 60, ms: 60_000 }];
 * const log = createSharedSendLog(
 *   { folder, name: stateName("sends", baseUrl, orgId), windows: withMargin(windows), maxConcurrent: 6, longestRequestMs: 60_000 },
 *   clock,
 * );
 * const limiter = createLimiter({ windows, maxConcurrent: 6 }, clock, log);
 */
export function createSharedSendLog(options: SharedSendLogOptions, clock: Clock): SendLog {
  const { folder, name, windows, maxConcurrent, longestRequestMs, isAlive = isRunning } = options;
  const place = options.place ?? thisPlace();
  const start = startOf(process.pid);
  if (!folder.shared || deepest(windows) > MOST_REQUESTS) return createSendLog(windows, clock);
  const log = randomUUID();
  const mine = new Set<number>();
  let counter = 0;

  /** Of another place nobody knows: until its request has to be over. */
  const isUnderWay = (flight: Content["flights"][number]): boolean => {
    if (flight.log === log) return mine.has(flight.id);
    return !isSamePlace(flight.place, place) || isAlive(flight.pid, flight.start);
  };

  /** What is in the file and still counts. */
  function read(now: number): Content {
    const found = content.safeParse(folder.readJson(name)).data ?? { sends: [], pausedUntil: 0, flights: [] };
    const oldest = now - Math.max(...windows.map((window) => window.ms));
    return {
      sends: found.sends
        .filter((time) => time > oldest && time <= now + TRAVEL_MS + CLOCK_STEP_MS)
        .map((time) => Math.min(time, now + TRAVEL_MS))
        .sort((a, b) => a - b),
      pausedUntil: found.pausedUntil <= now + RATE_LIMIT_DEADLINE_MS + CLOCK_STEP_MS ? found.pausedUntil : 0,
      flights: found.flights.filter(
        (flight) => flight.until > now && flight.until <= now + longestRequestMs && isUnderWay(flight),
      ),
    };
  }

  const change = (edit: (current: Content, now: number) => void) =>
    folder.lock(name, () => {
      const now = clock.now();
      const current = read(now);
      edit(current, now);
      folder.writeJson(name, current);
    });

  function land(id: number, latest: number): void {
    mine.delete(id);
    void change((current, now) => {
      current.flights = current.flights.filter((flight) => flight.log !== log || flight.id !== id);
      arrived(current.sends, latest, now);
    });
  }

  return {
    admit: () =>
      folder.lock(name, (): Admission => {
        const now = clock.now();
        const { sends, pausedUntil, flights } = read(now);
        const wait = Math.max(pausedUntil - now, waitForWindows(sends, windows, now));
        if (wait > 0) return { granted: false, wait };
        if (flights.length >= maxConcurrent) return { granted: false, wait: POLL_MS };
        const id = (counter += 1);
        mine.add(id);
        flights.push({ log, id, pid: process.pid, start, place, until: now + longestRequestMs });
        const latest = now + TRAVEL_MS;
        sends.push(latest);
        folder.writeJson(name, { sends: sends.slice(-deepest(windows)), pausedUntil, flights });
        return { granted: true, release: () => land(id, latest) };
      }),
    pauseUntil(time) {
      void change((current, now) => (current.pausedUntil = Math.max(current.pausedUntil, soonOver(time, now))));
    },
  };
}
