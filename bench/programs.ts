const definition = (i: number) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "streq", str: `Value ${i}`, val: { func: "attr", name: "variables/device_type" } },
  },
});

const argsOf = (i: number) =>
  `{ name: "Segment ${i}", description: "One of many", dataViewId: "dv_dev", definition: ${JSON.stringify(definition(i))} }`;

const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** As many segments as asked for. */
export const segments = (count: number): string => `
const cja = require("pulumi-cja");
${many(count, (i) => `new cja.Segment("segment-${i}", ${argsOf(i)});`)}
`;

/**
 * As many resources that do nothing, with the same properties and a provider text as short: what the engine itself and its
 * dynamic provider host cost, whatever the provider does.
 *
 * @param provider the file that `doNothing` stands in
 */
export const nothings = (count: number, provider: string): string => `
const pulumi = require("@pulumi/pulumi");
const __provider = ${JSON.stringify(`exports.handler = () => require(${JSON.stringify(provider)})`)};
class Nothing extends pulumi.CustomResource {
  constructor(name, args) {
    const outputs = { orgId: undefined, dataViewName: undefined, owner: undefined, compatibility: undefined, created: undefined, modified: undefined };
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...outputs, ...args, __provider });
  }
}
${many(count, (i) => `new Nothing("nothing-${i}", ${argsOf(i)});`)}
`;

/** The text of a provider that does nothing and answers as much as ours. */
export const doNothing = `
let last = 0;
const said = {
  orgId: "EMULATOR@AdobeOrg",
  dataViewName: "Development",
  owner: { id: "700001", name: "Emulator Technical Account", login: "emulator@techacct.adobe.com" },
  compatibility: { valid: true, message: "Segment is valid for all products", supportedProducts: ["oberon", "frag"] },
  created: "2026-01-01T00:00:00.000Z",
  modified: "2026-01-01T00:00:00.000Z",
  definitionDigest: "0123456789abcdef",
};
module.exports = {
  check: async (olds, inputs) => ({ inputs }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: "nothing-" + ++last, outs: { ...inputs, ...said } }),
  read: async (id, props) => ({ id, props }),
  delete: async () => undefined,
};
`;
