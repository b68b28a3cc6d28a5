import type { Clock } from "../clock";
import { CjaError } from "../http/errors";

/** The engine has ended the run: `pulumi cancel`, or Ctrl-C. */
export class CancelledError extends CjaError {}

/**
 * A clock whose sleeps end when the run is cancelled. All that waits sleeps by it: for a job, for a turn in the limiter, before another try.
 * What was sent already gets its answer, and is kept.
 */
export class CancellableClock implements Clock {
  private readonly cancelled = new AbortController();

  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const either = signal ? AbortSignal.any([signal, this.cancelled.signal]) : this.cancelled.signal;
    if (!either.aborted) await this.clock.sleep(ms, either);
    if (this.cancelled.signal.aborted && signal?.aborted !== true) throw cancelled();
  }

  cancel(): void {
    this.cancelled.abort();
  }
}

const cancelled = () =>
  new CancelledError({
    operation: "go on",
    method: "",
    path: "",
    happened: "the run was cancelled",
    advice: "Run pulumi up again when you are ready: it looks for what was under way before it sends anything.",
  });
