import type { Clock } from "../../../../provider/clock";
import type { SendLog } from "../../../../provider/limits/send-log";

/** As many turns as the shortest way from an answer to whoever waits for it takes, and some more. */
const QUIET_TURNS = 5;

/**
 * Time that jumps to the next sleeper once nobody does anything and no request is under way. Unlike with `InstantClock`,
 * those who sleep side by side wake in the order of their times.
 */
export class SettledClock implements Clock {
  onSleep: (ms: number) => Promise<void> | void = () => undefined;
  private sleepers: { at: number; wake: () => void }[] = [];
  private underWay = 0;
  private settling = false;

  constructor(public time = 1_700_000_000_000) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.time + ms, wake });
      void this.settle();
    });
  }

  /** Sees requests begin and end where they are counted for the limits. */
  watch(log: SendLog): SendLog {
    return {
      pauseUntil: (time) => log.pauseUntil(time),
      admit: async () => {
        const admission = await log.admit();
        if (!admission.granted) return admission;
        this.underWay += 1;
        const release = () => {
          this.underWay -= 1;
          admission.release?.();
        };
        return { granted: true, release };
      },
    };
  }

  private async settle(): Promise<void> {
    if (this.settling) return;
    this.settling = true;
    while (this.sleepers.length > 0) {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet = this.underWay === 0 ? quiet + 1 : 0) {
        await new Promise((done) => setImmediate(done));
      }
      const next = Math.max(this.time, Math.min(...this.sleepers.map(({ at }) => at)));
      await this.onSleep(next - this.time);
      this.time = next;
      const due = this.sleepers.filter(({ at }) => at <= next);
      this.sleepers = this.sleepers.filter(({ at }) => at > next);
      for (const { wake } of due) wake();
      await new Promise((done) => setImmediate(done));
    }
    this.settling = false;
  }
}
