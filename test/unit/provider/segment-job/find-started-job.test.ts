import type { Job, JobScope } from "../../../../provider/segment-job/job";
import { toRequestId, findStartedJob } from "../../../../provider/segment-job/find-started-job";

const SENT_AT = 1_700_000_000_000;
const MINUTE = 60_000;
const sent = {
  requestId: toRequestId("1"),
  scope: { segmentIds: ["a", "b"] },
  startedAt: SENT_AT,
  knownIds: new Set(["made"]),
};

const job = (change: Partial<Job> = {}): Job => ({
  id: "j",
  status: "NEW",
  segmentIds: ["b", "a"],
  source: "api",
  creationTime: SENT_AT + 1_000,
  ...change,
});
/** Whoever has started it, the service keeps the IDs of requests. */
const witness = job({ id: "earlier", requestId: toRequestId("0"), segmentIds: ["z"], creationTime: 0 });

describe("which job a request has started", () => {
  it.each<[string, Job[], string | undefined]>([
    ["the one with its ID", [job({ id: "other" }), job({ requestId: sent.requestId })], "j"],
    [
      "the one with its ID, whatever its time, source and set",
      [job({ requestId: sent.requestId, creationTime: 0, source: "x", segmentIds: ["*"] })],
      "j",
    ],
    ["none, where jobs keep IDs and none has it", [witness, job({ requestId: "colleague" })], undefined],
    ["none, where jobs keep IDs, even if one tells no ID", [job(), witness], undefined],
    ["none of another run of ours", [job({ requestId: toRequestId("2") })], undefined],
    ["where the service gives IDs of its own, the one of the set and the time", [job({ requestId: "gateway" })], "j"],
    ["where the service tells no IDs, the one of the set and the time", [job()], "j"],
    ["none that has been an answer before", [job({ id: "made" })], undefined],
    ["none of the schedule", [job({ source: "scheduler" })], undefined],
    [
      "none of another set",
      [job({ segmentIds: ["a"] }), job({ segmentIds: ["a", "b", "c"] }), job({ segmentIds: ["*"] })],
      undefined,
    ],
    ["one that a clock behind ours has made", [job({ creationTime: SENT_AT - 2 * MINUTE })], "j"],
    ["none from before", [job({ creationTime: SENT_AT - 2 * MINUTE - 1 })], undefined],
    ["one that has queued for an hour", [job({ creationTime: SENT_AT + 60 * MINUTE })], "j"],
    ["none from long after", [job({ creationTime: SENT_AT + 60 * MINUTE + 1 })], undefined],
    ["none without a time", [job({ creationTime: undefined } as never)], undefined],
  ])("%s", (_, jobs, id) => {
    expect(findStartedJob(jobs, sent)?.id).toBe(id);
  });

  it.each<[string, Partial<Job>, JobScope, boolean]>([
    ["all of the schema", { segmentIds: ["*"], schemaName: "s" }, { schemaName: "s" }, true],
    ["all, where the service tells no schema", { segmentIds: ["*"] }, { schemaName: "s" }, true],
    ["all of another schema", { segmentIds: ["*"], schemaName: "t" }, { schemaName: "s" }, false],
    ["some of the schema", { segmentIds: ["a"], schemaName: "s" }, { schemaName: "s" }, false],
  ])("for a run of all: %s", (_, change, scope, found) => {
    expect(findStartedJob([job(change)], { ...sent, scope }) !== undefined).toBe(found);
  });

  it("takes no job without an ID for one whose request had none", () => {
    const { requestId: _, ...unnamed } = sent;
    expect(findStartedJob([job({ segmentIds: ["z"] })], { ...unnamed, requestId: undefined })).toBeUndefined();
  });
});
