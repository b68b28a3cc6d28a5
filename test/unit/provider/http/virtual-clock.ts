import type { Clock } from "../../../../provider/clock";

/** Time that stands still until `run` lets it jump from one sleeper to the next. Everything in between runs to its end. */
export class VirtualClock implements Clock {
  private time: number;
  private sleepers: { at: number; wake: () => void }[] = [];

  constructor(start = 1_000_000) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    return this.at(this.time + ms);
  }

  at(time: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ at: time, wake }));
  }

  /** Runs until nobody sleeps any more, or until the given time. */
  async run(until = Infinity): Promise<void> {
    for (;;) {
      // Promises that are ready, and files: all is done when nothing is left before the timers' turn.
      await new Promise((done) => setImmediate(done));
      const next = Math.min(...this.sleepers.map((sleeper) => sleeper.at));
      if (next > until || next === Infinity) break;
      this.time = Math.max(this.time, next);
      const due = this.sleepers.filter((sleeper) => sleeper.at <= this.time);
      this.sleepers = this.sleepers.filter((sleeper) => sleeper.at > this.time);
      for (const sleeper of due) sleeper.wake();
    }
    if (until !== Infinity) this.time = Math.max(this.time, until);
  }
}

/** Time in which every sleep is over at once; it keeps what was slept. For tests whose requests go over a real socket. */
export class InstantClock implements Clock {
  readonly slept: number[] = [];
  /** Called in the middle of each sleep: the place to change the world. */
  onSleep: (ms: number) => Promise<void> | void = () => undefined;

  constructor(public time = 1_700_000_000_000) {}

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    await this.onSleep(ms);
    this.time += ms;
  }
}
