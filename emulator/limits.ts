import { GatewayRefusal } from "./errors";

/**
 * The published limits: 60 requests a minute and 6 at a time an organisation (segments guide, "Rate limiting"),
 * 12 requests in 6 seconds a user (CJA FAQ). The emulator has one organisation and one user.
 */
export interface LimitSettings {
  /** Whether any of them holds. Default true. */
  enabled: boolean;
  /** Requests in a minute, token requests not counted. Default 60. */
  requestsPerMinute: number;
  /** Requests in flight at a time. Default 6. */
  concurrent: number;
  /** Requests in `burstSeconds`. Default 12. */
  burst: number;
  /** Seconds in which `burst` holds. Default 6. */
  burstSeconds: number;
  /** Segment jobs at work at once in a sandbox before POST answers 429. Default null: no limit. */
  maxActiveJobs: number | null;
}

export const publishedLimits: LimitSettings = {
  enabled: true,
  requestsPerMinute: 60,
  concurrent: 6,
  burst: 12,
  burstSeconds: 6,
  maxActiveJobs: null,
};

/** Counts requests in sliding windows. A refused request is not counted. */
export class Limits {
  settings: LimitSettings;
  private admitted: number[] = [];

  constructor(private readonly initial: LimitSettings) {
    this.settings = { ...initial };
  }

  /**
   * @param now ms of the emulator's clock
   * @param inFlight requests at work, this one included
   * @returns the refusal, or undefined when the request may pass
   */
  refusal(now: number, inFlight: number): GatewayRefusal | undefined {
    const { enabled, requestsPerMinute, concurrent, burst, burstSeconds } = this.settings;
    if (!enabled) return undefined;
    const longest = Math.max(60, burstSeconds) * 1000;
    this.admitted = this.admitted.filter((at) => at > now - longest);
    const within = (seconds: number): number => this.admitted.filter((at) => at > now - seconds * 1000).length;
    if (inFlight > concurrent || within(60) >= requestsPerMinute || within(burstSeconds) >= burst) {
      return new GatewayRefusal(429, "429050", "Too many requests");
    }
    this.admitted.push(now);
    return undefined;
  }

  reset(): void {
    this.settings = { ...this.initial };
    this.admitted = [];
  }
}
