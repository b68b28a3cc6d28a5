/**
 * The two ways by which the engine reaches the lifecycles, each as a process of its own: Pulumi's host of dynamic resources, and the plugin.
 * What the engine asks of them is the same, and has the same form here.
 */
import { PROVIDERS } from "../../../sdk/shim";
import { TYPE_TOKENS } from "../../../model/resource-kinds";
import { startPluginProcess } from "../../provider-process/plugin-process";
import {
  startProviderProcess,
  type ProviderProcessOptions,
  type ServingProcess,
} from "../../provider-process/provider-process";
import type { Properties } from "../../provider-process/resource-calls";
import type { ResourceClass } from "../programs";

export const DOORS = ["dynamic", "native"] as const;
export type DoorName = (typeof DOORS)[number];

export interface Plan {
  /** `unknown`: the engine compares arguments itself. */
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Kind by path, where the provider says it. */
  readonly paths: Readonly<Record<string, string>>;
}

/** What the engine asks about one resource of a program. */
export interface Resource {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; mistakes: readonly string[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<Plan>;
  /** What a preview of its creation, or of its update, knows of its outputs; undefined where the engine does not ask. */
  planned(
    inputs: Properties,
    before?: { readonly id: string; readonly outputs: Properties },
  ): Promise<Properties | undefined>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(
    id: string,
    outputs: Properties,
    inputs: Properties,
  ): Promise<{ id: string; props: Properties; inputs: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, outputs: Properties): Promise<void>;
}

/** A process that serves the resources of one operation. */
export interface Opened extends Pick<ServingProcess, "client" | "kill" | "stop" | "stderr"> {
  resource(kind: ResourceClass, name: string): Resource;
}

export const openDoor: Readonly<Record<DoorName, (options: ProviderProcessOptions) => Promise<Opened>>> = {
  async native({ config = {}, ...options }) {
    // The engine takes the package's name away.
    const settings = Object.entries(config).map(([key, value]) => [key.replace(/^cja:/, ""), value] as const);
    const plugin = await startPluginProcess({ ...options, config: Object.fromEntries(settings) });
    return {
      ...plugin,
      resource(kind, name) {
        const calls = plugin.resource(TYPE_TOKENS[kind].native, name);
        return {
          ...calls,
          async check(olds, news) {
            const { inputs, failures } = await calls.check(news, olds);
            return { inputs, mistakes: failures };
          },
          async diff(id, olds, news) {
            const { changes, detailedDiff, ...rest } = await calls.diff(id, olds, news);
            return { ...rest, changes: changes ? "some" : "none", paths: detailedDiff };
          },
          async planned(inputs, before) {
            const { outs } = before
              ? await calls.update(before.id, before.outputs, inputs, true)
              : await calls.create(inputs, true);
            return outs;
          },
        };
      },
    };
  },
  async dynamic(options) {
    const host = await startProviderProcess(options);
    return {
      ...host,
      resource(kind, name) {
        const calls = host.resource(PROVIDERS.here[kind]);
        // The classes tell it, since Pulumi's host does not.
        const info = { urn: `urn:pulumi:dev::provider-process::${TYPE_TOKENS[kind].dynamic}::${name}` };
        return {
          async check(olds, news) {
            const { inputs, failures } = await calls.check({ olds, news: { ...news, __resource: info } });
            return { inputs, mistakes: failures.map(({ reason }) => reason) };
          },
          diff: async (id, olds, news) => ({ ...(await calls.diff({ id, olds, news })), paths: {} }),
          planned: () => Promise.resolve(undefined),
          create: (inputs) => calls.create(inputs),
          read: (id, outputs) => calls.read(id, outputs),
          update: (id, olds, news) => calls.update({ id, olds, news }),
          delete: (id, outputs) => calls.delete(id, outputs),
        };
      },
    };
  },
};
