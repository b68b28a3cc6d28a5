import { fc } from "../../../properties";
import { createSendLog, type SendLog } from "../../../../provider/limits/send-log";
import { createPortionSendLog } from "../../../../provider/limits/portion-send-log";
import { InstantClock, VirtualClock } from "../http/virtual-clock";

const rateLimit = { windows: [{ requests: 12, ms: 1_000 }], maxConcurrent: 6 };

test("runners that all keep to their share never send more than all may together, whatever was sent before", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 12 }),
      fc.array(fc.record({ runner: fc.integer({ min: 0, max: 11 }), at: fc.integer({ min: 1_000, max: 4_000 }) })),
      async (runners, earlier, asked) => {
        const clock = new VirtualClock(1_000);
        const before = [...earlier].sort((a, b) => a - b);
        const logs = Array.from({ length: runners }, () => createPortionSendLog(rateLimit, runners, before, clock));
        const sends = [...before];
        const all = asked.map(async ({ runner, at }) => {
          await clock.at(at);
          const admission = await logs[runner % runners]?.admit();
          if (admission?.granted !== true) return;
          sends.push(clock.now());
          admission.release?.();
        });
        await clock.run();
        await Promise.all(all);
        sends.sort((a, b) => a - b);
        sends.slice(12).forEach((send, i) => expect(send - (sends[i] ?? NaN)).toBeGreaterThanOrEqual(1_000));
      },
    ),
  );
});

test("uses its share", async () => {
  const clock = new VirtualClock(0);
  const log = createPortionSendLog(rateLimit, 3, [], clock);
  const granted = () => Array.from({ length: 9 }, () => log.admit()).filter((admission) => "release" in admission);
  expect(granted()).toHaveLength(2);
  expect(log.sent).toEqual([2_500, 2_500]);
});

test("places in flight are shared as well, and at least one is left", async () => {
  const clock = new VirtualClock(0);
  const log = createPortionSendLog({ ...rateLimit, maxConcurrent: 2 }, 4, [], clock);
  const first = await log.admit();
  expect(await log.admit()).toEqual({ granted: false, wait: 50 });
  if (first.granted) first.release?.();
  expect(await log.admit()).toMatchObject({ granted: true });
});

test("keeps a pause", async () => {
  const clock = new VirtualClock(0);
  const log = createPortionSendLog(rateLimit, 1, [], clock);
  log.pauseUntil(700);
  log.pauseUntil(300);
  expect(await log.admit()).toEqual({ granted: false, wait: 700 });
});

const settable = new InstantClock();

describe.each([
  ["of this process", () => createSendLog(rateLimit.windows, settable)],
  ["that keeps to its share", () => createPortionSendLog(rateLimit, 1, [], settable)],
])("a log %s, when the clock is set back by an hour,", (_, make) => {
  beforeEach(() => void (settable.time = 10_000_000));

  test("holds nobody up for longer than the window", () => {
    const log = make();
    for (let i = 0; i < 12; i += 1) send(log);
    settable.time -= 3_600_000;
    expect(log.admit()).toEqual({ granted: false, wait: 3_500 });
    settable.time += 3_500;
    expect(log.admit()).toMatchObject({ granted: true });
  });

  test("ends a pause", () => {
    const log = make();
    log.pauseUntil(settable.time + 20_000);
    settable.time -= 3_600_000;
    expect(log.admit()).toEqual({ granted: false, wait: 300_000 });
    settable.time += 300_000;
    expect(log.admit()).toMatchObject({ granted: true });
  });
});

function send(log: SendLog): void {
  const admission = log.admit();
  if ("granted" in admission && admission.granted) admission.release();
}
