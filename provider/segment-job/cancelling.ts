import { isOver } from "../api/job";
import { ServiceError } from "../http/errors";
import { timeSpan } from "../http/time-span";
import type { SegmentJobServices } from "./services";
import type { SegmentJobState } from "./state";
import { waitFor } from "./waiting";

/** Cancelling is asynchronous (segment jobs guide, "Cancel or delete"); a job that is still at work would go on unseen. */
const CANCEL_TIMEOUT_MS = 15 * 60_000;

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
  const job = await services.reader.poll(sandbox, id);
  if (!job) return;
  const over = isOver(job.status);
  if (over ? state.deleteRecord === true : job.status !== "CANCELLING") await remove(services, sandbox, id);
  if (over) return;
  const waited = await waitFor(services, sandbox, { ...job, status: "CANCELLING" }, CANCEL_TIMEOUT_MS);
  if (waited.kind !== "time-out") return;
  throw new ServiceError({
    operation: `cancel segment job ${id}`,
    method: "",
    path: "",
    happened: `it is still ${waited.job.status} after ${timeSpan(CANCEL_TIMEOUT_MS)}`,
    advice: "The service was asked to cancel it: run the same command again later.",
  });
}

async function remove({ client, reader }: SegmentJobServices, sandbox: string, id: string): Promise<void> {
  await client.remove(sandbox, id);
  reader.forget(sandbox, id);
}
