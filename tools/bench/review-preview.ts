/** The output of `pulumi preview --json` for many changed segments: one step of a real one, as often as wanted. */
const TYPE = "pulumi-nodejs:dynamic/cja:Segment";
const STACK = "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod";

export function previewOfMany(count: number): string {
  const steps = Array.from({ length: count }, (_, index) => step(index));
  const stack = { op: "same", urn: STACK, oldState: { urn: STACK, type: "pulumi:pulumi:Stack" }, detailedDiff: null };
  return JSON.stringify({ steps: [stack, ...steps], duration: 1, changeSummary: { same: 1, update: count } }, null, 4);
}

function step(index: number) {
  const urn = `urn:pulumi:prod::web::${TYPE}::segment${index}`;
  const state = (page: string, outputs: object) => {
    const inputs = {
      __provider: 'exports.handler = () => require("pulumi-cja/provider").segment',
      name: `Segment ${index}`,
      description: `Those who came by page ${index}`,
      dataViewId: "dv_prod",
      definition: definitionOf(index, page),
    };
    return {
      urn,
      custom: true,
      id: `s300000022_${String(index).padStart(24, "0")}`,
      type: TYPE,
      inputs,
      outputs: { ...inputs, ...outputs },
      parent: STACK,
      provider: "urn:pulumi:prod::web::pulumi:providers:pulumi-nodejs::default::35895ee1-62f6-484e-a23c-cbb2d507ea4c",
      propertyDependencies: { __provider: [], dataViewId: [], definition: [], description: [], name: [] },
      sourcePosition: "project:///index.js#10,18",
    };
  };
  const answered = { orgId: "A@AdobeOrg", dataViewName: "Web", owner: { id: "1", name: "A", login: "a" } };
  return {
    op: "update",
    urn,
    oldState: state("Home", answered),
    newState: state("Start", {}),
    diffReasons: ["definition"],
    detailedDiff: { "definition.container.pred.preds[0].str": { kind: "update", inputDiff: true } },
  };
}

const definitionOf = (index: number, page: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visits",
    pred: {
      func: "and",
      preds: [
        { func: "streq", str: page, val: { func: "attr", name: "variables/page" } },
        { func: "ge", num: index, val: { func: "total", evt: { func: "event", name: "metrics/orders" } } },
        { func: "streq-in", list: ["DE", "AT", "CH"], val: { func: "attr", name: "variables/country" } },
      ],
    },
  },
});
