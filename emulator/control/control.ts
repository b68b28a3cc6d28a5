import type { SampleEvent } from "../../definition/evaluate/sample-event";
import { AudienceControl } from "./audience-control";
import { dataView, type DataView } from "../data-views/data-view";
import type { JobOutcome } from "../jobs/job";
import type { Verdict } from "../segments/validation";
import {
  initialSwitches,
  usualAudienceService,
  usualReportService,
  type AudienceService,
  type ReportService,
} from "../tenant";
import { parseInput, defined } from "./parse-input";
import type * as inputs from "./inputs";
import { JobControl } from "./job-control";
import type { NeutralAudience, NeutralJob, NeutralMergePolicy, NeutralSegment } from "./neutral";
import * as schemas from "./schemas";
import { SegmentControl } from "./segment-control";
import { TrafficControl, type ControlParts } from "./traffic-control";

/**
 * What stands behind `/__emulator/…`, for use in the same process: the test's hands. Each method does what the
 * route of its name does; a wrong argument throws an error that says of each mistake where it is and what is expected.
 *
 * @example
 * emulator.control.addFault({ method: "POST", path: "^/segments$", process: true, status: 502 });
 * emulator.control.requests().filter((request) => request.method === "POST").length;
 */
export class Control extends TrafficControl {
  private readonly segmentControl: SegmentControl;
  private readonly jobControl: JobControl;
  private readonly audienceControl: AudienceControl;

  /** @internal */
  constructor(parts: ControlParts) {
    super(parts);
    this.segmentControl = new SegmentControl(parts.tenant);
    this.jobControl = new JobControl(parts.tenant);
    this.audienceControl = new AudienceControl(parts.tenant);
  }

  /** Everything as new: content, requests, faults, switches, limits and clock. Tokens stay valid. */
  reset(): void {
    const { tenant, log, faults } = this.parts;
    tenant.store.clear();
    tenant.events.reset();
    tenant.limits.reset();
    tenant.clock.reset();
    tenant.tokens.resetLifetime();
    Object.assign(tenant.switches, initialSwitches(this.parts.jobTiming, this.parts.audienceForm));
    faults.clear();
    log.reset();
    this.parts.changed();
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
      ? parseInput(schemas.newSegmentsSchema, input).map((segment) => this.segmentControl.add(segment))
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
  deleteSegment(id: string, options: { purge?: boolean | undefined } = {}): void {
    this.segmentControl.delete(id, options.purge ?? false);
    this.parts.changed();
  }

  /**
   * Sets what contains a segment: what `expansion=usedIn` lists from now on.
   *
   * @param id of a segment that is there; another is an error
   * @param uses all of them; an empty list for none
   * @returns the segment as it is now
   * @example control.setUses(id, [{ type: "project", id: "5f1", name: "Weekly report" }]);
   */
  setUses(id: string, uses: readonly inputs.UseInput[]): NeutralSegment {
    const edited = this.segmentControl.setUses(id, uses);
    this.parts.changed();
    return edited;
  }

  /**
   * Components whose tags and shares cannot be changed from now on: their items in PUT of tags or shares fail, the others are done.
   *
   * @param refusal `ids`: an empty list for none (as at the start); `message`: what the service says of them
   * @example control.setRefusedComponents({ ids: [id] });
   */
  setRefusedComponents(refusal: inputs.RefusalInput): void {
    this.parts.tenant.switches.refusedComponents = parseInput(schemas.refusalSchema, refusal);
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

  /** All audiences of all sandboxes. */
  audiences(): NeutralAudience[] {
    return this.audienceControl.all();
  }

  /**
   * An audience that somebody makes in the platform's UI, or another service. Takes the place of the one with its ID.
   *
   * @param audience what it is; its expression is not checked
   * @returns the audience, with its ID
   * @example control.addAudience({ name: "Loyal customers", expression: 'loyalty.tier = "gold"', sandbox: "dev" });
   */
  addAudience(audience: inputs.NewAudience): NeutralAudience;
  /**
   * Several at once, all or none.
   *
   * @param audiences what they are
   * @returns the audiences, in the same order
   */
  addAudience(audiences: readonly inputs.NewAudience[]): NeutralAudience[];
  addAudience(input: inputs.NewAudience | readonly inputs.NewAudience[]): NeutralAudience | NeutralAudience[] {
    const added = isList(input) ? this.audienceControl.addAll(input) : this.audienceControl.add(input);
    this.parts.changed();
    return added;
  }

  /**
   * What somebody changes in the platform's UI.
   *
   * @param id of an audience that is there; another is an error
   * @param patch what is not given stays
   * @returns the audience as it is now
   * @example control.editAudience(id, { destinations: ["Ads"] }); // it cannot be deleted from now on
   */
  editAudience(id: string, patch: inputs.AudiencePatch): NeutralAudience {
    const edited = this.audienceControl.edit(id, patch);
    this.parts.changed();
    return edited;
  }

  /**
   * Deletes an audience, whatever uses it.
   *
   * @param id of an audience that is there; another is an error
   */
  deleteAudience(id: string): void {
    this.audienceControl.delete(id);
    this.parts.changed();
  }

  /** All merge policies of all sandboxes. */
  mergePolicies(): NeutralMergePolicy[] {
    return this.audienceControl.mergePolicies();
  }

  /**
   * Sets the merge policies of a sandbox. At the start each has two of the same names, with IDs of its own.
   *
   * @param sandbox `"prod"`, `"dev"` or `"stage"`
   * @param policies all of them
   * @returns them, with their IDs
   * @example control.setMergePolicies("stage", [{ name: "Web first", default: true }]);
   */
  setMergePolicies(sandbox: string, policies: readonly inputs.MergePolicyInput[]): NeutralMergePolicy[] {
    const all = this.audienceControl.setMergePolicies(sandbox, policies);
    this.parts.changed();
    return all;
  }

  /**
   * How the service of audiences behaves from now on.
   *
   * @param behaviour what is not given is as usual; `{}` ends all of it
   * @returns all of it
   * @example control.setAudienceService({ emptyLists: 1 }); // the next list is empty, whatever is there
   */
  setAudienceService(behaviour: inputs.AudienceServiceInput): AudienceService {
    const given = defined(parseInput(schemas.audienceServiceSchema, behaviour));
    const usual = { ...usualAudienceService, form: this.parts.audienceForm };
    return (this.parts.tenant.switches.audiences = { ...usual, ...given });
  }

  /** The events that reports count; in their order nothing is meant. */
  events(): readonly SampleEvent[] {
    return this.parts.tenant.events.all();
  }

  /**
   * Sets the events that reports count. A state file does not keep them.
   *
   * @param events all of them; null for those that the emulator was started with
   * @example control.setEvents([{ person: "p1", session: "s1", time: Date.now(), values: { "variables/page": "Cart" } }]);
   */
  setEvents(events: readonly SampleEvent[] | null): void {
    if (events === null) this.parts.tenant.events.reset();
    else this.parts.tenant.events.replace(parseInput(schemas.eventsSchema, events));
  }

  /**
   * How reports are answered from now on.
   *
   * @param behaviour what is not given is as usual; `{}` ends all of it
   * @returns all of it
   * @example control.setReportService({ allowed: false }); // 403
   */
  setReportService(behaviour: inputs.ReportServiceInput): ReportService {
    const given = defined(parseInput(schemas.reportServiceSchema, behaviour));
    return (this.parts.tenant.switches.reports = { ...usualReportService, ...given });
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
    return (this.parts.tenant.switches.verdict = parseInput(schemas.verdictSchema, verdict));
  }

  /**
   * Adds a data view, or takes the place of the one with its ID.
   *
   * @example control.addDataView({ id: "dv_shop", name: "Shop" });
   */
  addDataView(view: inputs.DataViewInput): DataView;
  /**
   * Several at once, all or none.
   *
   * @example control.addDataView(Array.from({ length: 1200 }, (_, n) => ({ id: `dv_${n}`, name: `View ${n}` })));
   */
  addDataView(views: readonly inputs.DataViewInput[]): DataView[];
  addDataView(input: inputs.DataViewInput | readonly inputs.DataViewInput[]): DataView | DataView[] {
    const { dataViews } = this.parts.tenant.store;
    const put = ({ id, name, ...rest }: ReturnType<typeof schemas.dataViewSchema.parse>): DataView =>
      dataViews.put({ ...dataView(id, name), ...defined(rest) });
    const added = isList(input)
      ? parseInput(schemas.dataViewsSchema, input).map(put)
      : put(parseInput(schemas.dataViewSchema, input));
    this.parts.changed();
    return added;
  }

  /**
   * Whether the technical account is an administrator, and may touch what belongs to others. It is, unless a test says otherwise.
   *
   * @param permissions `admin: false`: it is not
   */
  setPermissions(permissions: { admin: boolean }): void {
    this.parts.tenant.switches.admin = parseInput(schemas.permissionsSchema, permissions).admin;
  }

  /**
   * Whether the service rewrites definitions on POST and PUT, as live ones were seen to. It does not, unless a test says so.
   *
   * @param rewrite `enabled: true`: it does
   */
  setRewrite(rewrite: { enabled: boolean }): void {
    this.parts.tenant.switches.rewrite = parseInput(schemas.rewriteSchema, rewrite).enabled;
  }

  /**
   * Cuts all lists into pages in another way than the documents say. The totals that they tell stay right.
   *
   * @param paging what goes wrong; `{}` ends it
   * @example control.setPaging({ largest: 500 }); // pages of a thousand have five hundred
   */
  setPaging(paging: inputs.PagingInput): void {
    this.parts.tenant.switches.paging = parseInput(schemas.pagingSchema, paging);
  }

  /**
   * Whether the service tells what uses a segment (`expansion=usedIn`). It does, unless a test says otherwise: one from before October
   * 2025 ignores the expansion.
   *
   * @param usedIn `answered: false`: it does not
   */
  setUsedIn(usedIn: { answered: boolean }): void {
    this.parts.tenant.switches.usedIn = parseInput(schemas.usedInSchema, usedIn).answered;
  }
}

const isList = <T>(input: T | readonly T[]): input is readonly T[] => Array.isArray(input);
