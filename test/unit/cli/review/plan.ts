/** A preview's JSON, made by hand for one question each: whole ones come from the engine, in test/engine/review. */

const STACK = "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod";
const KINDS = {
  Segment: "pulumi-nodejs:dynamic/cja:Segment",
  SegmentJob: "pulumi-nodejs:dynamic/cja:SegmentJob",
  Audience: "pulumi-nodejs:dynamic/cja:Audience",
  Bucket: "aws:s3:Bucket",
} as const;

export interface PlannedStep {
  readonly op: string;
  readonly kind?: keyof typeof KINDS;
  /** Of the plugin instead of a dynamic resource. */
  readonly native?: boolean;
  readonly name?: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  /** Outputs of what was deployed. */
  readonly outputs?: object;
  readonly id?: string;
  /** What was deployed has `retainOnDelete`. */
  readonly retainOnDelete?: boolean;
  /** Paths of what differs. */
  readonly differs?: readonly string[];
}

export function planned(steps: readonly PlannedStep[], more: object = {}): string {
  const all = steps.map((step) => {
    const {
      op,
      kind = "Segment",
      name = "one",
      before,
      after,
      outputs = {},
      id = name === "one" ? "s1" : `s-${name}`,
    } = step;
    const { retainOnDelete, differs } = step;
    const type = step.native ? `cja:index:${kind}` : KINDS[kind];
    const urn = `urn:pulumi:prod::web::${type}::${name}`;
    const provider = { __provider: "exports.handler = () => 1" };
    const state = (inputs: object | undefined, out: object) =>
      inputs && { urn, type, id, inputs: { ...provider, ...inputs }, outputs: { ...provider, ...inputs, ...out } };
    const oldState = before && { ...state(before, outputs), retainOnDelete };
    const detailedDiff = differs ? Object.fromEntries(differs.map((path) => [path, { kind: "update" }])) : null;
    return { op, urn, oldState, newState: state(after, {}), detailedDiff };
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

export const audienceOf = (name: string, more: object = {}) => ({
  name,
  expression: 'homeAddress.countryISO = "CA" and person.birthYear >= 1990',
  sandbox: "dev",
  ...more,
});
