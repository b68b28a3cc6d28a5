import { badParameter } from "../errors";
import type { Share } from "../shares/share";

/** What tags and shares can belong to, as the OpenAPI document lists it. */
const componentTypes = [
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

type ComponentType = (typeof componentTypes)[number];

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

/** The component that a request names, or a 400. */
export const refOf = (named: Readonly<Record<keyof ComponentRef, string>>): ComponentRef => ({
  componentType: componentType(named.componentType),
  componentId: named.componentId,
});

/** A type that tags and shares can belong to, or a 400. */
export function componentType(text: string | undefined): ComponentType {
  const known = componentTypes.find((type) => type === text);
  if (known !== undefined) return known;
  throw badParameter(`Invalid component type: ${text ?? "none"}; the types are ${componentTypes.join(", ")}`);
}
