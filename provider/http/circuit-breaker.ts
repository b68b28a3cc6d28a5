import type { Clock } from "../clock";
import { type CjaError, NetworkError, type RequestName, ServiceError } from "./errors";
import { DEADLINE_MS } from "./retry";
import { timeSpan } from "../format-duration";

/** How a request got through: as usual, or as the one that finds out whether a failing service is back. */
export type Pass = "usual" | "probe";

/** So many failures in a row, with not one answer between them, are no hiccup. */
const FAILURES = 5;
/** The failures of a single request may be its own fault. */
const REQUESTS = 2;
const PAUSES_MS = [5_000, 10_000, 20_000, 30_000] as const;
const LONGEST_PAUSE_MS = 30_000;
/** How often those who are held back look whether the probe is over. */
const LOOK_MS = 500;

interface Outage {
  readonly since: number;
  readonly last: CjaError;
}

/**
 * Stops hammering a service that is down: after five failures in a row, of several requests, all wait while one at a time
 * tries it, every 5 to 30 s. The first answer lets everyone go on. Requests that come when the service has been down for
 * two minutes fail at once.
 */
export class Circuit {
  private failures = 0;
  private since = 0;
  private readonly requests = new Set<string>();
  private outage: Outage | undefined;
  private probes = 0;
  private nextProbe = 0;
  private probing = false;

  /**
   * @param service as users know it: the base URL.
   * @param say told when it opens and when it closes.
   */
  constructor(
    private readonly service: string,
    private readonly clock: Clock,
    private readonly say: (line: string) => void,
  ) {}

  get isOpen(): boolean {
    return this.outage !== undefined;
  }

  /**
   * Waits until a request may be tried. Who gets a "probe" has to end it with `leave`.
   *
   * @param impatient does not wait
   * @throws NetworkError or ServiceError if the service has been down for two minutes: the request was not sent.
   */
  async enter(request: RequestName, impatient = false): Promise<Pass> {
    while (this.outage) {
      const now = this.clock.now();
      const wait = this.nextProbe - now;
      // No pause is that long: the clock was set back.
      if (!this.probing && (wait <= 0 || wait > LONGEST_PAUSE_MS)) {
        this.probing = true;
        return "probe";
      }
      if (impatient) throw this.refusal(request, this.outage);
      if (now < this.outage.since) this.outage = { ...this.outage, since: now };
      if (now - this.outage.since >= DEADLINE_MS) throw this.refusal(request, this.outage);
      await this.clock.sleep(Math.min(Math.max(LOOK_MS, wait), LONGEST_PAUSE_MS));
    }
    return "usual";
  }

  /** Whether a request that was let through may still be sent: the service may have failed while it was in a queue. */
  lets(pass: Pass): boolean {
    return this.outage === undefined || pass === "probe";
  }

  leave(pass: Pass): void {
    if (pass === "probe") this.probing = false;
  }

  /** Any answer but a 5xx: the service is at work. */
  answered(): void {
    if (this.outage) this.say(`${this.service} answers again.`);
    this.failures = 0;
    this.requests.clear();
    this.outage = undefined;
  }

  /** A 5xx, or no answer. */
  failed({ operation }: RequestName, error: CjaError): void {
    const now = this.clock.now();
    if (this.failures === 0) this.since = now;
    this.failures += 1;
    this.requests.add(operation);
    if (this.outage) this.outage = { ...this.outage, last: error };
    else if (this.failures >= FAILURES && this.requests.size >= REQUESTS) {
      this.outage = { since: this.since, last: error };
      this.probes = 0;
      this.say(`${this.service} does not work (${why(error)}): requests wait while one at a time tries it.`);
    } else return;
    const last = PAUSES_MS.length - 1;
    this.nextProbe = now + (PAUSES_MS[Math.min(this.probes, last)] ?? 0);
    this.probes += 1;
  }

  private refusal({ operation, method, path }: RequestName, { since, last }: Outage): CjaError {
    const span = timeSpan(this.clock.now() - since);
    const happened = `nothing was sent, since ${this.service} has not worked for ${span} (${why(last)})`;
    const failure = { operation, method, path, happened, cause: last };
    return last instanceof NetworkError ? new NetworkError(failure) : new ServiceError(failure);
  }
}

const why = ({ status, happened }: CjaError): string =>
  status === undefined ? (happened ?? "no answer") : `it answers ${status}`;
