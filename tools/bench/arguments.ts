/** What the programs ask for. */
import { isChanged } from "./scenarios";

const definition = (value: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "streq", str: value, val: { func: "attr", name: "variables/device_type" } },
  },
});

export interface SegmentArguments extends Record<string, unknown> {
  readonly name: string;
  readonly description: string;
  readonly dataViewId: string;
  readonly definition: object;
  readonly adoptId?: string;
}

/** As many segments as asked for. `edited`: a tenth of them with another definition. */
export const segmentArguments = (count: number, { edited = false } = {}): SegmentArguments[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `Segment ${i}`,
    description: "One of many",
    dataViewId: "dv_dev",
    definition: definition(edited && isChanged(i) ? `Other value ${i}` : `Value ${i}`),
  }));

/** As many jobs as asked for, each over an audience of its own. */
export const jobArguments = (count: number): { segmentIds: string[] }[] =>
  Array.from({ length: count }, (_, i) => ({
    segmentIds: [`7863c010-e092-41c8-ae5e-${i.toString(16).padStart(12, "0")}`],
  }));

/** Settings that let nothing wait for a limit. */
export const UNLIMITED = { CJA_REQUESTS_PER_MINUTE: "100000", CJA_MAX_CONCURRENT: "50" } as const;

/** Jobs that stay under way while they are looked at. */
export const LASTING = { newMs: 0, queuedMs: 0, processingMs: 24 * 3_600_000, cancellingMs: 0 } as const;
