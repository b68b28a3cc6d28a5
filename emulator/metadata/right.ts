import { mayChange } from "../segments/rights";
import type { Tenant } from "../tenant";
import type { ComponentMetadata, ComponentRef } from "./component";
import { findComponent } from "./stored";

/** A component whose tags and shares the technical account may change, or why it may not. */
export type Permitted =
  | { readonly component: ComponentMetadata; readonly refusal?: undefined }
  | { readonly component?: undefined; readonly refusal: { readonly status: 403 | 404; readonly message: string } };

/** Whether the technical account may change tags and shares of a component. */
export function permitted(tenant: Tenant, ref: ComponentRef): Permitted {
  const { store, switches } = tenant;
  const component = findComponent(store, ref);
  const name = `${ref.componentType} ${ref.componentId}`;
  if (component === undefined) return { refusal: { status: 404, message: `Component ${name} was not found` } };
  const { ids, message } = switches.refusedComponents;
  if (ids.includes(ref.componentId)) return { refusal: { status: 403, message } };
  const segment = ref.componentType === "segment" ? store.segments.get(ref.componentId) : undefined;
  if (segment === undefined || mayChange(tenant, segment)) return { component };
  return { refusal: { status: 403, message: `User does not have permission to update ${name}` } };
}

/** `status` of an item that was done. */
export const done = { success: true } as const;

/** `status` of an item that was not. */
export const failed = (message: string): { success: false; message: string } => ({ success: false, message });
