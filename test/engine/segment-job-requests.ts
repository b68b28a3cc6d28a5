import { setTimeout as delay } from "node:timers/promises";
import type { Emulator } from "../../emulator";

const JOBS = "/data/core/ups/segment/jobs";

/** The requests to the jobs API since the last `clear`, by what they do. */
export class JobRequests {
  constructor(private readonly emulator: Emulator) {}

  clear(): void {
    this.emulator.control.clearRequests();
  }

  all() {
    return this.emulator.control.requests().filter(({ path }) => path.startsWith(JOBS));
  }

  /** Each `POST`, which is a run: where, and of what. */
  runs(): { sandbox: string | undefined; body: unknown; requestId: string | undefined }[] {
    return this.all()
      .filter(({ method, path }) => method === "POST" && path === JOBS)
      .map(({ headers, body }) => ({ sandbox: headers["x-sandbox-name"], body, requestId: headers["x-request-id"] }));
  }

  /** The IDs that a DELETE was sent for. */
  deletes(): string[] {
    return this.all()
      .filter(({ method }) => method === "DELETE")
      .map(({ path }) => path.slice(JOBS.length + 1));
  }

  /** How often a job's status was asked for, by one request for itself or for several. */
  polls(id?: string): number {
    return this.all().filter(({ method, path, body }) =>
      id === undefined
        ? (method === "GET" && path !== JOBS) || path.endsWith("/bulk-get")
        : path === `${JOBS}/${id}`
          ? method === "GET"
          : path.endsWith("/bulk-get") && JSON.stringify(body).includes(id),
    ).length;
  }

  /** `GET`, `POST`, `DELETE` in the order in which they came; a bulk-get is a `GET`. */
  order(): string[] {
    return this.all().map(({ method, path }) => (path.endsWith("/bulk-get") ? "GET" : method));
  }
}

/** A little less than a test may take (jest.config.js), so that it is said what was not seen. */
const PATIENCE_MS = 590_000;

/** Waits until the emulator has seen what a test waits for. */
export async function until(what: string, look: () => boolean): Promise<void> {
  for (const started = performance.now(); !look(); await delay(20)) {
    if (performance.now() - started > PATIENCE_MS) throw new Error(`not seen before the test's time was up: ${what}`);
  }
}

/** Lets the service finish every cancellation that is asked for while something runs. */
export async function whileCancelling<T>(emulator: Emulator, running: Promise<T>): Promise<T> {
  let over = false;
  const done = running.finally(() => (over = true));
  const cancelled = until("the end of the run", () => {
    if (emulator.control.jobs().some(({ status }) => status === "CANCELLING")) emulator.control.advance(500);
    return over;
  });
  return (await Promise.all([done, cancelled]))[0];
}
