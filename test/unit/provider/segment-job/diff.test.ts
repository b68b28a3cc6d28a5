import { fc } from "../../../properties";
import type { SegmentJobInputs } from "../../../../model";
import { diff } from "../../../../provider/segment-job/diff";
import type { SegmentJobState } from "../../../../provider/segment-job/state";
import type { Diff } from "../../../../provider/lifecycle";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const same: Diff = { kind: "same" };
const update: Diff = { kind: "update" };
const resumed: Diff = { kind: "update", withoutInputChange: true };
const rerun = (...replaces: string[]): Diff => ({ kind: "replace", replaces, deleteBeforeReplace: false });
const retry: Diff = { kind: "replace", replaces: ["status"], withoutInputChange: true };

const inputs: SegmentJobInputs = { segmentIds: ["a", "b"], triggers: { release: 1, parts: [{ x: null }] } };
const state = (change: Partial<SegmentJobState> = {}): SegmentJobState => ({
  ...inputs,
  status: "SUCCEEDED",
  sandboxName: "prod",
  ...change,
});

describe("diff of a segment job", () => {
  it.each<[string, Partial<SegmentJobState>, SegmentJobInputs, Diff]>([
    ["nothing differs", {}, inputs, same],
    ["the audiences stand in another order", {}, { ...inputs, segmentIds: ["b", "a"] }, same],
    ["an audience is added", {}, { ...inputs, segmentIds: ["a", "b", "c"] }, rerun("segmentIds")],
    ["an audience is removed", {}, { ...inputs, segmentIds: ["a"] }, rerun("segmentIds")],
    [
      "all audiences take the place of some",
      {},
      { triggers: inputs.triggers ?? {}, allSegments: true },
      rerun("segmentIds", "allSegments"),
    ],
    [
      "the default schema is named",
      { segmentIds: undefined, allSegments: true } as never,
      { ...all(), schemaName: "_xdm.context.profile" },
      same,
    ],
    [
      "another schema is named",
      { segmentIds: undefined, allSegments: true } as never,
      { ...all(), schemaName: "other" },
      rerun("schemaName"),
    ],
    ["allSegments is false instead of absent", {}, { ...inputs, allSegments: false }, same],
    ["the default sandbox is named", {}, { ...inputs, sandbox: "prod" }, same],
    ["another sandbox is named", {}, { ...inputs, sandbox: "dev" }, rerun("sandbox")],
    [
      "the name of another default sandbox is removed",
      { sandbox: "dev", sandboxName: "dev" },
      inputs,
      rerun("sandbox"),
    ],
    [
      "the default sandbox is another now",
      { sandboxName: "dev" },
      inputs,
      { ...rerun("sandbox"), withoutInputChange: true } as Diff,
    ],
    ["old state has no name of a sandbox", { sandboxName: undefined } as never, inputs, same],
    [
      "old state has only the argument",
      { sandboxName: undefined, sandbox: "dev" } as never,
      { ...inputs, sandbox: "dev" },
      same,
    ],
    ["a trigger has another value", {}, { ...inputs, triggers: { ...inputs.triggers, release: 2 } }, rerun("triggers")],
    ["a trigger has another value within", {}, { ...inputs, triggers: { parts: [{ x: 0 }] } }, rerun("triggers")],
    ["a trigger has the number as text", {}, { ...inputs, triggers: { release: "1" } }, rerun("triggers")],
    ["a trigger is new", {}, { ...inputs, triggers: { ...inputs.triggers, more: true } }, rerun("triggers")],
    ["a trigger with null is new", {}, { ...inputs, triggers: { ...inputs.triggers, more: null } }, rerun("triggers")],
    ["a trigger is removed", {}, { ...inputs, triggers: { release: 1 } }, same],
    ["all triggers are removed", {}, { segmentIds: ["a", "b"] }, same],
    ["two things differ", {}, { segmentIds: ["a"], triggers: { release: 2 } }, rerun("segmentIds", "triggers")],
    ["the audiences are not known yet", {}, { ...inputs, segmentIds: UNKNOWN as never }, rerun("segmentIds")],
    ["one audience is not known yet", {}, { ...inputs, segmentIds: ["a", UNKNOWN] }, rerun("segmentIds")],
    ["allSegments is not known yet", {}, { ...inputs, allSegments: UNKNOWN as never }, rerun("allSegments")],
    ["the schema is not known yet", {}, { ...inputs, schemaName: UNKNOWN }, rerun("schemaName")],
    ["the sandbox is not known yet", {}, { ...inputs, sandbox: UNKNOWN }, rerun("sandbox")],
    ["the triggers are not known yet", {}, { ...inputs, triggers: UNKNOWN as never }, rerun("triggers")],
    [
      "a part of a trigger is not known yet",
      {},
      { ...inputs, triggers: { parts: [{ x: UNKNOWN }] } },
      rerun("triggers"),
    ],
    ["the time-out differs", {}, { ...inputs, timeout: "1h" }, update],
    ["waitForCompletion is not known yet", {}, { ...inputs, waitForCompletion: UNKNOWN as never }, update],
    ["deleteRecord is removed", { deleteRecord: true }, inputs, update],
    ["retryFailed comes, and nothing has failed", {}, { ...inputs, retryFailed: true }, update],
    ["a failed run is not waited for", { status: "FAILED" }, inputs, same],
    ["a failed run shall be repeated", { status: "FAILED" }, { ...inputs, retryFailed: true }, retry],
    [
      "a failed run shall perhaps be repeated",
      { status: "FAILED" },
      { ...inputs, retryFailed: UNKNOWN as never },
      retry,
    ],
    [
      "a failed run was a repetition",
      { status: "FAILED", repeats: true, retryFailed: true },
      { ...inputs, retryFailed: true },
      same,
    ],
    [
      "a failed run has another trigger",
      { status: "FAILED" },
      { ...inputs, retryFailed: true, triggers: { release: 2 } },
      rerun("triggers"),
    ],
    [
      "a cancelled run is no failed one",
      { status: "CANCELLED", retryFailed: true },
      { ...inputs, retryFailed: true },
      same,
    ],
    ["a waiting run has failed", { status: "FAILED", waitForCompletion: true }, waiting(), resumed],
    ["a waiting run is at work", { status: "PROCESSING", waitForCompletion: true }, waiting(), resumed],
    ["a waiting run has vanished", { status: "REMOVED", waitForCompletion: true }, waiting(), resumed],
    ["a waiting run has succeeded", { waitForCompletion: true }, waiting(), same],
    ["a run at work is waited for from now on", { status: "NEW" }, waiting(), update],
    ["a vanished run is not waited for", { status: "REMOVED" }, inputs, same],
  ])("%s", (_, change, news, expected) => {
    expect(diff(state(change), news, "prod")).toEqual(expected);
  });

  it.each([
    ["NEW", true],
    ["QUEUED", true],
    ["PROCESSING", true],
    ["CANCELLING", true],
    ["A_STATE_OF_THE_FUTURE", true],
    ["CANCELLED", false],
    ["FAILED", false],
    ["SUCCEEDED", false],
    ["REMOVED", true],
  ])("deletes the old job first when it is %s: %s", (status, deleteBeforeReplace) => {
    const news = { ...inputs, triggers: { release: 2 } };
    expect(diff(state({ status }), news, "prod")).toMatchObject({ kind: "replace", deleteBeforeReplace });
  });

  it("never runs for what has just run, whatever its triggers and audiences are", () => {
    const job = fc.record({
      segmentIds: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
      triggers: fc.dictionary(fc.string(), fc.jsonValue()),
    });
    fc.assert(
      fc.property(job, fc.constantFrom("NEW", "SUCCEEDED", "FAILED", "REMOVED"), (args, status) => {
        // As they come back from the state file.
        const stored = JSON.parse(JSON.stringify(args)) as SegmentJobInputs;
        expect(diff({ ...stored, status, sandboxName: "prod" }, stored, "prod")).toEqual(same);
      }),
    );
  });
});

function all(): SegmentJobInputs {
  return { allSegments: true, ...(inputs.triggers && { triggers: inputs.triggers }) };
}

function waiting(): SegmentJobInputs {
  return { ...inputs, waitForCompletion: true };
}
