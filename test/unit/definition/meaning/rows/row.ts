import type { EvaluateOptions } from "../../../../../definition";

/** A definition, some events, and by brackets around them which are selected: see `marked`. */
export interface Row {
  /** The function of the grammar that this is about. */
  readonly func: string;
  /** What of Adobe's says so, or this project where nobody does. */
  readonly page: string;
  /** The case, where there are several. */
  readonly what?: string;
  readonly definition: unknown;
  readonly events: string;
  readonly options?: EvaluateOptions;
}

const platform = "AdobeDocs/analytics-platform.en/help/components/segments";

/** Pages by their names in Adobe's repositories, with the heading. */
export const SEQUENCES = (heading: string): string => `${platform}/seg-sequential-build.md#${heading}`;
export const OPERATORS = (heading: string): string => `${platform}/seg-operators.md#${heading}`;
export const BUILDER = (heading: string): string => `${platform}/seg-builder.md#${heading}`;
export const CONTAINERS = (heading: string): string =>
  `AdobeDocs/analytics.en/help/components/segmentation/seg-containers.md#${heading}`;
export const API = (heading: string): string =>
  `AdobeDocs/analytics-2.0-apis/src/pages/guides/endpoints/segments/definition.md#${heading}`;
export const GUIDE = "cja-segments.guide.txt";
/** No page says it: docs/evaluation.md says why it was decided so. */
export const DECIDED = "docs/evaluation.md";
