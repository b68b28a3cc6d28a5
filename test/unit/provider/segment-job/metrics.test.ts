import { parseMetrics } from "../../../../provider/segment-job/metrics";
import type { SegmentJobMetrics } from "../../../../provider/segment-job/job";
import type { SegmentJobMetrics as OfPrograms } from "../../../../sdk";

/** Beyond what 32 bits hold. */
const MANY = 3_000_000_000;
const ID = "94509dba-7387-452f-addc-5d8d979f6ae8";

/** As the OpenAPI document's sample has them, and one more. */
const METRICS = {
  totalTime: { startTimeInMs: 1573203617195, endTimeInMs: 1573204395655, totalTimeInMs: 778460 },
  profileSegmentationTime: { startTimeInMs: 1573204266727 },
  totalProfiles: MANY,
  segmentedProfileCounter: { [ID]: MANY },
  segmentProfileCounter: { [ID]: 2 ** 53 - 1 },
  segmentedProfileByNamespaceCounter: { [ID]: { email: MANY, ecid: 0 } },
  segmentedProfileByStatusCounter: { [ID]: { exited: 144646, existing: 10, realized: MANY } },
  totalProfilesByMergePolicy: { "25c548a0": MANY },
  ofTomorrow: { any: ["thing"] },
};

function parsed(answer: unknown) {
  const told: string[] = [];
  const metrics = parseMetrics(answer, (name, expected) => void told.push(`${name}: ${expected}`));
  return { metrics, told };
}

describe("the figures of a job", () => {
  it("are kept as the service tells them, and what is not documented with them", () => {
    expect(parsed(METRICS)).toEqual({ metrics: METRICS, told: [] });
    expect(parsed({ totalTime: { startTimeInMs: 1 }, profileSegmentationTime: {} })).toEqual({
      metrics: { totalTime: { startTimeInMs: 1 }, profileSegmentationTime: {} },
      told: [],
    });
    expect(parsed({ totalProfiles: null, segmentedProfileCounter: null })).toEqual({ metrics: {}, told: [] });
    expect([parsed(undefined).metrics, parsed(null).metrics]).toEqual([undefined, undefined]);
  });

  it("of another shape are left out alone, and told", () => {
    const { metrics, told } = parsed({
      ...METRICS,
      totalTime: { ...METRICS.totalTime, endTimeInMs: "later" },
      profileSegmentationTime: 5,
      totalProfiles: "3000000000",
      segmentedProfileCounter: [MANY],
      segmentedProfileByStatusCounter: { [ID]: { realized: MANY, exited: {} }, other: 7 },
    });
    expect(metrics).toEqual({
      ...METRICS,
      totalTime: { startTimeInMs: 1573203617195, totalTimeInMs: 778460 },
      profileSegmentationTime: undefined,
      totalProfiles: undefined,
      segmentedProfileCounter: undefined,
      segmentedProfileByStatusCounter: { [ID]: { realized: MANY } },
    });
    expect(Object.keys(metrics ?? {})).not.toContain("totalProfiles");
    expect(told).toEqual([
      "metrics.totalTime.endTimeInMs: expected number, received string",
      "metrics.profileSegmentationTime: expected record, received number",
      "metrics.totalProfiles: expected number, received string",
      "metrics.segmentedProfileCounter: expected record, received array",
      `metrics.segmentedProfileByStatusCounter.${ID}.exited: expected number, received object`,
    ]);
  });

  it("of a counter that is wrong a thousand times are told once", () => {
    const counter = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`a${index}`, "x"]));
    expect(parsed({ segmentedProfileCounter: { ...counter, right: 1 } })).toEqual({
      metrics: { segmentedProfileCounter: { right: 1 } },
      told: ["metrics.segmentedProfileCounter.a0: expected number, received string"],
    });
    expect(parsed("none").told).toEqual(["metrics: expected record, received string"]);
  });

  it("have the same type for the provider and for programs", () => {
    const [provider, program]: [SegmentJobMetrics, OfPrograms] = [METRICS, METRICS];
    const [one, other]: [OfPrograms, SegmentJobMetrics] = [provider, program];
    // @ts-expect-error a number is a number in both
    const wrong: OfPrograms = { totalProfiles: "many" };
    expect([one, other, wrong]).toHaveLength(3);
  });
});
