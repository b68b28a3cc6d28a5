import type { Clock } from "../clock";
import { type CjaError, NetworkError, type RequestName, ServiceError } from "./errors";
import { DEADLINE_MS } from "./retry";
import { formatDuration } from "../format-duration";

/** How a request got through: as usual, or as the one that finds out whether a failing service is back. */
export type CircuitPass = "usual" | "probe";

/** So many failures in a row, with not one answer between them, are no hiccup. */
const MAX_FAILURES = 5;
/** The failures of a single request may be its own fault. */
const MIN_REQUESTS = 2;
const PAUSES_MS = [5_000, 10_000, 20_000, 30_000] as const;
const MAX_PAUSE_MS = 30_000;
/** How often those who are held back look whether the probe is over. */
const POLL_MS = 500;

interface Outage {
  readonly since: number;
  readonly lastError: CjaError;
}

/**
 * Stops hammering a service that is down: after five failures in a row, of several requests, all wait while one at a time
 * tries it, every 5 to 30 s. The first answer lets everyone go on. Requests that come when the service has been down for
 * two minutes fail at once.
 */
export class CircuitBreaker {
  private failures = 0;
  private since = 0;
  private readonly failedOperations = new Set<string>();
  private outage: Outage | undefined;
  private probes = 0;
  private nextProbe = 0;
  private probing = false;

  /**
   * @param service as users know it: the base URL.
   * @param log gets a line when it opens and when it closes.
   */
  constructor(
    private readonly service: string,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  get isOpen(): boolean {
    return this.outage !== undefined;
  }

  /**
   * Waits until a request may be tried. Who gets a "probe" has to end it with `leave`.
   *
   * @param failFast does not wait
   * @throws NetworkError or ServiceError if the service has been down for two minutes: the request was not sent.
   */
  async waitForPass(request: RequestName, failFast = false): Promise<CircuitPass> {
    while (this.outage) {
      const now = this.clock.now();
      const wait = this.nextProbe - now;
      // No pause is that long: the clock was set back.
      if (!this.probing && (wait <= 0 || wait > MAX_PAUSE_MS)) {
        this.probing = true;
        return "probe";
      }
      if (failFast) throw this.unavailableError(request, this.outage);
      if (now < this.outage.since) this.outage = { ...this.outage, since: now };
      if (now - this.outage.since >= DEADLINE_MS) throw this.unavailableError(request, this.outage);
      await this.clock.sleep(Math.min(Math.max(POLL_MS, wait), MAX_PAUSE_MS));
    }
    return "usual";
  }

  /** Whether a request that was let through may still be sent: the service may have failed while it was in a queue. */
  allows(pass: CircuitPass): boolean {
    return this.outage === undefined || pass === "probe";
  }

  leave(pass: CircuitPass): void {
    if (pass === "probe") this.probing = false;
  }

  /** Any answer but a 5xx: the service is at work. */
  recordSuccess(): void {
    if (this.outage) this.log(`${this.service} answers again.`);
    this.failures = 0;
    this.failedOperations.clear();
    this.outage = undefined;
  }

  /** A 5xx, or no answer. */
  recordFailure({ operation }: RequestName, error: CjaError): void {
    const now = this.clock.now();
    if (this.failures === 0) this.since = now;
    this.failures += 1;
    this.failedOperations.add(operation);
    if (this.outage) this.outage = { ...this.outage, lastError: error };
    else if (this.failures >= MAX_FAILURES && this.failedOperations.size >= MIN_REQUESTS) {
      this.outage = { since: this.since, lastError: error };
      this.probes = 0;
      this.log(`${this.service} is failing (${reasonOf(error)}): requests wait while one at a time tries again.`);
    } else return;
    const lastIndex = PAUSES_MS.length - 1;
    this.nextProbe = now + (PAUSES_MS[Math.min(this.probes, lastIndex)] ?? 0);
    this.probes += 1;
  }

  private unavailableError({ operation, method, path }: RequestName, { since, lastError }: Outage): CjaError {
    const duration = formatDuration(this.clock.now() - since);
    const happened = `nothing was sent, because ${this.service} has been failing for ${duration} (${reasonOf(lastError)})`;
    const failure = { operation, method, path, happened, cause: lastError };
    return lastError instanceof NetworkError ? new NetworkError(failure) : new ServiceError(failure);
  }
}

const reasonOf = ({ status, happened }: CjaError): string =>
  status === undefined ? (happened ?? "no answer") : `it answers ${status}`;
