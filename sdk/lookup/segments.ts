import type * as pulumi from "@pulumi/pulumi";
import type { SegmentOwner } from "../segment";
import type { OutputArgs } from "../output-args";
import { lookup, lookupOutput } from "./lookup";

/** Which segment: give `id`, or `name`. */
export interface GetSegmentArgs {
  /** The segment's ID. */
  id?: string | undefined;
  /** The segment's whole name; spaces at its ends do not count, and case does. */
  name?: string | undefined;
  /** With `name`: the ID of the data view to look in. Default: all of them. */
  dataViewId?: string | undefined;
  /** With `name`, instead of `dataViewId`: the data view's whole name. */
  dataViewName?: string | undefined;
}

/** The same as `GetSegmentArgs` with values that may be known later. */
export interface GetSegmentOutputArgs extends OutputArgs<GetSegmentArgs> {}

/** A segment that exists. Its fields have the names of the outputs of `Segment`. */
export interface GetSegmentResult {
  /** The ID. */
  readonly id: string;
  /** The name in the UI. */
  readonly name?: string;
  /** The description, if any. */
  readonly description?: string;
  /** The data view's ID. */
  readonly dataViewId?: string;
  /** The data view's name, if the service gives it. */
  readonly dataViewName?: string;
  /** Who it belongs to. */
  readonly owner?: SegmentOwner;
  /** The definition, as the service has it. */
  readonly definition: object;
  /** What the service says of the products that can use it: `valid`, `message`, `supportedProducts`. */
  readonly compatibility?: {
    readonly valid?: boolean;
    readonly message?: string;
    readonly supportedProducts?: string[];
  };
  /** When it was created (ISO 8601). */
  readonly created?: string;
  /** When it was last changed (ISO 8601). */
  readonly modified?: string;
  /** The names of its tags, if the service gives them. */
  readonly tags?: string[];
}

/**
 * Reads a segment that exists, by its ID or by its name, without taking it over. It also runs in previews and needs
 * credentials there, even with `cja:validate: apply`.
 *
 * A program sends equal lookups once. Lookups at the same time (`Promise.all`) share requests, up to a hundred in one. An answer
 * does not contain what the same `pulumi up` writes later.
 *
 * Errors (`pulumi.RunError`): there is none (the error lists similar names); several have the name (the error lists the ID, data view,
 * owner and date of each: give the ID, or the data view); mistakes in the arguments, before anything is sent; settings and credentials, as
 * for resources. A deleted segment does not count.
 *
 * Unit tests: with `pulumi.runtime.setMocks` nothing is sent; the mocks' `call` answers with the token
 * `cja:index:getSegment`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const mobile = await cja.getSegment({ name: "Mobile visitors", dataViewName: "Production" });
 *   new cja.Segment("copy", { name: "Mobile (stage)", dataViewId: "dv_stage", definition: mobile.definition });
 * };
 * ```
 *
 * Document: https://developer.adobe.com/cja-apis/docs/endpoints/segments/
 */
export function getSegment(args: GetSegmentArgs): Promise<GetSegmentResult> {
  return lookup("getSegment", args);
}

/**
 * The same as `getSegment` with arguments that may be outputs of resources. It waits for those resources: until they exist, the answer is
 * unknown in a preview, and nothing is sent. It depends on them, and is as secret as its arguments.
 *
 * @example
 * ```ts
 * const mobile = cja.getSegmentOutput({ name: "Mobile visitors", dataViewName: "Production" });
 * new cja.Segment("copy", { name: "Mobile (stage)", dataViewId: "dv_stage", definition: mobile.definition });
 * ```
 */
export function getSegmentOutput(args: pulumi.Input<GetSegmentOutputArgs>): pulumi.Output<GetSegmentResult> {
  return lookupOutput("getSegment", args);
}

/** Which segments: those that match everything given. */
export interface FindSegmentsArgs {
  /** The ID of the data view to look in. Default: all of them. */
  dataViewId?: string | undefined;
  /** Instead of `dataViewId`: the data view's whole name. */
  dataViewName?: string | undefined;
  /** A part of the name, in upper or lower case. */
  nameContains?: string | undefined;
  /** Names of tags; a segment must have all of them. `Web` and `web` are two. */
  tags?: string[] | undefined;
  /** The owner: a person's whole name, login or ID, in upper or lower case. */
  owner?: string | undefined;
  /** The most to return, from 1. Default: all. */
  limit?: number | undefined;
}

/** The same as `FindSegmentsArgs` with values that may be known later. */
export interface FindSegmentsOutputArgs extends OutputArgs<FindSegmentsArgs> {}

/** What was found. */
export interface FindSegmentsResult {
  /** In the order of their IDs; empty if there are none. */
  readonly segments: GetSegmentResult[];
}

/**
 * Lists the segments that this account can see: its own, shared ones and templates, but no deleted ones. It costs a request
 * for each thousand segments of the data view, or of the organisation if no data view is given.
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
 * The same as `findSegments`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const count = cja.findSegmentsOutput({ dataViewId: mobile.dataViewId }).segments.length;
 * ```
 */
export function findSegmentsOutput(args: pulumi.Input<FindSegmentsOutputArgs> = {}): pulumi.Output<FindSegmentsResult> {
  return lookupOutput("findSegments", args);
}
