import type { Store } from "../store";
import type { ComponentMetadata, ComponentRef } from "./component";

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
