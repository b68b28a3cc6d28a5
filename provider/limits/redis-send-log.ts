import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { RateLimit } from "./rate-limits";
import type { Clock } from "../clock";
import type { RedisConnection } from "./redis-connection";
import { ADMIT, RELEASE, PAUSE } from "./redis-scripts";
import { type Admission, type SendLog, clampPause, TRAVEL_MS } from "./send-log";
import { createPortionSendLog, type PortionSendLog } from "./portion-send-log";
import { maxRequestsIn } from "./sliding-window";

export interface RedisSendLogOptions extends RateLimit {
  /** Made of what shares one limit: `stateFileName("sends", baseUrl, orgId)`. */
  readonly name: string;
  /** Milliseconds that a request can last: after them its place is free, even if its runner never said so. */
  readonly longestRequestMs: number;
}

/** A runner counts for so long after its last request: the longest window, and then some. */
const RUNNER_MS = 90_000;
/** How often a place in flight is asked for again: another runner cannot tell when it gives one back. */
const POLL_MS = 50;
/** Nobody knows how many runners there are, if the store was never there. */
const ASSUMED_RUNNERS = 4;
/** With more sends than this, an answer has only the latest one. */
const MAX_REPORTED = 1_200;

/** Milliseconds to wait, runners, ages of the latest sends. */
const answerSchema = z.tuple([z.number(), z.number()]).rest(z.number());

/**
 * A send log that all runners of an organisation share through a Redis. While it cannot be reached, each keeps to its share:
 * what all had sent by then counts for everybody, and from then on each of a runner's requests counts as if every runner that
 * was there had sent one. When it is back, the runner reports what it has sent meanwhile.
 */
export function createRedisSendLog(redis: RedisConnection, options: RedisSendLogOptions, clock: Clock): SendLog {
  const { name, windows, maxConcurrent, longestRequestMs } = options;
  // One slot of a Redis cluster for all four: the braces say so.
  const keys = ["sends", "flights", "pause", "runners"].map((part) => `pulumi-cja:{${name}}:${part}`);
  const runner = randomUUID();
  const maxRequests = maxRequestsIn(windows);
  const limits = JSON.stringify(windows.map(({ requests, ms }) => [requests, ms]));
  let runners = ASSUMED_RUNNERS;
  let latestSends: readonly number[] = [];
  let portion: PortionSendLog | undefined;
  let pausedUntil = -Infinity;

  function createPortion(): PortionSendLog {
    const log = createPortionSendLog({ windows, maxConcurrent }, runners, latestSends, clock);
    log.pauseUntil(pausedUntil);
    return log;
  }

  function agesSentOffline(now: number): readonly number[] {
    return (portion?.sent ?? []).slice(-maxRequests).map((time) => Math.round(now - time));
  }

  return {
    async admit(): Promise<Admission> {
      const id = randomUUID();
      const reportedCount = maxRequests <= MAX_REPORTED ? maxRequests : 1;
      const flight = [
        id,
        runner,
        maxConcurrent,
        longestRequestMs,
        RUNNER_MS,
        POLL_MS,
        reportedCount,
        TRAVEL_MS,
        limits,
      ];
      const sentAt = clock.now();
      const answer = await redis.run(ADMIT, keys, [...flight, JSON.stringify(agesSentOffline(sentAt))]);
      if (answer === undefined) return (portion ??= createPortion()).admit();
      portion = undefined;
      const [wait, runnerCount, ...ages] = answerSchema.parse(answer);
      runners = Math.max(1, runnerCount);
      latestSends = ages.map((age) => sentAt - age);
      if (wait > 0) return { granted: false, wait };
      return { granted: true, release: () => void redis.run(RELEASE, keys, [id]) };
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
      portion?.pauseUntil(time);
      const pauseMs = Math.ceil(clampPause(time, clock.now()) - clock.now());
      if (pauseMs > 0) void redis.run(PAUSE, keys, [pauseMs]);
    },
  };
}
