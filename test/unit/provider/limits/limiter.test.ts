import { fc, samples } from "../../../properties";
import type { Clock } from "../../../../provider/clock";
import { createLimiter, type LimiterOptions, type WaitReport } from "../../../../provider/limits/limiter";
import { createSendLog, TRAVEL_MS } from "../../../../provider/limits/send-log";
import { formatWait } from "../../../../provider/limits/limiter";
import { VirtualClock } from "../http/virtual-clock";

/** What Adobe publishes. */
const published = [
  { requests: 60, ms: 60_000 },
  { requests: 12, ms: 6_000 },
];

interface Work {
  /** When it is asked for. */
  readonly at: number;
  /** How long it is in flight. */
  readonly takes: number;
}

interface Pause {
  readonly at: number;
  readonly lasts: number;
}

/** Lets a limiter do the work on virtual time; answers when each piece started. */
async function run(options: LimiterOptions, work: readonly Work[], pauses: readonly Pause[] = []) {
  const clock = new VirtualClock(0);
  const limiter = createLimiter(options, clock);
  const starts: number[] = [];
  const order: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const all = work.map(async ({ at, takes }, index) => {
    await clock.at(at);
    await limiter.schedule(async () => {
      starts[index] = clock.now();
      order.push(index);
      mostInFlight = Math.max(mostInFlight, (inFlight += 1));
      await clock.sleep(takes);
      inFlight -= 1;
    });
  });
  const paused = pauses.map(async ({ at, lasts }) => {
    await clock.at(at);
    limiter.pauseUntil(at + lasts);
  });
  await clock.run();
  await Promise.all([...all, ...paused]);
  return { starts, order, mostInFlight };
}

/** The earliest time at which each piece may start, told one after the other: what the limiter has to hit exactly. */
function earliest(
  { windows, maxConcurrent, marginMs = 50 }: LimiterOptions,
  work: readonly Work[],
  pauses: readonly Pause[],
) {
  const starts: number[] = [];
  const ends: number[] = [];
  /** From when on the earlier ones count, as far as it is known at that time. */
  const countedFrom = (time: number) =>
    starts.map((start, i) => Math.min(start + TRAVEL_MS, (ends[i] ?? 0) <= time ? (ends[i] ?? 0) : Infinity));
  const isFree = (time: number) => {
    const counted = countedFrom(time).sort((a, b) => a - b);
    return (
      windows.every(({ requests, ms }) => (counted.at(-requests) ?? -Infinity) + ms + marginMs <= time) &&
      ends.filter((end) => end > time).length < maxConcurrent &&
      pauses.every((pause) => time < pause.at || time >= pause.at + pause.lasts)
    );
  };
  for (const { at, takes } of work) {
    const first = Math.max(at, starts.at(-1) ?? 0);
    const ways = [...ends, ...starts.map((start) => start + TRAVEL_MS)];
    const times = [
      first,
      ...ends,
      ...ways.flatMap((way) => windows.map(({ ms }) => way + ms + marginMs)),
      ...pauses.map((pause) => pause.at + pause.lasts),
    ];
    const start = times.sort((a, b) => a - b).find((time) => time >= first && isFree(time)) ?? NaN;
    starts.push(start);
    ends.push(start + takes);
  }
  return starts;
}

const windows = fc.array(
  fc.record({ requests: fc.integer({ min: 1, max: 6 }), ms: fc.integer({ min: 10, max: 3_000 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const options = fc.record({
  windows,
  maxConcurrent: fc.integer({ min: 1, max: 5 }),
  marginMs: fc.integer({ min: 1, max: 300 }),
});
const work = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 4_000 }), takes: fc.integer({ min: 1, max: 4_000 }) }), {
    maxLength: 25,
  })
  .map((pieces) => [...pieces].sort((a, b) => a.at - b.at));
// Each has a fraction of its own: what happens in the same moment has no order.
const pauses = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 8_000 }), lasts: fc.integer({ min: 1, max: 3_000 }) }), {
    maxLength: 3,
  })
  .map((list) => list.map(({ at, lasts }, index) => ({ at: at + (index + 1) / 64, lasts })));

describe("createLimiter", () => {
  test("sends as soon as windows, places in flight and pauses allow, in order, and no sooner", async () => {
    await fc.assert(
      fc.asyncProperty(options, work, pauses, async (limits, pieces, breaks) => {
        const { starts, order, mostInFlight } = await run(limits, pieces, breaks);
        expect(starts).toEqual(earliest(limits, pieces, breaks));
        expect(order).toEqual(pieces.map((_, index) => index));
        expect(mostInFlight).toBeLessThanOrEqual(limits.maxConcurrent);
      }),
      { numRuns: samples(150) },
    );
  });

  test("the service never sees more than a window allows, whenever between sending and answer it counts, up to 2.5 s", async () => {
    await fc.assert(
      fc.asyncProperty(
        options,
        work,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (limits, pieces, travel) => {
          const { starts } = await run(limits, pieces);
          const arrivals = starts
            .map((start, i) => start + Math.min(pieces[i]?.takes ?? 0, TRAVEL_MS) * (travel.next().value ?? 0))
            .sort((a, b) => a - b);
          for (const { requests, ms } of limits.windows) {
            arrivals.slice(requests).forEach((arrival, index) => {
              expect(arrival - (arrivals[index] ?? NaN)).toBeGreaterThanOrEqual(ms - 1e-6);
            });
          }
        },
      ),
      { numRuns: samples(100) },
    );
  });

  test("uses at least 95 % of what Adobe allows", async () => {
    const minutes = 5;
    const pieces = Array.from({ length: 60 * minutes }, () => ({ at: 0, takes: 400 }));
    const { starts } = await run({ windows: published, maxConcurrent: 6 }, pieces);
    // The first minute's worth leaves in a burst at its beginning, so the last one belongs to the beginning of the last.
    expect(starts.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    // The first was answered after 400 ms, and has to be out of the window.
    expect(starts[60]).toBe(60_450);
    expect(starts[60 * (minutes - 1)]).toBeLessThanOrEqual(((minutes - 1) * 60_000) / 0.95);
  });

  test("a high limit holds nobody up", async () => {
    const pieces = Array.from({ length: 2_000 }, () => ({ at: 0, takes: 1 }));
    const { starts } = await run(
      {
        windows: [
          { requests: 100_000, ms: 60_000 },
          { requests: 20_000, ms: 6_000 },
        ],
        maxConcurrent: 2_000,
      },
      pieces,
    );
    expect(Math.max(...starts)).toBe(0);
  });

  test("a task that has waited before goes first", async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ windows: [{ requests: 1, ms: 1_000 }], maxConcurrent: 1 }, clock);
    const done: string[] = [];
    const add = (name: string, isRetry = false) => limiter.schedule(async () => done.push(name), { isRetry });
    const all = [add("first"), add("second"), add("again", true)];
    await clock.run();
    await Promise.all(all);
    expect(done).toEqual(["first", "again", "second"]);
  });

  test("a task's failure is its caller's, and frees its place", async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ windows: [{ requests: 5, ms: 1_000 }], maxConcurrent: 1 }, clock);
    const failing = limiter.schedule(() => Promise.reject(new Error("no")));
    const throwing = limiter.schedule(() => {
      throw new Error("never");
    });
    await expect(failing).rejects.toThrow("no");
    await expect(throwing).rejects.toThrow("never");
    await expect(limiter.schedule(async () => "yes")).resolves.toBe("yes");
  });

  test("a log that fails fails the request, and only that one", async () => {
    const clock = new VirtualClock();
    const log = createSendLog([{ requests: 5, ms: 1_000 }], clock);
    let broken = true;
    const admit = () => {
      if (!broken) return log.admit();
      broken = false;
      throw new Error("disk");
    };
    const limiter = createLimiter({ windows: [], maxConcurrent: 1 }, clock, { ...log, admit });
    const [first, second] = [limiter.schedule(async () => 1), limiter.schedule(async () => 2)];
    await expect(first).rejects.toThrow("disk");
    await expect(second).resolves.toBe(2);
  });
});

describe("onWait", () => {
  async function told(count: number) {
    const clock = new VirtualClock(0);
    const calls: [at: number, line: string][] = [];
    const rateLimit = { windows: published, maxConcurrent: 6 };
    const onWait = (wait: WaitReport) => calls.push([clock.now(), formatWait(wait, rateLimit)]);
    const limiter = createLimiter({ ...rateLimit, onWait }, clock);
    const all = Array.from({ length: count }, () => limiter.schedule(() => clock.sleep(200)));
    await clock.run();
    await Promise.all(all);
    return calls;
  }

  test("tells how many are left and about how long it takes, at most every 30 s", async () => {
    const calls = await told(324);
    expect(calls[0]).toEqual([
      400,
      "Waiting about 5 min 17 s for Adobe's limit of 60 requests a minute; 312 requests are queued (requests).",
    ]);
    expect(calls.length).toBeGreaterThan(5);
    calls.slice(1).forEach(([at], index) => expect(at - (calls[index]?.[0] ?? NaN)).toBeGreaterThanOrEqual(30_000));
  });

  test("is silent while nobody waits long", async () => {
    expect(await told(12)).toEqual([]);
  });
});

test("leaves no timer behind when all is done: it would keep the process alive", async () => {
  const clock = new VirtualClock(0);
  const asleep = new Set<string>();
  let sleeps = 0;
  const watched: Clock = {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      const name = `${(sleeps += 1)}: ${ms} ms`;
      asleep.add(name);
      signal?.addEventListener("abort", () => asleep.delete(name));
      await clock.sleep(ms);
      asleep.delete(name);
    },
  };
  const limiter = createLimiter({ windows: [{ requests: 1, ms: 60_000 }], maxConcurrent: 2 }, watched);
  const all = [1, 2].map(() => limiter.schedule(() => clock.sleep(100)));
  let done = false;
  void Promise.all(all).then(() => (done = true));
  while (!done) await clock.run(clock.now() + 100);
  expect(sleeps).toBeGreaterThan(1);
  expect([...asleep]).toEqual([]);
});
