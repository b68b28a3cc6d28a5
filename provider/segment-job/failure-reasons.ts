import { formatDuration } from "../format-duration";
import { REMOVED } from "./job";
import type { SegmentJobState } from "./state";
import type { WaitResult } from "./wait-for-job";

/** Why a wait did not end in success, in sentences that say what to do next; empty when it did. */
export function failureReasons(waitResult: WaitResult, state: SegmentJobState, timeoutMs: number): string[] {
  const { job } = waitResult;
  const label = `Segment job ${job.id}`;
  if (waitResult.kind === "time-out") {
    return [
      `${label} is still ${job.status} after ${formatDuration(timeoutMs)}. It goes on: the next pulumi up waits for it again, and starts no new run. A longer wait is the argument timeout.`,
    ];
  }
  if (waitResult.kind === "unknown") {
    return [
      `${label} is not waited for any longer: it says ${JSON.stringify(job.status)}, and this version of pulumi-cja does not know whether it is over. It is kept in state. Look at it in Experience Platform (Segments, or GET /segment/jobs/${job.id}); the next pulumi up asks again and starts no new run, and a newer pulumi-cja may know the status.`,
    ];
  }
  if (waitResult.kind === "vanished" || job.status === REMOVED) {
    return [`${label} is not known to the service any more, although it was not over. To run again, change a trigger.`];
  }
  if (job.status === "SUCCEEDED") return [];
  const howToRunAgain =
    state.repeats === true
      ? "It was a repetition already. To run again, change a trigger."
      : "To run again, change a trigger, or set retryFailed.";
  if (job.status === "CANCELLED") return [`${label} was cancelled, not by this stack. To run again, change a trigger.`];
  const serviceErrors = (state.errors ?? []).map(({ code, msg }) =>
    [code, msg].filter((part) => part !== undefined).join(": "),
  );
  return [`${label} ended as ${job.status}. ${howToRunAgain}`, ...serviceErrors];
}
