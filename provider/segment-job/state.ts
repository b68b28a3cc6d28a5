import { PROFILE_SCHEMA, type SegmentJobInputs } from "../../model";
import type { Job, JobError, JobScope, SegmentJobMetrics } from "./job";
import { present } from "../http/wire-field";
import type { Values } from "../lifecycle";

/** What the engine keeps of a job: the outputs of the resource. Old state must be readable for ever, so all of it may be absent. */
export interface SegmentJobState extends SegmentJobInputs {
  readonly status: string;
  readonly orgId?: string;
  readonly sandboxName?: string;
  readonly source?: string;
  readonly batchId?: string;
  readonly requestId?: string;
  readonly metrics?: SegmentJobMetrics;
  readonly errors?: readonly JobError[];
  readonly creationTime?: number;
  readonly updateTime?: number;
  /** This run repeats a failed one with the same triggers: it is not repeated again. */
  readonly repeats?: boolean;
}

/** Arguments that passed the check: an absent one and `null` are the same to a program. */
export function inputsOf(values: Values): SegmentJobInputs {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

/** @returns undefined when there is no job in it: a read through the `id` option. */
export function stateOf(values: Values): SegmentJobState | undefined {
  return typeof values["status"] === "string" ? (values as unknown as SegmentJobState) : undefined;
}

/** The arguments as the last run had them, from state. */
export function inputsIn(state: SegmentJobState): SegmentJobInputs {
  const {
    segmentIds,
    allSegments,
    schemaName,
    sandbox,
    triggers,
    waitForCompletion,
    timeout,
    retryFailed,
    deleteRecord,
  } = state;
  return present<SegmentJobInputs>({
    segmentIds,
    allSegments,
    schemaName,
    sandbox,
    triggers,
    waitForCompletion,
    timeout,
    retryFailed,
    deleteRecord,
  });
}

export const scopeOf = (inputs: SegmentJobInputs): JobScope =>
  inputs.allSegments === true
    ? { schemaName: inputs.schemaName ?? PROFILE_SCHEMA }
    : { segmentIds: inputs.segmentIds ?? [] };

/** The arguments of a run, and what the service says of it. */
export function started(inputs: SegmentJobInputs, job: Job, orgId: string, sandbox: string): SegmentJobState {
  return { ...inputs, ...observed(job, sandbox), orgId };
}

/**
 * What only the service says.
 *
 * @param sandbox the name by which the job was asked for. Were it the service's spelling of it, a run in the sandbox of
 *   another name would seem to be wanted.
 */
export function observed(job: Job, sandbox: string) {
  const { status, source, batchId, requestId, metrics, errors, creationTime, updateTime } = job;
  return present<Omit<SegmentJobState, keyof SegmentJobInputs>>({
    status,
    source,
    batchId,
    requestId,
    metrics,
    errors,
    creationTime,
    updateTime,
    sandboxName: sandbox,
  });
}

const MANNERS = ["waitForCompletion", "timeout", "retryFailed", "deleteRecord"] as const;

/** How a run is waited for, repeated and deleted: a change of these is never a new run. */
export const mannersOf = (inputs: SegmentJobInputs): SegmentJobInputs =>
  Object.fromEntries(MANNERS.flatMap((key) => (inputs[key] === undefined ? [] : [[key, inputs[key]]])));

/** The state of the same run, waited for, repeated and deleted as the program says now. */
export function withManners(state: SegmentJobState, inputs: SegmentJobInputs): SegmentJobState {
  const run = Object.entries(state).filter(([key]) => !MANNERS.some((manner) => manner === key));
  return { ...(Object.fromEntries(run) as unknown as SegmentJobState), ...mannersOf(inputs) };
}
