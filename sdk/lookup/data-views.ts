import type * as pulumi from "@pulumi/pulumi";
import type { OutputArgs } from "../output-args";
import { lookup, lookupOutput } from "./lookup";

/** Which data view: give `id`, or `name`. */
export interface GetDataViewArgs {
  /** The data view's ID, such as `dv_66f1c0`. */
  id?: string | undefined;
  /** The data view's whole name; spaces at its ends do not count, and case does. */
  name?: string | undefined;
}

/** The same as `GetDataViewArgs` with values that may be known later. */
export interface GetDataViewOutputArgs extends OutputArgs<GetDataViewArgs> {}

/** A data view. */
export interface GetDataViewResult {
  /** The ID, which `dataViewId` of a segment takes. */
  readonly id: string;
  /** The name in the UI. */
  readonly name?: string;
  /** The description, if any. */
  readonly description?: string;
  /** Who it belongs to. */
  readonly owner?: { readonly id: string; readonly name?: string };
  /** The time zone of its days, such as `Europe/Berlin`. */
  readonly timezone?: string;
  /** When it was created (ISO 8601). */
  readonly created?: string;
  /** When it was last changed (ISO 8601). */
  readonly modified?: string;
}

/**
 * Reads a data view by its ID or by its name, so a program needs no ID that only the UI shows. To find a name, a program lists
 * the data views once, with a request for each thousand.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:getDataView`) are as for `getSegment`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const production = await cja.getDataView({ name: "Production" });
 *   new cja.Segment("mobile", { name: "Mobile visitors", dataViewId: production.id, definition });
 * };
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/dataviews/
 */
export function getDataView(args: GetDataViewArgs): Promise<GetDataViewResult> {
  return lookup("getDataView", args);
}

/**
 * The same as `getDataView`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * const dataViewId = cja.getDataViewOutput({ name: "Production" }).id;
 * new cja.Segment("mobile", { name: "Mobile visitors", dataViewId, definition });
 * ```
 */
export function getDataViewOutput(args: pulumi.Input<GetDataViewOutputArgs>): pulumi.Output<GetDataViewResult> {
  return lookupOutput("getDataView", args);
}

/** Which data views: those that match everything given. */
export interface FindDataViewsArgs {
  /** A part of the name, in upper or lower case. */
  nameContains?: string | undefined;
  /** Only these; IDs that do not exist are ignored. */
  ids?: string[] | undefined;
  /** The most to return, from 1. Default: all. */
  limit?: number | undefined;
}

/** The same as `FindDataViewsArgs` with values that may be known later. */
export interface FindDataViewsOutputArgs extends OutputArgs<FindDataViewsArgs> {}

/** What was found. */
export interface FindDataViewsResult {
  /** In the order of their IDs; empty if there are none. */
  readonly dataViews: GetDataViewResult[];
}

/**
 * Lists the data views that this account can see, without deleted ones: a request for each thousand, once in a program.
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
 * The same as `findDataViews`, with arguments that may be outputs of resources: see `getSegmentOutput`.
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
