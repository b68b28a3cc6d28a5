import { dataView, type DataView } from "../data-views/data-view";
import type { Fault, FaultInput, Faults } from "../http/fault";
import type { LoggedRequest, RequestLog } from "../http/request-log";
import { quickTiming, type JobOutcome, type JobTiming } from "../jobs/job";
import type { LimitSettings } from "../limits";
import type { Verdict } from "../segments/validation";
import type { Tenant } from "../tenant";
import { defined } from "./defined";
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
 * route of its name does; a wrong argument throws.
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

  /** The requests so far, control not included, in the order in which they came. */
  requests(): LoggedRequest[] {
    return structuredClone([...this.parts.log.all()]);
  }

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

  faults(): Fault[] {
    return structuredClone([...this.parts.faults.all()]);
  }

  addFault(fault: FaultInput): Fault {
    return structuredClone(this.parts.faults.add(fault));
  }

  clearFaults(): void {
    this.parts.faults.clear();
  }

  limits(): LimitSettings {
    return { ...this.parts.tenant.limits.settings };
  }

  setLimits(change: schemas.LimitsInput): LimitSettings {
    const { limits } = this.parts.tenant;
    limits.settings = { ...limits.settings, ...defined(schemas.limitsSchema.parse(change)) };
    return this.limits();
  }

  clock(): { mode: "real" | "manual"; now: number } {
    return this.parts.tenant.clock.state();
  }

  setClock(change: schemas.ClockInput): { mode: "real" | "manual"; now: number } {
    this.parts.tenant.clock.set(schemas.clockSchema.parse(change));
    return this.clock();
  }

  /** @param ms how far the emulator's time goes on */
  advance(ms: number): { mode: "real" | "manual"; now: number } {
    this.parts.tenant.clock.advance(schemas.advanceSchema.parse({ ms }).ms);
    return this.clock();
  }

  segments(): NeutralSegment[] {
    return this.segmentControl.all();
  }

  /** What somebody makes in the UI; Jane Analyst owns it and has shared it, unless it says otherwise. */
  addSegment(segment: schemas.NewSegment): NeutralSegment;
  addSegment(segments: readonly schemas.NewSegment[]): NeutralSegment[];
  addSegment(input: schemas.NewSegment | readonly schemas.NewSegment[]): NeutralSegment | NeutralSegment[] {
    const added = isList(input)
      ? input.map((segment) => this.segmentControl.add(segment))
      : this.segmentControl.add(input);
    this.parts.changed();
    return added;
  }

  editSegment(id: string, patch: schemas.SegmentPatch): NeutralSegment {
    const edited = this.segmentControl.edit(id, patch);
    this.parts.changed();
    return edited;
  }

  /** Deletes as the UI does: the segment stays readable by its ID. With `purge` it is gone wholly. */
  deleteSegment(id: string, options: { purge?: boolean } = {}): void {
    this.segmentControl.delete(id, options.purge ?? false);
    this.parts.changed();
  }

  jobs(): NeutralJob[] {
    return this.jobControl.all();
  }

  /** A job that somebody else has started: the nightly schedule, or a colleague. */
  addJob(job: schemas.NewJob): NeutralJob {
    const added = this.jobControl.add(job);
    this.parts.changed();
    return added;
  }

  editJob(id: string, patch: schemas.JobPatch): NeutralJob {
    const edited = this.jobControl.edit(id, patch);
    this.parts.changed();
    return edited;
  }

  /** The service has forgotten the job's record. */
  forgetJob(id: string): void {
    this.jobControl.forget(id);
    this.parts.changed();
  }

  /** How jobs that start from now on run and end. */
  setJobOutcome(outcome: schemas.OutcomeInput): JobOutcome {
    return this.jobControl.setOutcome(outcome, this.parts.jobTiming);
  }

  /** What validate answers from now on; null to have it look at the definition again. */
  setVerdict(verdict: schemas.VerdictInput): Verdict | null {
    return (this.parts.tenant.switches.verdict = schemas.verdictSchema.parse(verdict));
  }

  addDataView(input: schemas.DataViewInput): DataView {
    const { id, name, ...rest } = schemas.dataViewSchema.parse(input);
    const view = this.parts.tenant.store.dataViews.put({ ...dataView(id, name), ...defined(rest) });
    this.parts.changed();
    return view;
  }

  /** Whether the technical account is an administrator. It is, unless a test says otherwise. */
  setPermissions(permissions: { admin: boolean }): void {
    this.parts.tenant.switches.admin = schemas.permissionsSchema.parse(permissions).admin;
  }

  /** Whether the service rewrites definitions on POST and PUT. It does not, unless a test says so. */
  setRewrite(rewrite: { enabled: boolean }): void {
    this.parts.tenant.switches.rewrite = schemas.rewriteSchema.parse(rewrite).enabled;
  }

  /** A valid access token, for users who bring one instead of a client secret. */
  issueToken(): { access_token: string; token_type: "bearer"; expires_in: number } {
    return this.parts.tenant.tokens.issue();
  }

  /** No token issued so far is accepted any longer. */
  revokeTokens(): { revoked: number } {
    return { revoked: this.parts.tenant.tokens.revokeAll() };
  }

  /** Lifetime of tokens issued from now on. */
  setTokenLifetime(lifetime: { expiresInSeconds: number }): void {
    this.parts.tenant.tokens.setLifetime(schemas.tokensSchema.parse(lifetime).expiresInSeconds);
  }
}

const isList = <T>(input: T | readonly T[]): input is readonly T[] => Array.isArray(input);

export function initialSwitches(timing: JobTiming = quickTiming): Tenant["switches"] {
  return { admin: true, rewrite: false, verdict: null, jobOutcome: { status: "SUCCEEDED", errors: [], timing } };
}
