import { RESOURCE_KINDS, TYPE_TOKENS } from "../../model/resource-kinds";
import type { Planner } from "../lifecycle";
import { ResourceSteps } from "../resource-steps";
import type { Runtime } from "../runtime";

/** A kind of resource: its operations, and what a preview can know of it. */
export interface NativeResource {
  readonly steps: ResourceSteps;
  readonly planner: Planner;
}

/** All kinds, by their tokens. */
export const nativeResources = (runtime: Runtime): ReadonlyMap<string, NativeResource> =>
  new Map(
    RESOURCE_KINDS.map((kind) => {
      const lifecycle = runtime.lifecycles[kind];
      const steps = new ResourceSteps(
        () => runtime,
        () => lifecycle,
      );
      return [TYPE_TOKENS[kind].native, { steps, planner: lifecycle }];
    }),
  );
