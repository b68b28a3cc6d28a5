import type { ResourceKind } from "../../model/resource-kinds";

/** A definition as an analyst would save it: visitors on one kind of device. */
export const deviceIs = (value: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "streq", str: value, val: { func: "attr", name: "variables/device_type" } },
  },
});

/** Two audiences of Experience Platform. */
export const AUDIENCES = ["7863c010-e092-41c8-ae5e-9e533186752e", "07d39471-05d1-4083-a310-d96978fd7c85"] as const;

/** What engine tests give to every run beside the emulator's own settings: no limits, so that nothing waits. */
export const UNLIMITED = { CJA_REQUESTS_PER_MINUTE: "100000", CJA_MAX_CONCURRENT: "50" } as const;

export type ResourceClass = ResourceKind;

/** The text of a program with one resource for each entry: `{ mobile: ["Segment", { name: … }, { protect: true }] }`. */
export function program(resources: Readonly<Record<string, readonly [ResourceClass, object, object?]>>): string {
  const lines = Object.entries(resources).map(
    ([name, [kind, args, options]]) =>
      `const ${name} = new cja.${kind}("${name}", ${JSON.stringify(args)}, ${JSON.stringify(options ?? {})});`,
  );
  return ['const cja = require("pulumi-cja");', 'const pulumi = require("@pulumi/pulumi");', ...lines].join("\n");
}

/** A definition that Analytics gives back as another that says the same. */
export const narrow = (value: string) => {
  const { container, ...rest } = deviceIs(value);
  return { ...rest, container: { ...container, pred: { func: "container", context: "hits", pred: container.pred } } };
};
