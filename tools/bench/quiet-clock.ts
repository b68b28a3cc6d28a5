import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Clock } from "../../provider/clock";

/** Real milliseconds without a request under way after which everybody is taken to sleep: answers are unpacked in them. */
const QUIET_MS = 2;
const REQUEST = "http.client.request.start";

/**
 * Time that stands still while anything is going on, and jumps to the next sleeper when all sleep or wait for one who does:
 * hours under a rate limit pass in seconds, and what several sleep for at the same time passes once.
 */
export class QuietClock implements Clock {
  private sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  private underWay = 0;
  private lastAt = 0;

  /** @param onJump told how many milliseconds pass, before anybody wakes */
  constructor(
    private time: number,
    private readonly onJump: (ms: number) => void,
  ) {
    subscribe(REQUEST, this.began);
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ at: this.time + ms, wake }));
  }

  /** Lets time go on until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const ended = work.finally(() => (done = true));
    ended.catch(() => undefined);
    for (;;) {
      await this.quiet(() => done);
      if (done) return ended;
      const next = Math.min(...this.sleepers.map(({ at }) => at));
      if (next === Infinity) continue;
      this.jumpTo(next);
    }
  }

  /** Time passes in which nothing happens. */
  rest(ms: number): void {
    this.jumpTo(this.time + ms);
  }

  stop(): void {
    unsubscribe(REQUEST, this.began);
  }

  private jumpTo(time: number): void {
    if (time > this.time) {
      this.onJump(time - this.time);
      this.time = time;
    }
    const due = this.sleepers.filter(({ at }) => at <= time);
    this.sleepers = this.sleepers.filter(({ at }) => at > time);
    for (const { wake } of due) wake();
  }

  private async quiet(orElse: () => boolean): Promise<void> {
    this.lastAt = performance.now();
    while (!orElse() && (this.underWay > 0 || performance.now() - this.lastAt < QUIET_MS)) {
      if (this.underWay > 0) this.lastAt = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  private readonly began = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    this.underWay += 1;
    request.once("close", () => {
      this.underWay -= 1;
      this.lastAt = performance.now();
    });
  };
}
