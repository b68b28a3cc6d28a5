import { z } from "zod";
import type { Store } from "../store";
import { componentType, type ComponentMetadata } from "./component";
import { findComponent } from "./stored";

/** Body of the searches for tags and for shares of several components. `dataId` is described nowhere, and not looked at. */
export const searchSchema = z.object({
  componentType: z.string(),
  componentIds: z.array(z.string()),
});

/** The components that a search names, each once, in the order of the request; segments that are not there are left out. */
export function searchedComponents(store: Store, body: z.output<typeof searchSchema>): ComponentMetadata[] {
  const type = componentType(body.componentType);
  return [...new Set(body.componentIds)].flatMap((componentId) => {
    return findComponent(store, { componentType: type, componentId }) ?? [];
  });
}
