import { copyOf } from "../json";
import type { ClockState } from "../clock";
import type { Fault, FaultInput, Faults } from "../http/fault";
import type { LoggedRequest, RequestLog } from "../http/request-log";
import type { JobTiming } from "../jobs/job";
import type { LimitSettings } from "../limits";
import type { AudienceForm, Tenant } from "../tenant";
import type { IssuedToken } from "../tokens";
import { parseInput, defined } from "./parse-input";
import type * as inputs from "./inputs";
import * as schemas from "./schemas";

export interface ControlParts {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** How jobs run after a reset. */
  readonly jobTiming: JobTiming;
  /** Where audiences are after a reset. */
  readonly audienceForm: AudienceForm;
  /** Called after each change of the content. */
  readonly changed: () => void;
}

/**
 * The part of control that has to do with any request, whatever it is about: log, faults, limits, clock and tokens.
 */
export abstract class TrafficControl {
  /** @internal */
  protected readonly parts: ControlParts;

  /** @internal */
  constructor(parts: ControlParts) {
    this.parts = parts;
  }

  /** The requests so far, control not included, in the order in which they came; the last 100,000 of them. */
  requests(): LoggedRequest[] {
    return copyOf([...this.parts.log.all()]);
  }

  /** Forgets the requests so far. */
  clearRequests(): void {
    this.parts.log.clear();
  }

  /** The faults that still wait for requests. */
  faults(): Fault[] {
    return copyOf([...this.parts.faults.all()]);
  }

  /**
   * Lets requests go wrong. A request meets the first fault that matches it.
   *
   * @param fault which requests meet it, and what happens to them
   * @returns the fault with its defaults
   * @example
   * control.addFault({ method: "PUT", status: 503, times: 2 }); // the next two PUTs
   * control.addFault({ path: "^/segments$", process: true, reset: "after" }); // the work is done, the answer is lost
   */
  addFault(fault: FaultInput): Fault {
    return copyOf(this.parts.faults.add(fault));
  }

  /** Takes back the faults that still wait. */
  clearFaults(): void {
    this.parts.faults.clear();
  }

  /** The limits as they are now. */
  limits(): LimitSettings {
    return { ...this.parts.tenant.limits.settings };
  }

  /**
   * Changes the limits; requests of the last minute count already.
   *
   * @param change what is not given stays
   * @returns the limits from now on
   * @example control.setLimits({ enabled: true, requestsPerMinute: 10 });
   */
  setLimits(change: inputs.LimitsInput): LimitSettings {
    const { limits } = this.parts.tenant;
    limits.settings = { ...limits.settings, ...defined(parseInput(schemas.limitsSchema, change)) };
    return this.limits();
  }

  /** The emulator's time. */
  clock(): ClockState {
    return this.parts.tenant.clock.state();
  }

  /**
   * Sets the time, or lets it stand still or go on.
   *
   * @example control.setClock({ mode: "manual", now: "2026-11-05T09:30:00Z" });
   */
  setClock(change: inputs.ClockInput): ClockState {
    this.parts.tenant.clock.set(parseInput(schemas.clockSchema, change));
    return this.clock();
  }

  /**
   * Lets time go on: jobs run, tokens expire, the windows of the limits pass.
   *
   * @param ms how far, in milliseconds
   * @example control.advance(3_600_000); // an hour
   */
  advance(ms: number): ClockState {
    this.parts.tenant.clock.advance(parseInput(schemas.advanceSchema, { ms }).ms);
    return this.clock();
  }

  /** A valid access token, for users who bring one instead of a client secret. */
  issueToken(): IssuedToken {
    return this.parts.tenant.tokens.issue();
  }

  /** No token issued so far is accepted any longer: what asks next is answered 401. Tells how many there were. */
  revokeTokens(): { revoked: number } {
    return { revoked: this.parts.tenant.tokens.revokeAll() };
  }

  /**
   * Lifetime of tokens issued from now on. Default 86399 seconds, a day.
   *
   * @param lifetime `expiresInSeconds`, by the emulator's clock
   */
  setTokenLifetime(lifetime: { expiresInSeconds: number }): void {
    this.parts.tenant.tokens.setLifetime(parseInput(schemas.tokensSchema, lifetime).expiresInSeconds);
  }
}
