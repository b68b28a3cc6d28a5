import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock";
import { isRunning, isSamePlace, placeContent, startOf, currentPlace, type ProcessPlace } from "../state/process-place";
import { RATE_LIMIT_DEADLINE_MS } from "./rate-limits";
import { type Admission, countFromAnswer, createSendLog, type SendLog, clampPause, TRAVEL_MS } from "./send-log";
import { maxRequestsIn, type RateWindow, waitForWindows } from "./sliding-window";
import type { StateFolder } from "../state/state-folder";

export interface HostSendLogOptions {
  readonly folder: StateFolder;
  /** Made of what shares one limit: `stateFileName("sends", baseUrl, orgId)`. */
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
const MAX_REQUESTS = 1_200;
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
 * const log = createHostSendLog(
 *   { folder, name: stateFileName("sends", baseUrl, orgId), windows: withMargin(windows), maxConcurrent: 6, longestRequestMs: 60_000 },
 *   clock,
 * );
 * const limiter = createLimiter({ windows, maxConcurrent: 6 }, clock, log);
 */
export function createHostSendLog(options: HostSendLogOptions, clock: Clock): SendLog {
  const { folder, name, windows, maxConcurrent, longestRequestMs, isAlive = isRunning } = options;
  const place = options.place ?? currentPlace();
  const start = startOf(process.pid);
  if (!folder.shared || maxRequestsIn(windows) > MAX_REQUESTS) return createSendLog(windows, clock);
  const logId = randomUUID();
  const ownFlights = new Set<number>();
  let lastId = 0;

  /** Of another place nobody knows: until its request has to be over. */
  const isInFlight = (flight: Content["flights"][number]): boolean => {
    if (flight.log === logId) return ownFlights.has(flight.id);
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
        (flight) => flight.until > now && flight.until <= now + longestRequestMs && isInFlight(flight),
      ),
    };
  }

  const update = (edit: (current: Content, now: number) => void) =>
    folder.lock(name, () => {
      const now = clock.now();
      const current = read(now);
      edit(current, now);
      folder.writeJson(name, current);
    });

  function markAnswered(id: number, countsFrom: number): void {
    ownFlights.delete(id);
    void update((current, now) => {
      current.flights = current.flights.filter((flight) => flight.log !== logId || flight.id !== id);
      countFromAnswer(current.sends, countsFrom, now);
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
        const id = (lastId += 1);
        ownFlights.add(id);
        flights.push({ log: logId, id, pid: process.pid, start, place, until: now + longestRequestMs });
        const countsFrom = now + TRAVEL_MS;
        sends.push(countsFrom);
        folder.writeJson(name, { sends: sends.slice(-maxRequestsIn(windows)), pausedUntil, flights });
        return { granted: true, release: () => markAnswered(id, countsFrom) };
      }),
    pauseUntil(time) {
      void update((current, now) => (current.pausedUntil = Math.max(current.pausedUntil, clampPause(time, now))));
    },
  };
}
