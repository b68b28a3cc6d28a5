/** A preview's JSON, made by hand for one question each: whole ones come from the engine, in test/engine/review. */

const STACK = "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod";
const KINDS = {
  Segment: "pulumi-nodejs:dynamic/cja:Segment",
  SegmentJob: "pulumi-nodejs:dynamic/cja:SegmentJob",
} as const;

export interface PlannedStep {
  readonly op: string;
  readonly kind?: keyof typeof KINDS;
  readonly name?: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  /** Outputs of what was deployed. */
  readonly outputs?: object;
  readonly id?: string;
}

export function planned(steps: readonly PlannedStep[], more: object = {}): string {
  const all = steps.map(({ op, kind = "Segment", name = "one", before, after, outputs = {}, id = "s1" }) => {
    const type = KINDS[kind];
    const urn = `urn:pulumi:prod::web::${type}::${name}`;
    const provider = { __provider: "exports.handler = () => 1" };
    const state = (inputs: object | undefined, out: object) =>
      inputs && { urn, type, id, inputs: { ...provider, ...inputs }, outputs: { ...provider, ...inputs, ...out } };
    return { op, urn, oldState: state(before, outputs), newState: state(after, {}), detailedDiff: null };
  });
  return JSON.stringify({
    steps: [{ op: "same", urn: STACK }, ...all],
    changeSummary: { same: 1 },
    ...more,
  });
}

export const pageIs = (str: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visits",
    pred: { func: "streq", str, val: { func: "attr", name: "variables/page" } },
  },
});

export const segmentOf = (name: string, more: object = {}) => ({
  name,
  dataViewId: "dv_prod",
  definition: pageIs("Home"),
  ...more,
});
