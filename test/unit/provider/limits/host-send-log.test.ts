import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc, samples } from "../../../properties";
import { createLimiter, withMargin } from "../../../../provider/limits/limiter";
import { createHostSendLog, type HostSendLogOptions } from "../../../../provider/limits/host-send-log";
import type { RateWindow } from "../../../../provider/limits/sliding-window";
import { openStateFolder } from "../../../../provider/state/open-state-folder";
import { VirtualClock } from "../http/virtual-clock";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cja-sends-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const unexpected = (message: string) => {
  throw new Error(message);
};

interface Run {
  readonly windows: RateWindow[];
  readonly maxConcurrent: number;
}

/** What one process of the host has: a folder, a log and a limiter of its own. */
function processOf({ windows, maxConcurrent }: Run, clock: VirtualClock, options: Partial<HostSendLogOptions> = {}) {
  const folder = openStateFolder({ XDG_STATE_HOME: home }, unexpected);
  const log = createHostSendLog(
    { folder, name: "sends", windows: withMargin(windows), maxConcurrent, longestRequestMs: 60_000, ...options },
    clock,
  );
  return { folder, log, limiter: createLimiter({ windows, maxConcurrent }, clock, log) };
}

const anyRun = fc.record({
  windows: fc.array(fc.record({ requests: fc.integer({ min: 1, max: 6 }), ms: fc.integer({ min: 10, max: 3_000 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
  maxConcurrent: fc.integer({ min: 1, max: 4 }),
});
const anyWork = fc.array(
  fc.record({ process: fc.nat(2), at: fc.integer({ min: 0, max: 4_000 }), takes: fc.integer({ min: 1, max: 2_000 }) }),
  { maxLength: 20 },
);

test("three processes together stay within every window and within the requests in flight, and all get through", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, anyWork, async (run, work) => {
      const clock = new VirtualClock();
      const began = clock.now();
      const processes = [processOf(run, clock), processOf(run, clock), processOf(run, clock)];
      const starts: number[] = [];
      let inFlight = 0;
      let most = 0;
      const all = work.map(async ({ process, at, takes }) => {
        await clock.at(began + at);
        await processes[process]?.limiter.schedule(async () => {
          starts.push(clock.now());
          most = Math.max(most, (inFlight += 1));
          await clock.sleep(takes);
          inFlight -= 1;
        });
      });
      await clock.run();
      await Promise.all(all);
      expect(starts).toHaveLength(work.length);
      expect(most).toBeLessThanOrEqual(run.maxConcurrent);
      for (const { requests, ms } of run.windows) {
        starts
          .slice(requests)
          .forEach((start, index) => expect(start - (starts[index] ?? NaN)).toBeGreaterThanOrEqual(ms + 50));
      }
      processes[0]?.folder.remove("sends");
    }),
    { numRuns: samples(60) },
  );
});

test("one process is not held up by sharing: the windows are used as without it", async () => {
  const clock = new VirtualClock();
  const began = clock.now();
  const run = {
    windows: [
      { requests: 60, ms: 60_000 },
      { requests: 12, ms: 6_000 },
    ],
    maxConcurrent: 6,
  };
  const { limiter } = processOf(run, clock);
  const starts: number[] = [];
  const all = Array.from({ length: 70 }, () =>
    limiter.schedule(async () => {
      starts.push(clock.now() - began);
      await clock.sleep(400);
    }),
  );
  await clock.run();
  await Promise.all(all);
  expect([starts[5], starts[6], starts[11], starts[12], starts[59], starts[60]]).toEqual([
    0, 400, 400, 6_450, 26_200, 60_450,
  ]);
});

test("the second process of one `pulumi up` knows what the first one sent", async () => {
  const clock = new VirtualClock();
  const run = { windows: [{ requests: 3, ms: 60_000 }], maxConcurrent: 6 };
  const preview = processOf(run, clock);
  const sent = [1, 2].map(() => preview.limiter.schedule(() => clock.sleep(10)));
  await clock.run();
  await Promise.all(sent);
  const update = processOf(run, clock);
  expect(await update.log.admit()).toMatchObject({ granted: true });
  expect(await update.log.admit()).toEqual({ granted: false, wait: 60_050 });
});

test("a pause holds every process back, and none for longer than the deadline", async () => {
  const clock = new VirtualClock();
  const run = { windows: [{ requests: 100, ms: 1_000 }], maxConcurrent: 6 };
  const [first, second] = [processOf(run, clock), processOf(run, clock)];
  first.log.pauseUntil(clock.now() + 7_000);
  first.log.pauseUntil(clock.now() + 3_000);
  expect(await second.log.admit()).toEqual({ granted: false, wait: 7_000 });
  expect(await first.log.admit()).toEqual({ granted: false, wait: 7_000 });
  first.log.pauseUntil(clock.now() + 86_400_000);
  expect(await second.log.admit()).toEqual({ granted: false, wait: 300_000 });
});

describe("a place in flight", () => {
  const run = { windows: [{ requests: 100, ms: 1_000 }], maxConcurrent: 1 };
  const alive = { isAlive: () => true };

  test("that another process holds is asked for again soon, and is had when it is free", async () => {
    const clock = new VirtualClock();
    const [first, second] = [processOf(run, clock, alive), processOf(run, clock, alive)];
    const admission = await first.log.admit();
    expect(await second.log.admit()).toEqual({ granted: false, wait: 50 });
    if (admission.granted) admission.release?.();
    expect(await second.log.admit()).toMatchObject({ granted: true });
  });

  test("of a killed process is free", async () => {
    const clock = new VirtualClock();
    const gone = { isAlive: () => false };
    await processOf(run, clock, gone).log.admit();
    expect(await processOf(run, clock, gone).log.admit()).toMatchObject({ granted: true });
  });

  test("of a running process counts: the system is asked", async () => {
    const clock = new VirtualClock();
    await processOf(run, clock).log.admit();
    expect(await processOf(run, clock).log.admit()).toMatchObject({ granted: false });
  });

  test("of a process that has PIDs of its own counts, whatever has that number here, until no request can last that long", async () => {
    const clock = new VirtualClock();
    const place = { host: "container-1", boot: "b", pids: "pid:[2]", net: "net:[2]" };
    await processOf(run, clock, { place }).log.admit();
    const gone = { isAlive: () => false };
    expect(await processOf(run, clock, gone).log.admit()).toEqual({ granted: false, wait: 50 });
    await clock.run(clock.now() + 60_000);
    expect(await processOf(run, clock, gone).log.admit()).toMatchObject({ granted: true });
  });

  test("is free when no request can last that long", async () => {
    const clock = new VirtualClock();
    await processOf(run, clock, alive).log.admit();
    await clock.run(clock.now() + 60_000);
    expect(await processOf(run, clock, alive).log.admit()).toMatchObject({ granted: true });
  });
});

test.each<[string, (now: number) => unknown]>([
  ["damage", () => ({ sends: "many" })],
  ["something else", () => [1, 2]],
  [
    "a clock that was set back",
    (now) => ({
      sends: [now + 86_400_000],
      pausedUntil: 0,
      flights: [{ log: "x", id: 1, pid: 1, place: { host: "h" }, until: now + 86_400_000 }],
    }),
  ],
  ["a pause from before a clock was set back", (now) => ({ sends: [], pausedUntil: now + 3_600_000, flights: [] })],
])("%s in the file holds nobody up for longer than the window", async (_, content) => {
  const clock = new VirtualClock();
  const { folder, log } = processOf({ windows: [{ requests: 1, ms: 60_000 }], maxConcurrent: 1 }, clock);
  folder.writeJson("sends", content(clock.now()));
  const admission = await log.admit();
  if (!admission.granted) expect(admission.wait).toBeLessThanOrEqual(62_550);
  await clock.run(clock.now() + 62_550);
  expect(await log.admit()).toMatchObject({ granted: true });
});

test("a limit that Adobe gives nobody is counted in process, without a file", async () => {
  const clock = new VirtualClock();
  const { log } = processOf({ windows: [{ requests: 100_000, ms: 60_000 }], maxConcurrent: 6 }, clock);
  expect(await log.admit()).toMatchObject({ granted: true });
  expect(readdirSync(join(home, "pulumi-cja"))).toEqual([]);
});
