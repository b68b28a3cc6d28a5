import type * as pulumi from "@pulumi/pulumi";
import type { GetSegmentResult } from "./get-segment";
import { lookup, lookupOutput } from "./lookup";

/** Which segments: those for which all that is given holds. */
export interface FindSegmentsArgs {
  /** The ID of the data view to look in. Default: all of them. */
  dataViewId?: string | undefined;
  /** Instead of `dataViewId`: the data view's whole name. */
  dataViewName?: string | undefined;
  /** A part of the name, in any case. */
  nameContains?: string | undefined;
  /** Names of tags; a segment has to have them all. `Web` and `web` are two. */
  tags?: string[] | undefined;
  /** Whose they are: a person's name, login or ID, whole and in any case. */
  owner?: string | undefined;
  /** At most so many, from 1. Default: all. */
  limit?: number | undefined;
}

/** As `FindSegmentsArgs`, with values that may be known later. */
export interface FindSegmentsOutputArgs {
  /** The ID of the data view to look in. Default: all of them. */
  dataViewId?: pulumi.Input<string | undefined>;
  /** Instead of `dataViewId`: the data view's whole name. */
  dataViewName?: pulumi.Input<string | undefined>;
  /** A part of the name, in any case. */
  nameContains?: pulumi.Input<string | undefined>;
  /** Names of tags; a segment has to have them all. `Web` and `web` are two. */
  tags?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Whose they are: a person's name, login or ID, whole and in any case. */
  owner?: pulumi.Input<string | undefined>;
  /** At most so many, from 1. Default: all. */
  limit?: pulumi.Input<number | undefined>;
}

/** What was found. */
export interface FindSegmentsResult {
  /** In the order of their IDs; empty where there are none. */
  readonly segments: GetSegmentResult[];
}

/**
 * Lists the segments that this account is shown: its own, shared ones and templates; deleted ones are not among them. It costs
 * a request for each thousand segments that are looked at: of the data view, or of the organisation where none is given.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:findSegments`, answering `{ segments: [] }`) are as for
 * `getSegment`. Finding none is no error.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { segments } = await cja.findSegments({ dataViewId: "dv_prod", tags: ["web"], owner: "Jane Analyst" });
 *   return { names: segments.map(({ id, name }) => `${id} ${name}`) };
 * };
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export function findSegments(args: FindSegmentsArgs = {}): Promise<FindSegmentsResult> {
  return lookup("findSegments", args);
}

/**
 * As `findSegments`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const count = cja.findSegmentsOutput({ dataViewId: mobile.dataViewId }).segments.length;
 * ```
 */
export function findSegmentsOutput(args: pulumi.Input<FindSegmentsOutputArgs> = {}): pulumi.Output<FindSegmentsResult> {
  return lookupOutput("findSegments", args);
}
