import { badParameter } from "../errors";
import type { Share } from "../shares/share";
import type { Store } from "../store";

/** What tags and shares can belong to, as the OpenAPI document lists it. */
export const componentTypes = [
  "segment",
  "dashboard",
  "bookmark",
  "calculatedMetric",
  "project",
  "dateRange",
  "metric",
  "dimension",
  "virtualReportSuite",
  "scheduledJob",
  "alert",
  "classificationSet",
  "dataView",
] as const;

export type ComponentType = (typeof componentTypes)[number];

/** A component by its name; IDs are only unique within a type. */
export interface ComponentRef {
  readonly componentType: ComponentType;
  readonly componentId: string;
}

/** What is kept beside a component, apart from its own content. */
export interface ComponentMetadata extends ComponentRef {
  /** Numbers of tags, in the order in which they were set. */
  readonly tagIds: readonly number[];
  readonly shares: readonly Share[];
}

/** A component that is no segment: the emulator knows it by its tags and shares only. */
export interface OtherComponent extends ComponentMetadata {
  /** Type and ID. */
  readonly id: string;
}

/** A type that tags and shares can belong to, or a 400. */
export function componentType(text: string | undefined): ComponentType {
  const known = componentTypes.find((type) => type === text);
  if (known !== undefined) return known;
  throw badParameter(`Invalid component type: ${text ?? "none"}; the types are ${componentTypes.join(", ")}`);
}

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
