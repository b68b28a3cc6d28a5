import { CancellableClock, CancelledError } from "../../../../provider/native/cancellable-clock";

/** Sleeps until it is woken. */
function sleeper() {
  const asleep: (() => void)[] = [];
  const clock = new CancellableClock({
    now: () => 7,
    sleep: (_, signal) =>
      new Promise((resolve) => {
        asleep.push(resolve);
        if (signal?.aborted) resolve();
        signal?.addEventListener("abort", () => resolve());
      }),
  });
  return { clock, wake: () => asleep.splice(0).forEach((resolve) => resolve()) };
}

test("sleeps as the clock does that it has", async () => {
  const { clock, wake } = sleeper();
  const slept = clock.sleep(1_000);
  wake();
  await slept;
  expect(clock.now()).toBe(7);
});

test("a sleep ends with an error when the run is cancelled, and so does each that comes later", async () => {
  const { clock } = sleeper();
  const slept = clock.sleep(1_000);
  clock.cancel();
  await expect(slept).rejects.toThrow(CancelledError);
  await expect(clock.sleep(1)).rejects.toThrow("the run was cancelled");
});

test("what nobody waits for any more ends without an error", async () => {
  const { clock } = sleeper();
  const ended = new AbortController();
  const slept = clock.sleep(1_000, ended.signal);
  ended.abort();
  await slept;
});
