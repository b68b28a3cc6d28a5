import type { Clock } from "../clock";
import { CjaError } from "../http/errors";

/** The engine has ended the run: `pulumi cancel`, or Ctrl-C. */
export class CancelledError extends CjaError {}

/**
 * A clock whose sleeps end with an error when the run is cancelled. The provider uses it wherever it waits: for a job, for the limiter, before it
 * sends a request again. A request that was already sent still gets its answer, and the provider keeps it.
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
    advice: "Run pulumi up again when you are ready: it looks for unfinished requests before it sends anything.",
  });
