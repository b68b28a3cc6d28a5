import { isOver, isUnknownStatus, REMOVED, unknownStatusText } from "./job";
import { NotFoundError } from "../http/errors";
import type { Values } from "../lifecycle";
import type { SegmentJobServices } from "./services";
import { inputsFromState, serviceFields, stateOfNewRun, parseState, type SegmentJobState } from "./state";

type ReadResult = { readonly state: Values; readonly inputs: Values };

/**
 * What the service has of a job. Never "gone": the engine would run it again.
 *
 * @param values what is remembered; without a status it is a read through the `id` option, where a missing job is an error.
 */
export async function read(services: SegmentJobServices, id: string, values: Values): Promise<ReadResult> {
  const state = parseState(values);
  const orgId = services.orgId();
  const inputSandbox = typeof values["sandbox"] === "string" ? values["sandbox"] : services.sandbox;
  const sandbox = state?.sandboxName ?? inputSandbox;
  if (!state) {
    const job = await services.reader.find(sandbox, id);
    if (!job) throw notFoundError(id, sandbox);
    if (isUnknownStatus(job.status)) services.warn(unknownStatusText(job));
    const isAllSegments = job.segmentIds.includes("*");
    const inputs = isAllSegments ? { allSegments: true } : { segmentIds: job.segmentIds };
    return toReadResult(stateOfNewRun({ ...inputs, sandbox }, job, orgId, sandbox));
  }
  // A finished job does not change any more, and the service may forget it: the last state stands, and costs no request.
  if (isOver(state.status)) return toReadResult(state);
  const job = await services.reader.find(sandbox, id);
  if (!job) {
    if (state.status !== REMOVED) {
      services.warn(
        `Segment job ${id} was ${state.status}, and is no longer known to the service. The stack keeps it as REMOVED and does not run it again. To run it again, change a trigger.`,
      );
    }
    return toReadResult({ ...state, status: REMOVED });
  }
  // The engine shows a refreshed output as unchanged when the arguments are the same, so log the new status here.
  if (job.status !== state.status) services.info(`Segment job ${id}: ${state.status} → ${job.status}.`);
  if (isUnknownStatus(job.status)) services.warn(unknownStatusText(job));
  return toReadResult({ ...state, ...serviceFields(job, sandbox) });
}

const toReadResult = (state: SegmentJobState): ReadResult => ({
  state: { ...state },
  inputs: { ...inputsFromState(state) },
});

function notFoundError(id: string, sandbox: string): NotFoundError {
  return new NotFoundError({
    operation: `read segment job ${id}`,
    method: "",
    path: "",
    happened: `there is no such job in the sandbox ${JSON.stringify(sandbox)}`,
    advice: "Check the ID. For a job in another sandbox, give SegmentJob.get the option sandbox.",
  });
}
