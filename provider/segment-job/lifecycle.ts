import { isDeepStrictEqual } from "node:util";
import {
  DEFAULT_MAX_SEGMENTS,
  parseDuration,
  segmentJobMistakes,
  withoutValue,
  type SegmentJobInputs,
} from "../../model";
import { isUnknownStatus, REMOVED, unknownStatusText, type Job } from "./job";
import { StartedButFailedError, type Lifecycle, type Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import { Checked } from "../create-once";
import { once } from "../log-once";
import type { ProgramResource } from "../program-resource";
import { isUnknown } from "../unknown-values";
import { cancel } from "./end-job";
import { diff } from "./diff";
import { failure } from "./failure-reasons";
import { read } from "./read";
import { runKey } from "./run-key";
import { RunLimit } from "./run-limit";
import type { SegmentJobServices } from "./services";
import { startJob } from "./start-job";
import { inputsOf, observed, started, stateOf, withRunOptions, type SegmentJobState } from "./state";
import { waitFor, type Waited } from "./wait-for-job";

const DEFAULT_TIMEOUT_MS = 4 * 3_600_000;
/** So many every version of the guide allows ("Create a new segment job"). */
const CERTAIN_SEGMENTS = 20;

/** The life of a segment job: observe, ensure, return. A run that nobody asked for is an incident. */
export class SegmentJobLifecycle implements Lifecycle {
  /** Jobs that `create` answered in this process: one of them is never the answer to another request. */
  private readonly made = new Set<string>();
  /** Those of them that it took over from an interrupted run. */
  private readonly takenOver = new Set<string>();
  /** The runs that `diff` found failed in this process, by what they run: `create` is not told why it is called. */
  private readonly retried = new Map<string, number>();

  private readonly checked = new Checked();
  private readonly limit: RunLimit;
  private readonly warnOnce: (text: string) => void;

  constructor(private readonly services: SegmentJobServices) {
    this.limit = new RunLimit(services);
    this.warnOnce = once(services.warn);
  }

  async check(olds: Values, news: Values, resource?: ProgramResource) {
    const inputs = inputsOf(news);
    if (resource) this.checked.add(this.runOf(inputs), resource.urn);
    const mistakes = segmentJobMistakes(news, isUnknown, this.services.maxSegments).map(withoutValue);
    if (mistakes.length === 0) this.warnOfSize(olds, inputs, resource);
    // What will be made anew is checked without older arguments: a new resource, and a replacement once more.
    if (mistakes.length === 0 && Object.keys(olds).length === 0) await this.limit.plan(inputs);
    return { inputs: inputs as Values, mistakes };
  }

  async diff(id: string, state: Values, news: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    await this.services.intents.hasInState(id);
    const inputs = inputsOf(news);
    const answer = diff(jobIn(state), inputs, this.services.sandbox);
    this.limit.succeeds(id, answer.kind === "replace" && answer.deleteFirst === true ? inputs : undefined);
    if (answer.kind === "replace" && answer.because.includes("status")) this.countRetries(inputs, 1);
    return answer;
  }

  async create(values: Values, resource?: ProgramResource) {
    const inputs = inputsOf(values);
    const orgId = this.services.orgId();
    const sandbox = this.sandboxOf(inputs);
    const count = (requestId: string) => this.limit.start(inputs, requestId);
    const urn = this.checked.only(this.runOf(inputs), resource?.urn);
    const wish = { sandbox, inputs, made: this.made, count, urn };
    const { found: job, intent, takenOver } = await startJob(this.services, wish);
    this.made.add(job.id);
    if (takenOver) this.takenOver.add(job.id);
    const repeats = this.countRetries(inputs, -1) ? { repeats: true } : {};
    try {
      const state = { ...started(inputs, job, orgId, sandbox), ...repeats };
      return { id: job.id, state: { ...(await this.completed(job.id, state, inputs, job)) } };
    } finally {
      await this.services.intents.answer(intent, { jobId: job.id }, urn);
    }
  }

  async read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (Object.keys(state).length > 0) await this.services.intents.hasInState(id);
    return read(this.services, id, state);
  }

  async update(id: string, state: Values, news: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    // The scope and the triggers stay those of the run: what was removed from the program since did not run anew.
    return { ...(await this.completed(id, withRunOptions(jobIn(state), inputs), inputs)) };
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    await this.services.intents.hasInState(id);
    if (this.takenOver.has(id)) {
      this.services.warn(`Segment job ${id} is left alone: another resource of this run has just taken it over.`);
      return;
    }
    const old = stateOf(state);
    if (!old) return;
    await this.limit.ending(id, () => cancel(this.services, id, old, old.sandboxName ?? this.sandboxOf(old)));
  }

  /**
   * The state once the run is what the program asked for: started, or with `waitForCompletion` succeeded.
   *
   * @param job what has just been read of it, if anything.
   * @throws StartedButFailedError with the ID, so that the job stays in state.
   */
  private async completed(
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
    const first = job ?? { id, status: state.status, segmentIds: [] };
    const timeoutMs = (inputs.timeout === undefined ? undefined : parseDuration(inputs.timeout)) ?? DEFAULT_TIMEOUT_MS;
    const waited = await this.waited(state, sandbox, first, timeoutMs);
    const seen = waited.job === first ? state : { ...state, ...observed(waited.job, sandbox) };
    const last = waited.kind === "vanished" ? { ...seen, status: REMOVED } : seen;
    const reasons = failure(waited, last, timeoutMs);
    if (reasons.length === 0) return last;
    throw new StartedButFailedError(id, { ...last }, reasons);
  }

  private async waited(state: SegmentJobState, sandbox: string, job: Job, timeoutMs: number): Promise<Waited> {
    try {
      return await waitFor(this.services, sandbox, job, timeoutMs);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const reason = `Segment job ${job.id} was started, but could not be waited for.`;
      throw new StartedButFailedError(job.id, { ...state }, [reason, error.message]);
    }
  }

  /** Newer versions of Adobe's guide allow fewer audiences than the limit that counts where none is set. */
  private warnOfSize(
    { segmentIds: before }: Values,
    { segmentIds = [] }: SegmentJobInputs,
    resource?: ProgramResource,
  ) {
    const count = segmentIds.length;
    if (this.services.maxSegmentsGiven || count <= CERTAIN_SEGMENTS || isDeepStrictEqual(before, segmentIds)) return;
    this.warnOnce(
      `${resource?.label ?? "A segment job"}: segmentIds: found ${count} audiences. Newer versions of Adobe's guide allow ${CERTAIN_SEGMENTS} in a job, older ones ${DEFAULT_MAX_SEGMENTS}; ` +
        `set cja:maxSegmentsPerJob to what your organisation may have: then more are an error of the preview, and this warning ends. allSegments: true has no limit.`,
    );
  }

  private sandboxOf(inputs: SegmentJobInputs): string {
    return inputs.sandbox ?? this.services.sandbox;
  }

  /** @returns whether there was one to count. */
  private countRetries(inputs: SegmentJobInputs, change: 1 | -1): boolean {
    const key = this.runOf(inputs);
    const before = this.retried.get(key) ?? 0;
    this.retried.set(key, Math.max(0, before + change));
    return before > 0;
  }

  private runOf(inputs: SegmentJobInputs): string {
    return runKey(inputs, this.sandboxOf(inputs));
  }
}

/** The job that the engine has in state, where it cannot have been made without one. */
function jobIn(state: Values): SegmentJobState {
  const job = stateOf(state);
  if (!job) throw new Error("The state of this segment job has no status: it was not written by pulumi-cja.");
  return job;
}
