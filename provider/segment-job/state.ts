import { withoutNullish } from "../../definition/json/value";
import { omit, pick } from "../../model/fields";
import { PROFILE_SCHEMA, SEGMENT_JOB_ARGUMENTS, type SegmentJobInputs } from "../../model";
import { RUN_OPTIONS, JOB_SERVICE_FIELDS } from "../../model/segment-job";
import type { Job, JobError, JobScope, SegmentJobMetrics } from "./job";
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

/** @param values arguments that passed the check */
export const inputsOf = (values: Values): SegmentJobInputs => withoutNullish(values);

/** @returns undefined when there is no job in it: a read through the `id` option. */
export function parseState(values: Values): SegmentJobState | undefined {
  return typeof values["status"] === "string" ? (values as unknown as SegmentJobState) : undefined;
}

/** The arguments as the last run had them, from state. */
export const inputsFromState = (state: SegmentJobState): SegmentJobInputs => pick(state, SEGMENT_JOB_ARGUMENTS);

export const scopeOf = (inputs: SegmentJobInputs): JobScope =>
  inputs.allSegments === true
    ? { schemaName: inputs.schemaName ?? PROFILE_SCHEMA }
    : { segmentIds: inputs.segmentIds ?? [] };

/** The arguments of a run, and what the service says of it. */
export function stateOfNewRun(inputs: SegmentJobInputs, job: Job, orgId: string, sandbox: string): SegmentJobState {
  return { ...inputs, ...serviceFields(job, sandbox), orgId };
}

/**
 * What only the service says.
 *
 * @param sandbox the name by which the job was asked for. Were it the service's spelling of it, a run in the sandbox of
 *   another name would seem to be wanted.
 */
export const serviceFields = (job: Job, sandbox: string) => ({
  ...pick(job, JOB_SERVICE_FIELDS),
  sandboxName: sandbox,
});

/** How a run is waited for, repeated and deleted. */
export const runOptionsOf = (inputs: SegmentJobInputs): SegmentJobInputs => pick(inputs, RUN_OPTIONS);

/** The state of the same run, waited for, repeated and deleted as the program says now. */
export const withRunOptions = (state: SegmentJobState, inputs: SegmentJobInputs): SegmentJobState => ({
  ...omit(state, RUN_OPTIONS),
  ...runOptionsOf(inputs),
});
