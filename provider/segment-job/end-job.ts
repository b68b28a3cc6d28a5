import { isOver, type Job } from "./job";
import { OutcomeUnknownError, ServiceError } from "../http/errors";
import { timeSpan } from "../format-duration";
import type { SegmentJobServices } from "./services";
import type { SegmentJobState } from "./state";
import { waitFor } from "./wait-for-job";

/** Cancelling is asynchronous (segment jobs guide, "Cancel or delete"); a job that is still at work would go on unseen. */
const CANCEL_TIMEOUT_MS = 15 * 60_000;

const CANCEL_TRIES = 5;
/** What a lost request has done shows after a moment; each further try waits that much longer. */
const SETTLE_MS = 5_000;

/**
 * Ends a job: an active one is cancelled, and waited for until it is really over. A finished one is left, unless the program
 * asks for its record to be deleted.
 *
 * @param state as of the last run or refresh; the job may have ended since.
 * @throws ServiceError when it is not over in time.
 */
export async function cancel(
  services: SegmentJobServices,
  id: string,
  state: SegmentJobState,
  sandbox: string,
): Promise<void> {
  // What DELETE does to the record of a finished job is not documented, so it is only sent when asked for.
  if (isOver(state.status)) {
    if (state.deleteRecord === true) await remove(services, sandbox, id);
    return;
  }
  const job = await askToCancel(services, sandbox, id);
  if (!job) return;
  if (isOver(job.status)) {
    if (state.deleteRecord === true) await remove(services, sandbox, id);
    return;
  }
  const waited = await waitFor(services, sandbox, job, CANCEL_TIMEOUT_MS);
  if (waited.kind === "over" || waited.kind === "vanished") return;
  const { status } = waited.job;
  const cancel = { operation: `cancel segment job ${id}`, method: "", path: "" };
  if (waited.kind === "unknown") {
    throw new ServiceError({
      ...cancel,
      happened: `it says ${JSON.stringify(status)}, and whether that is its end is not known`,
      advice:
        "The service was asked to cancel it. Look at it in Experience Platform: once it is over, pulumi state delete takes it out of the stack.",
    });
  }
  throw new ServiceError({
    ...cancel,
    happened: `it is still ${status} after ${timeSpan(CANCEL_TIMEOUT_MS)}`,
    advice: "The service was asked to cancel it: run the same command again later.",
  });
}

/**
 * Asks an active job to end. Nothing is sent twice on hope: a job that was cancelled by a request whose answer never came is
 * finished, and a second request would delete its record.
 *
 * @returns the job, on its way to its end or over; undefined when there is none.
 */
async function askToCancel(
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
      if (!(error instanceof OutcomeUnknownError) || tries >= CANCEL_TRIES) throw error;
      await clock.sleep(tries * SETTLE_MS);
    }
  }
}

async function remove({ client, reader }: SegmentJobServices, sandbox: string, id: string): Promise<void> {
  const known = await client.removeRecord(sandbox, id);
  reader.forget(sandbox, id);
  if (known || !(await reader.poll(sandbox, id))) return;
  throw new ServiceError({
    operation: `delete the record of segment job ${id}`,
    method: "",
    path: "",
    happened: "the service says that there is no such job, and then answers it",
    advice: "It stays in the state. Run the same command again later.",
  });
}
