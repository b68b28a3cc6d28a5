import type { Job } from "../../../../provider/segment-job/job";
import { failureReasons } from "../../../../provider/segment-job/failure-reasons";
import type { SegmentJobState } from "../../../../provider/segment-job/state";
import type { WaitResult } from "../../../../provider/segment-job/wait-for-job";

const job = (status: string): Job => ({ id: "j1", status, segmentIds: [] });
const over = (status: string): WaitResult => ({ kind: "over", job: job(status) });
const HOUR = 3_600_000;

describe("why a wait did not end in success", () => {
  it.each<[string, WaitResult, Partial<SegmentJobState>, string[]]>([
    ["succeeded", over("SUCCEEDED"), {}, []],
    [
      "failed, with what the service says",
      over("FAILED"),
      { errors: [{ code: "8.0000018E7", msg: "Request rate is large" }, { msg: "no code" }, { code: "12" }] },
      [
        "Segment job j1 ended as FAILED. To run it again, change a trigger, or set retryFailed.",
        "8.0000018E7: Request rate is large",
        "no code",
        "12",
      ],
    ],
    [
      "failed, as a repetition",
      over("FAILED"),
      { repeats: true },
      [
        "Segment job j1 ended as FAILED. It already was the repetition that retryFailed allows. To run it again, change a trigger.",
      ],
    ],
    [
      "cancelled by somebody",
      over("CANCELLED"),
      {},
      ["Segment job j1 was cancelled outside this stack. To run it again, change a trigger."],
    ],
    [
      "vanished while it was waited for",
      { kind: "vanished", job: job("PROCESSING") },
      {},
      [
        "Segment job j1 is no longer known to the service, although it was not over. To run it again, change a trigger.",
      ],
    ],
    [
      "vanished before",
      over("REMOVED"),
      {},
      [
        "Segment job j1 is no longer known to the service, although it was not over. To run it again, change a trigger.",
      ],
    ],
    [
      "in a status that is new",
      { kind: "unknown", job: job("PAUSED") },
      {},
      [
        'Segment job j1 has the status "PAUSED", and this version of pulumi-cja does not know whether that means it is over. The provider stopped waiting and keeps the job in state. ' +
          "Check it in Experience Platform (Segments, or GET /segment/jobs/j1), or update pulumi-cja. The next pulumi up asks again and starts no new run.",
      ],
    ],
    [
      "not over in time",
      { kind: "time-out", job: job("QUEUED") },
      {},
      [
        "Segment job j1 is still QUEUED after 1 h. It continues at Adobe. The next pulumi up waits for it again and starts no new " +
          "run. To wait longer, raise the argument timeout.",
      ],
    ],
  ])("%s", (_, waited, state, expected) => {
    expect(failureReasons(waited, { status: waited.job.status, ...state }, HOUR)).toEqual(expected);
  });
});
