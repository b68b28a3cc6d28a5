import { fc } from "../../../properties";
import type { SegmentJobInputs } from "../../../../model";
import { runKey } from "../../../../provider/segment-job/run-key";

const base: SegmentJobInputs = { segmentIds: ["a", "b"], triggers: { x: 1, deep: { p: [1, 2], q: null } } };

describe("the key of a run", () => {
  it.each<[string, SegmentJobInputs]>([
    ["order of the audiences", { ...base, segmentIds: ["b", "a"] }],
    ["order of keys", { segmentIds: ["a", "b"], triggers: { deep: { q: null, p: [1, 2] }, x: 1 } }],
    [
      "how it is waited for",
      { ...base, waitForCompletion: true, timeout: "1h", retryFailed: true, deleteRecord: true },
    ],
    ["the sandbox's default being named", { ...base, sandbox: "prod" }],
  ])("does not depend on the %s", (_, inputs) => {
    expect(runKey(inputs, "prod")).toBe(runKey(base, "prod"));
  });

  it.each<[string, SegmentJobInputs, string]>([
    ["sandbox", base, "dev"],
    ["audiences", { ...base, segmentIds: ["a"] }, "prod"],
    ["scope", { triggers: base.triggers ?? {}, allSegments: true }, "prod"],
    ["triggers", { ...base, triggers: { x: "1", deep: { p: [1, 2], q: null } } }, "prod"],
    ["order of a list in a trigger", { ...base, triggers: { x: 1, deep: { p: [2, 1], q: null } } }, "prod"],
    ["object for a list", { ...base, triggers: { x: 1, deep: { p: { 0: 1, 1: 2 }, q: null } } }, "prod"],
    ["object for a list of pairs", { ...base, triggers: { x: 1, deep: [["p", [1, 2]]] } }, "prod"],
  ])("depends on the %s", (_, inputs, sandbox) => {
    expect(runKey(inputs, sandbox)).not.toBe(runKey(base, "prod"));
  });

  it("is the same however the engine orders the keys of the triggers", () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, reversed(inner)]),
            )
          : value;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (triggers) => {
        const other = { ...base, triggers: reversed(triggers) as Record<string, unknown> };
        expect(runKey(other, "prod")).toBe(runKey({ ...base, triggers }, "prod"));
      }),
    );
  });
});
