import type { ClockState } from "../clock";
import { dataView, type DataView } from "../data-views/data-view";
import type { Fault, FaultInput, Faults } from "../http/fault";
import type { LoggedRequest, RequestLog } from "../http/request-log";
import type { JobOutcome, JobTiming } from "../jobs/job";
import type { LimitSettings } from "../limits";
import type { Verdict } from "../segments/validation";
import { initialSwitches, type Tenant } from "../tenant";
import type { IssuedToken } from "../tokens";
import { checked } from "./checked";
import { defined } from "./defined";
import type * as inputs from "./inputs";
import { JobControl } from "./job-control";
import type { NeutralJob, NeutralSegment } from "./neutral";
import * as schemas from "./schemas";
import { SegmentControl } from "./segment-control";

export interface ControlParts {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** How jobs run after a reset. */
  readonly jobTiming: JobTiming;
  /** Called after each change of the content. */
  readonly changed: () => void;
}

/**
 * What stands behind `/__emulator/…`, for use in the same process: the test's hands. Each method does what the
 * route of its name does; a wrong argument throws an error that says of each mistake where it is and what is expected.
 *
 * @example
 * emulator.control.addFault({ method: "POST", path: "^/segments$", process: true, status: 502 });
 * emulator.control.requests().filter((request) => request.method === "POST").length;
 */
export class Control {
  private readonly segmentControl: SegmentControl;
  private readonly jobControl: JobControl;

  constructor(private readonly parts: ControlParts) {
    this.segmentControl = new SegmentControl(parts.tenant);
    this.jobControl = new JobControl(parts.tenant);
  }

  /** The requests so far, control not included, in the order in which they came; the last 100,000 of them. */
  requests(): LoggedRequest[] {
    return structuredClone([...this.parts.log.all()]);
  }

  /** Forgets the requests so far. */
  clearRequests(): void {
    this.parts.log.clear();
  }

  /** Everything as new: content, requests, faults, switches, limits and clock. Tokens stay valid. */
  reset(): void {
    const { tenant, log, faults } = this.parts;
    tenant.store.clear();
    tenant.limits.reset();
    tenant.clock.reset();
    tenant.tokens.resetLifetime();
    Object.assign(tenant.switches, initialSwitches(this.parts.jobTiming));
    faults.clear();
    log.reset();
    this.parts.changed();
  }

  /** The faults that still wait for requests. */
  faults(): Fault[] {
    return structuredClone([...this.parts.faults.all()]);
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
    return structuredClone(this.parts.faults.add(fault));
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
    limits.settings = { ...limits.settings, ...defined(checked(schemas.limitsSchema, change)) };
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
    this.parts.tenant.clock.set(checked(schemas.clockSchema, change));
    return this.clock();
  }

  /**
   * Lets time go on: jobs run, tokens expire, the windows of the limits pass.
   *
   * @param ms how far, in milliseconds
   * @example control.advance(3_600_000); // an hour
   */
  advance(ms: number): ClockState {
    this.parts.tenant.clock.advance(checked(schemas.advanceSchema, { ms }).ms);
    return this.clock();
  }

  /** All segments, deleted ones among them. */
  segments(): NeutralSegment[] {
    return this.segmentControl.all();
  }

  /**
   * What somebody makes in the UI; Jane Analyst owns it and has shared it, unless it says otherwise.
   *
   * @param segment what it is; its definition is not checked
   * @returns the segment, with its ID
   * @example control.addSegment({ name: "Mobile", dataViewId: "dv_prod", definition, owner: "Bob", tags: ["web"] });
   */
  addSegment(segment: inputs.NewSegment): NeutralSegment;
  /**
   * Several at once, all or none.
   *
   * @param segments what they are
   * @returns the segments, in the same order
   */
  addSegment(segments: readonly inputs.NewSegment[]): NeutralSegment[];
  addSegment(input: inputs.NewSegment | readonly inputs.NewSegment[]): NeutralSegment | NeutralSegment[] {
    const added = isList(input)
      ? checked(schemas.newSegmentsSchema, input).map((segment) => this.segmentControl.add(segment))
      : this.segmentControl.add(input);
    this.parts.changed();
    return added;
  }

  /**
   * What somebody changes in the UI.
   *
   * @param id of a segment that is there; another is an error
   * @param patch what is not given stays
   * @returns the segment as it is now
   * @example control.editSegment(id, { name: "Renamed by hand" });
   */
  editSegment(id: string, patch: inputs.SegmentPatch): NeutralSegment {
    const edited = this.segmentControl.edit(id, patch);
    this.parts.changed();
    return edited;
  }

  /**
   * Deletes as the UI does: the segment stays readable by its ID.
   *
   * @param id of a segment that is there; another is an error
   * @param options `purge: true` to have it gone wholly. Default false.
   */
  deleteSegment(id: string, options: { purge?: boolean } = {}): void {
    this.segmentControl.delete(id, options.purge ?? false);
    this.parts.changed();
  }

  /** All jobs of all sandboxes. */
  jobs(): NeutralJob[] {
    return this.jobControl.all();
  }

  /**
   * A job that somebody else has started: the nightly schedule, or a colleague.
   *
   * @param job what it runs over, and in which state it is
   * @returns the job, with its ID
   * @example control.addJob({ source: "scheduler", segmentIds: ["*"], status: "PROCESSING" });
   */
  addJob(job: inputs.NewJob): NeutralJob {
    const added = this.jobControl.add(job);
    this.parts.changed();
    return added;
  }

  /**
   * Changes a job, whoever has started it.
   *
   * @param id of a job that is there; another is an error
   * @param patch what is not given stays
   * @returns the job as it is now
   * @example control.editJob(id, { status: "FAILED" });
   */
  editJob(id: string, patch: inputs.JobPatch): NeutralJob {
    const edited = this.jobControl.edit(id, patch);
    this.parts.changed();
    return edited;
  }

  /**
   * The service has forgotten the job's record.
   *
   * @param id of a job that is there; another is an error
   */
  forgetJob(id: string): void {
    this.jobControl.forget(id);
    this.parts.changed();
  }

  /**
   * How jobs that start from now on run and end.
   *
   * @param outcome how they end, what those that fail show, how long each state lasts
   * @returns all of it, with its defaults
   * @example control.setJobOutcome({ status: "FAILED", jobTiming: { processingMs: 60_000 } });
   */
  setJobOutcome(outcome: inputs.OutcomeInput): JobOutcome {
    return this.jobControl.setOutcome(outcome, this.parts.jobTiming);
  }

  /**
   * What validate answers from now on.
   *
   * @example control.setVerdict({ valid: false, message: "Unknown dimension" });
   */
  setVerdict(verdict: inputs.VerdictInput): Verdict | null {
    return (this.parts.tenant.switches.verdict = checked(schemas.verdictSchema, verdict));
  }

  /**
   * Adds a data view, or takes the place of the one with its ID.
   *
   * @example control.addDataView({ id: "dv_shop", name: "Shop" });
   */
  addDataView(input: inputs.DataViewInput): DataView {
    const { id, name, ...rest } = checked(schemas.dataViewSchema, input);
    const view = this.parts.tenant.store.dataViews.put({ ...dataView(id, name), ...defined(rest) });
    this.parts.changed();
    return view;
  }

  /**
   * Whether the technical account is an administrator, and may touch what belongs to others. It is, unless a test says otherwise.
   *
   * @param permissions `admin: false`: it is not
   */
  setPermissions(permissions: { admin: boolean }): void {
    this.parts.tenant.switches.admin = checked(schemas.permissionsSchema, permissions).admin;
  }

  /**
   * Whether the service rewrites definitions on POST and PUT, as live ones were seen to. It does not, unless a test says so.
   *
   * @param rewrite `enabled: true`: it does
   */
  setRewrite(rewrite: { enabled: boolean }): void {
    this.parts.tenant.switches.rewrite = checked(schemas.rewriteSchema, rewrite).enabled;
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
    this.parts.tenant.tokens.setLifetime(checked(schemas.tokensSchema, lifetime).expiresInSeconds);
  }
}

const isList = <T>(input: T | readonly T[]): input is readonly T[] => Array.isArray(input);
