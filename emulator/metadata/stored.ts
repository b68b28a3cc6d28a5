import type { Store } from "../store";
import { type ComponentMetadata, type ComponentRef, componentType } from "./component";
import { z } from "zod";
import { mayChange } from "../segments/segment";
import type { Tenant } from "../tenant";

/** What is kept beside a component; undefined for a segment that is unknown or deleted. Other types all exist. */
export function findComponent(store: Store, ref: ComponentRef): ComponentMetadata | undefined {
  if (ref.componentType !== "segment") {
    return store.otherComponents.get(keyOf(ref)) ?? { ...ref, tagIds: [], shares: [] };
  }
  const segment = store.segments.get(ref.componentId);
  if (segment === undefined || segment.deleted) return undefined;
  return { ...ref, tagIds: segment.tagIds, shares: segment.shares };
}

/** All components that a listing may show: no deleted segments. */
export function allComponents(store: Store): ComponentMetadata[] {
  const segments = store.segments
    .all()
    .filter(({ deleted }) => !deleted)
    .map(({ id, tagIds, shares }) => ({ componentType: "segment" as const, componentId: id, tagIds, shares }));
  return [...segments, ...store.otherComponents.all()];
}

/** Sets tags or shares of a component that `findComponent` has found; dates stay as they are. */
export function putComponent(store: Store, component: ComponentMetadata): void {
  const { componentId, tagIds, shares } = component;
  if (component.componentType !== "segment") {
    store.otherComponents.put({ ...component, id: keyOf(component) });
    return;
  }
  const segment = store.segments.get(componentId);
  if (segment !== undefined) store.segments.put({ ...segment, tagIds, shares });
}

const keyOf = ({ componentType, componentId }: ComponentRef): string => `${componentType} ${componentId}`;

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

/** A component whose tags and shares the technical account may change, or why it may not. */
type Permitted =
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
