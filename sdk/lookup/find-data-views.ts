import type * as pulumi from "@pulumi/pulumi";
import type { GetDataViewResult } from "./get-data-view";
import { lookup, lookupOutput } from "./lookup";

/** Which data views: those for which all that is given holds. */
export interface FindDataViewsArgs {
  /** A part of the name, in any case. */
  nameContains?: string | undefined;
  /** Only these; an ID that is none is left out. */
  ids?: string[] | undefined;
  /** At most so many, from 1. Default: all. */
  limit?: number | undefined;
}

/** As `FindDataViewsArgs`, with values that may be known later. */
export interface FindDataViewsOutputArgs {
  /** A part of the name, in any case. */
  nameContains?: pulumi.Input<string | undefined>;
  /** Only these; an ID that is none is left out. */
  ids?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** At most so many, from 1. Default: all. */
  limit?: pulumi.Input<number | undefined>;
}

/** What was found. */
export interface FindDataViewsResult {
  /** In the order of their IDs; empty where there are none. */
  readonly dataViews: GetDataViewResult[];
}

/**
 * Lists the data views that this account is shown, deleted ones not among them: a request for each thousand, once for a program.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:findDataViews`, answering `{ dataViews: [] }`) are as for
 * `getSegment`. Finding none is no error.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { dataViews } = await cja.findDataViews({ nameContains: "production" });
 *   return { ids: dataViews.map(({ id }) => id) };
 * };
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/dataviews/
 */
export function findDataViews(args: FindDataViewsArgs = {}): Promise<FindDataViewsResult> {
  return lookup("findDataViews", args);
}

/**
 * As `findDataViews`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const name = cja.findDataViewsOutput({ ids: [mobile.dataViewId] }).dataViews[0].name;
 * ```
 */
export function findDataViewsOutput(
  args: pulumi.Input<FindDataViewsOutputArgs> = {},
): pulumi.Output<FindDataViewsResult> {
  return lookupOutput("findDataViews", args);
}
