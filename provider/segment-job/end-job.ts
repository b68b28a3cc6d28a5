import { isOver, type Job } from "./job";
import { OutcomeUnknownError, ServiceError } from "../http/errors";
import { formatDuration } from "../format-duration";
import type { SegmentJobServices } from "./services";
import type { SegmentJobState } from "./state";
import { waitForJob } from "./wait-for-job";

/** Cancelling is asynchronous (segment jobs guide, "Cancel or delete"); a job that is still at work would go on unseen. */
const CANCEL_TIMEOUT_MS = 15 * 60_000;

const MAX_CANCEL_TRIES = 5;
/** What a lost request has done shows after a moment; each further try waits that much longer. */
const RECHECK_MS = 5_000;

/**
 * Ends a job: an active one is cancelled, and waited for until it is really over. A finished one is left, unless the program
 * asks for its record to be deleted.
 *
 * @param state as of the last run or refresh; the job may have ended since.
 * @throws ServiceError when it is not over in time.
 */
export async function endJob(
  services: SegmentJobServices,
  id: string,
  state: SegmentJobState,
  sandbox: string,
): Promise<void> {
  // What DELETE does to the record of a finished job is not documented, so it is only sent when asked for.
  if (isOver(state.status)) {
    if (state.deleteRecord === true) await removeRecord(services, sandbox, id);
    return;
  }
  const job = await requestCancel(services, sandbox, id);
  if (!job) return;
  if (isOver(job.status)) {
    if (state.deleteRecord === true) await removeRecord(services, sandbox, id);
    return;
  }
  const waitResult = await waitForJob(services, sandbox, job, CANCEL_TIMEOUT_MS);
  if (waitResult.kind === "over" || waitResult.kind === "vanished") return;
  const { status } = waitResult.job;
  const request = { operation: `cancel segment job ${id}`, method: "", path: "" };
  if (waitResult.kind === "unknown") {
    throw new ServiceError({
      ...request,
      happened: `its status is ${JSON.stringify(status)}, and this version of pulumi-cja does not know whether that means it is over`,
      advice:
        "The service has the request to cancel it. Check the job in Experience Platform. Once it is over, remove it from the stack with pulumi state delete.",
    });
  }
  throw new ServiceError({
    ...request,
    happened: `it is still ${status} after ${formatDuration(CANCEL_TIMEOUT_MS)}`,
    advice: "The service has the request to cancel it. Run the same command again later.",
  });
}

/**
 * Asks an active job to end. Nothing is sent twice on hope: a job that was cancelled by a request whose answer never came is
 * finished, and a second request would delete its record.
 *
 * @returns the job, on its way to its end or over; undefined when there is none.
 */
async function requestCancel(
  { client, reader, clock }: SegmentJobServices,
  sandbox: string,
  id: string,
): Promise<Job | undefined> {
  for (let tries = 1; ; tries += 1) {
    const job = await reader.poll(sandbox, id);
    if (!job || isOver(job.status) || job.status === "CANCELLING") return job;
    try {
      await client.cancel(sandbox, id);
      reader.forget(sandbox, id);
      return { ...job, status: "CANCELLING" };
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError) || tries >= MAX_CANCEL_TRIES) throw error;
      await clock.sleep(tries * RECHECK_MS);
    }
  }
}

async function removeRecord({ client, reader }: SegmentJobServices, sandbox: string, id: string): Promise<void> {
  const wasKnown = await client.removeRecord(sandbox, id);
  reader.forget(sandbox, id);
  if (wasKnown || !(await reader.poll(sandbox, id))) return;
  throw new ServiceError({
    operation: `delete the record of segment job ${id}`,
    method: "",
    path: "",
    happened: "the service says that there is no such job, but still returns it",
    advice: "It stays in the state. Run the same command again later.",
  });
}
