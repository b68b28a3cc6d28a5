import { isOver, isUnknownStatus, REMOVED, unknownStatusText } from "./job";
import { NotFoundError } from "../http/errors";
import type { Values } from "../lifecycle";
import type { SegmentJobServices } from "./services";
import { inputsIn, observed, started, stateOf, type SegmentJobState } from "./state";

type Read = { readonly state: Values; readonly inputs: Values };

/**
 * What the service has of a job. Never "gone": the engine would run it again.
 *
 * @param values what is remembered; without a status it is a read through the `id` option, where a missing job is an error.
 */
export async function read(services: SegmentJobServices, id: string, values: Values): Promise<Read> {
  const state = stateOf(values);
  const orgId = services.orgId();
  const named = typeof values["sandbox"] === "string" ? values["sandbox"] : services.sandbox;
  const sandbox = state?.sandboxName ?? named;
  if (!state) {
    const job = await services.reader.find(sandbox, id);
    if (!job) throw missing(id, sandbox);
    if (isUnknownStatus(job.status)) services.warn(unknownStatusText(job));
    const all = job.segmentIds.includes("*");
    const inputs = all ? { allSegments: true } : { segmentIds: job.segmentIds };
    return answer(started({ ...inputs, sandbox }, job, orgId, sandbox));
  }
  // A finished job does not change any more, and the service may forget it: the last state stands, and costs no request.
  if (isOver(state.status)) return answer(state);
  const job = await services.reader.find(sandbox, id);
  if (!job) {
    if (state.status !== REMOVED) {
      services.warn(
        `Segment job ${id} was ${state.status}, and is not known to the service any more. It is kept as REMOVED and not run again; to run again, change a trigger.`,
      );
    }
    return answer({ ...state, status: REMOVED });
  }
  // The engine shows a refreshed output as unchanged when the arguments are the same, so the news is said here.
  if (job.status !== state.status) services.say(`Segment job ${id}: ${state.status} → ${job.status}.`);
  if (isUnknownStatus(job.status)) services.warn(unknownStatusText(job));
  return answer({ ...state, ...observed(job, sandbox) });
}

const answer = (state: SegmentJobState): Read => ({ state: { ...state }, inputs: { ...inputsIn(state) } });

function missing(id: string, sandbox: string): NotFoundError {
  return new NotFoundError({
    operation: `read segment job ${id}`,
    method: "",
    path: "",
    happened: `there is no such job in the sandbox ${JSON.stringify(sandbox)}`,
    advice: "Check the ID; for a job of another sandbox give SegmentJob.get the option sandbox.",
  });
}
