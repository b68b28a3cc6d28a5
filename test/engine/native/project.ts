import { PLUGIN_FOLDER } from "../../provider-process/plugin-process";
import type { ResourceClass } from "../programs";

/** The files of a project whose engine finds the plugin in this checkout. */
export const WITH_PLUGIN = {
  "Pulumi.yaml": JSON.stringify({
    name: "engine-test",
    runtime: { name: "nodejs", options: { typescript: false } },
    plugins: { providers: [{ name: "cja", path: PLUGIN_FOLDER }] },
  }),
};

/** The classes of the plugin, or those of Pulumi's dynamic resources. */
export const MODULES = { native: "pulumi-cja/native", dynamic: "pulumi-cja" } as const;
export type Door = keyof typeof MODULES;

/** The text of a program with these resources, by either door. */
export function programOf(
  door: Door,
  resources: Readonly<Record<string, readonly [ResourceClass, object, object?]>>,
): string {
  const lines = Object.entries(resources).map(
    ([name, [kind, args, options]]) =>
      `exports.${name} = new cja.${kind}("${name}", ${JSON.stringify(args)}, ${JSON.stringify(options ?? {})});`,
  );
  return [`const cja = require("${MODULES[door]}");`, ...lines].join("\n");
}
