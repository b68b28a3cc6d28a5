import { isDeepStrictEqual } from "node:util";
import {
  DEFAULT_MAX_SEGMENTS,
  parseDuration,
  segmentJobMistakes,
  withoutValue,
  type SegmentJobInputs,
} from "../../model";
import { isUnknownStatus, REMOVED, unknownStatusText, type Job } from "./job";
import { StartedButFailedError, type Diff, type Lifecycle, type Planner, type Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import { CheckedUrns } from "../create-once";
import { logOnce } from "../log-once";
import type { ProgramResource } from "../program-resource";
import { isUnknown } from "../unknown-values";
import { audienceWarnings } from "./audience-warnings";
import { endJob } from "./end-job";
import { diff } from "./diff";
import { failureReasons } from "./failure-reasons";
import { changedArguments, plannedState } from "./plan";
import { read } from "./read";
import { runKey } from "./run-key";
import { RunLimit } from "./run-limit";
import type { SegmentJobServices } from "./services";
import { startJob } from "./start-job";
import { inputsOf, serviceFields, stateOfNewRun, parseState, withRunOptions, type SegmentJobState } from "./state";
import { waitForJob, type WaitResult } from "./wait-for-job";

const DEFAULT_TIMEOUT_MS = 4 * 3_600_000;
/** So many every version of the guide allows ("Create a new segment job"). */
const GUARANTEED_SEGMENTS = 20;

/** The life of a segment job: observe, ensure, return. A run that nobody asked for is an incident. */
export class SegmentJobLifecycle implements Lifecycle, Planner {
  /** Jobs that `create` answered in this process: one of them is never the answer to another request. */
  private readonly createdIds = new Set<string>();
  /** Those of them that it took over from an interrupted run. */
  private readonly takenOverIds = new Set<string>();
  /** The runs that `diff` found failed in this process, by what they run: the engine does not say why it calls `create`. */
  private readonly retriesByKey = new Map<string, number>();

  private readonly checkedUrns = new CheckedUrns();
  private readonly runLimit: RunLimit;
  private readonly warnOnce: (text: string) => void;

  constructor(private readonly services: SegmentJobServices) {
    this.runLimit = new RunLimit(services);
    this.warnOnce = logOnce(services.warn);
  }

  async check(olds: Values, news: Values, resource?: ProgramResource) {
    const inputs = inputsOf(news);
    if (resource) this.checkedUrns.add(this.keyOf(inputs), resource.urn);
    const mistakes = segmentJobMistakes(news, isUnknown, this.services.maxSegments).map(withoutValue);
    if (mistakes.length === 0) this.warnOfManySegments(olds, inputs, resource);
    // What will be made anew is checked without older arguments: a new resource, and a replacement once more.
    if (mistakes.length === 0 && Object.keys(olds).length === 0) {
      await this.runLimit.planRun(inputs);
      await this.warnOfAudiences(inputs, resource);
    }
    return { inputs: inputs as Values, mistakes };
  }

  async diff(id: string, state: Values, news: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    await this.services.intents.markInState(id);
    const inputs = inputsOf(news);
    const result = diff(requireState(state), inputs, this.services.sandbox);
    this.runLimit.noteSuccessor(
      id,
      result.kind === "replace" && result.deleteBeforeReplace === true ? inputs : undefined,
    );
    if (result.kind === "replace" && result.replaces.includes("status")) this.countRetries(inputs, 1);
    return result;
  }

  async create(values: Values, resource?: ProgramResource) {
    const inputs = inputsOf(values);
    const orgId = this.services.orgId();
    const sandbox = this.sandboxOf(inputs);
    const reserve = (requestId: string) => this.runLimit.startRun(inputs, requestId);
    const urn = this.checkedUrns.urnIfUnique(this.keyOf(inputs), resource?.urn);
    const request = { sandbox, inputs, createdIds: this.createdIds, reserve, urn };
    const { created: job, intent, takenOver } = await startJob(this.services, request);
    this.createdIds.add(job.id);
    if (takenOver) this.takenOverIds.add(job.id);
    const repeats = this.countRetries(inputs, -1) ? { repeats: true } : {};
    try {
      const state = { ...stateOfNewRun(inputs, job, orgId, sandbox), ...repeats };
      return { id: job.id, state: { ...(await this.waitIfRequested(job.id, state, inputs, job)) } };
    } finally {
      await this.services.intents.markAnswered(intent, { jobId: job.id }, urn);
    }
  }

  async read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (Object.keys(state).length > 0) await this.services.intents.markInState(id);
    return read(this.services, id, state);
  }

  async update(id: string, state: Values, news: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    // The scope and the triggers stay those of the run: what was removed from the program since did not run anew.
    return { ...(await this.waitIfRequested(id, withRunOptions(requireState(state), inputs), inputs)) };
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    await this.services.intents.markInState(id);
    if (this.takenOverIds.has(id)) {
      this.services.warn(`Segment job ${id} is not cancelled: another resource of this run has taken it over.`);
      return;
    }
    const oldState = parseState(state);
    if (!oldState) return;
    await this.runLimit.endJob(id, () =>
      endJob(this.services, id, oldState, oldState.sandboxName ?? this.sandboxOf(oldState)),
    );
  }

  changed(state: Values, news: Values, diff: Diff) {
    return changedArguments(requireState(state), inputsOf(news), diff);
  }

  planned(inputs: Values, state: Values | undefined, orgId: string | undefined) {
    const { sandbox } = this.services;
    return plannedState(inputsOf(inputs), state && requireState(state), { orgId, sandbox });
  }

  /**
   * The state once the run is what the program asked for: started, or with `waitForCompletion` succeeded.
   *
   * @param job what has just been read of it, if anything.
   * @throws StartedButFailedError with the ID, so that the job stays in state.
   */
  private async waitIfRequested(
    id: string,
    state: SegmentJobState,
    inputs: SegmentJobInputs,
    job?: Job,
  ): Promise<SegmentJobState> {
    if (inputs.waitForCompletion !== true) {
      if (job && isUnknownStatus(job.status)) this.services.warn(unknownStatusText(job));
      return state;
    }
    if (state.status === "SUCCEEDED") return state;
    const sandbox = state.sandboxName ?? this.sandboxOf(inputs);
    const initialJob = job ?? { id, status: state.status, segmentIds: [] };
    const timeoutMs = (inputs.timeout === undefined ? undefined : parseDuration(inputs.timeout)) ?? DEFAULT_TIMEOUT_MS;
    const waitResult = await this.waitOrFail(state, sandbox, initialJob, timeoutMs);
    const observedState =
      waitResult.job === initialJob ? state : { ...state, ...serviceFields(waitResult.job, sandbox) };
    const finalState = waitResult.kind === "vanished" ? { ...observedState, status: REMOVED } : observedState;
    const reasons = failureReasons(waitResult, finalState, timeoutMs);
    if (reasons.length === 0) return finalState;
    throw new StartedButFailedError(id, { ...finalState }, reasons);
  }

  private async waitOrFail(state: SegmentJobState, sandbox: string, job: Job, timeoutMs: number): Promise<WaitResult> {
    try {
      return await waitForJob(this.services, sandbox, job, timeoutMs);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const reason = `Segment job ${job.id} was started, but the wait for it failed.`;
      throw new StartedButFailedError(job.id, { ...state }, [reason, error.message]);
    }
  }

  /** Newer versions of Adobe's guide allow fewer audiences than the limit that counts where none is set. */
  private warnOfManySegments(
    { segmentIds: before }: Values,
    { segmentIds = [] }: SegmentJobInputs,
    resource?: ProgramResource,
  ) {
    const count = segmentIds.length;
    if (this.services.isMaxSegmentsSet || count <= GUARANTEED_SEGMENTS || isDeepStrictEqual(before, segmentIds)) return;
    this.warnOnce(
      `${resource?.label ?? "A segment job"}: segmentIds: found ${count} audiences. Newer versions of Adobe's guide allow ${GUARANTEED_SEGMENTS} in a job, older ones ${DEFAULT_MAX_SEGMENTS}. ` +
        `Set cja:maxSegmentsPerJob to the limit of your organisation: this warning then ends, and more audiences are an error in the preview. allSegments: true has no limit.`,
    );
  }

  private async warnOfAudiences(inputs: SegmentJobInputs, resource?: ProgramResource): Promise<void> {
    const sandbox = this.sandboxOf(inputs);
    if (isUnknown(sandbox) || isUnknown(inputs.segmentIds)) return;
    const label = resource?.label ?? "A segment job";
    for (const text of await audienceWarnings(this.services, sandbox, inputs.segmentIds ?? []))
      this.warnOnce(`${label}: segmentIds: ${text}`);
  }

  private sandboxOf(inputs: SegmentJobInputs): string {
    return inputs.sandbox ?? this.services.sandbox;
  }

  /** @returns whether there was one to count. */
  private countRetries(inputs: SegmentJobInputs, change: 1 | -1): boolean {
    const key = this.keyOf(inputs);
    const before = this.retriesByKey.get(key) ?? 0;
    this.retriesByKey.set(key, Math.max(0, before + change));
    return before > 0;
  }

  private keyOf(inputs: SegmentJobInputs): string {
    return runKey(inputs, this.sandboxOf(inputs));
  }
}

/** The job that the engine has in state, where it cannot have been made without one. */
function requireState(state: Values): SegmentJobState {
  const job = parseState(state);
  if (!job) throw new Error("The state of this segment job has no status: pulumi-cja did not write it.");
  return job;
}
