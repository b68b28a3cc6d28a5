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
      `${label} is still ${job.status} after ${formatDuration(timeoutMs)}. It continues at Adobe. The next pulumi up waits for it again and starts no new run. To wait longer, raise the argument timeout.`,
    ];
  }
  if (waitResult.kind === "unknown") {
    return [
      `${label} has the status ${JSON.stringify(job.status)}, and this version of pulumi-cja does not know whether that means it is over. The provider stopped waiting and keeps the job in state. Check it in Experience Platform (Segments, or GET /segment/jobs/${job.id}), or update pulumi-cja. The next pulumi up asks again and starts no new run.`,
    ];
  }
  if (waitResult.kind === "vanished" || job.status === REMOVED) {
    return [`${label} is no longer known to the service, although it was not over. To run it again, change a trigger.`];
  }
  if (job.status === "SUCCEEDED") return [];
  const howToRunAgain =
    state.repeats === true
      ? "It already was the repetition that retryFailed allows. To run it again, change a trigger."
      : "To run it again, change a trigger, or set retryFailed.";
  if (job.status === "CANCELLED")
    return [`${label} was cancelled outside this stack. To run it again, change a trigger.`];
  const serviceErrors = (state.errors ?? []).map(({ code, msg }) =>
    [code, msg].filter((part) => part !== undefined).join(": "),
  );
  return [`${label} ended as ${job.status}. ${howToRunAgain}`, ...serviceErrors];
}
