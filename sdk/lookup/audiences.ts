import type * as pulumi from "@pulumi/pulumi";
import type { AudienceLifecycle, Evaluation } from "../../model/evaluation-and-lifecycle";
import type { OutputArgs } from "../output-args";
import { lookup, lookupOutput } from "./lookup";

/** Which audience: give `id`, or `name`. */
export interface GetAudienceArgs {
  /** The audience's ID. */
  id?: string | undefined;
  /** The audience's whole name; spaces at its ends do not count, and case does. The service lists no inactive audiences: look these up by `id`. */
  name?: string | undefined;
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
}

/** The same as `GetAudienceArgs` with values that may be known later. */
export interface GetAudienceOutputArgs extends OutputArgs<GetAudienceArgs> {}

/** An audience that exists, whoever made it. Its fields have the names of the outputs of `Audience`. */
export interface GetAudienceResult {
  /** The ID, which `segmentIds` of a segment job takes, and `inSegment("…")` of an expression. */
  readonly id: string;
  /** The name in the UI. */
  readonly name?: string;
  /** The description; empty if there is none. */
  readonly description?: string;
  /** The rule: PQL as text, or an object in the form of pql/json. Absent where another service has made the audience. */
  readonly expression?: string | object;
  /** `batch`, `streaming` or `edge`. */
  readonly evaluation?: Evaluation;
  /** The ID of the merge policy in this sandbox; `findMergePolicies` has its name. */
  readonly mergePolicyId?: string;
  /** The name of the XDM schema, such as `_xdm.context.profile`. */
  readonly schemaName?: string;
  /** `draft`, `published` or `inactive`; absent where a tenant has only the older form of the service. */
  readonly lifecycle?: AudienceLifecycle;
  /** The names of its labels, such as `core/C1`. */
  readonly labels?: string[];
  /** After how many days its data expires. */
  readonly ttlInDays?: number;
  /** Who made it: `REAL_TIME_CUSTOMER_PROFILE` is the Segmentation Service, whose audiences alone can be changed. */
  readonly originName?: string;
  /** When it was created (ISO 8601); absent where the service says nothing that makes sense. */
  readonly created?: string;
  /** When it was last changed (ISO 8601). */
  readonly modified?: string;
  /** The ID of the account that made it. */
  readonly createdBy?: string;
  /** The organisation that it belongs to. */
  readonly orgId?: string;
  /** The sandbox that it belongs to. */
  readonly sandboxName: string;
}

/**
 * Reads an audience of a sandbox by its ID or by its name, so a program needs no ID that differs from sandbox to sandbox. Lookups of
 * one sandbox at the same time share a request for each hundred IDs.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:getAudience`) are as for `getSegment`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const buyers = await cja.getAudience({ name: "Buyers of the last 30 days", sandbox: "dev" });
 *   new cja.SegmentJob("nightly", { segmentIds: [buyers.id], sandbox: "dev" });
 * };
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences
 */
export function getAudience(args: GetAudienceArgs): Promise<GetAudienceResult> {
  return lookup("getAudience", args);
}

/**
 * The same as `getAudience`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * const buyers = cja.getAudienceOutput({ name: "Buyers of the last 30 days" });
 * const nightly = new cja.SegmentJob("nightly", { segmentIds: [buyers.id] });
 * ```
 */
export function getAudienceOutput(args: pulumi.Input<GetAudienceOutputArgs>): pulumi.Output<GetAudienceResult> {
  return lookupOutput("getAudience", args);
}

/** Which audiences: those that match everything given. */
export interface FindAudiencesArgs {
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
  /** A part of the name, in upper or lower case. */
  nameContains?: string | undefined;
  /** Only audiences of this XDM schema, such as `_xdm.context.account`. */
  schemaName?: string | undefined;
  /** Only audiences that are evaluated like this. */
  evaluation?: Evaluation | undefined;
  /** Only audiences in this state. The service lists no inactive ones. */
  lifecycle?: AudienceLifecycle | undefined;
  /** Only audiences that have all of these labels. */
  labels?: string[] | undefined;
  /** The most to return, from 1. Default: all. */
  limit?: number | undefined;
}

/** The same as `FindAudiencesArgs` with values that may be known later. */
export interface FindAudiencesOutputArgs extends OutputArgs<FindAudiencesArgs> {}

/** What was found. */
export interface FindAudiencesResult {
  /** In the order of the service; empty if there are none. */
  readonly audiences: GetAudienceResult[];
}

/**
 * Lists the audiences of a sandbox, whoever made them: a request for each sixty.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:findAudiences`, answering `{ audiences: [] }`) are as for
 * `getSegment`. Finding none is no error.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { audiences } = await cja.findAudiences({ sandbox: "dev", nameContains: "campaign", evaluation: "batch" });
 *   new cja.SegmentJob("campaigns", { segmentIds: audiences.map(({ id }) => id), sandbox: "dev" });
 * };
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences
 */
export function findAudiences(args: FindAudiencesArgs = {}): Promise<FindAudiencesResult> {
  return lookup("findAudiences", args);
}

/**
 * The same as `findAudiences`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const count = cja.findAudiencesOutput({ labels: ["core/C1"] }).audiences.length;
 * ```
 */
export function findAudiencesOutput(
  args: pulumi.Input<FindAudiencesOutputArgs> = {},
): pulumi.Output<FindAudiencesResult> {
  return lookupOutput("findAudiences", args);
}

/** Which merge policies: those that match everything given. */
export interface FindMergePoliciesArgs {
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
  /** A part of the name, in upper or lower case. */
  nameContains?: string | undefined;
  /** Only those of this XDM schema, such as `_xdm.context.profile`. */
  schemaName?: string | undefined;
  /** The most to return, from 1. Default: all. */
  limit?: number | undefined;
}

/** The same as `FindMergePoliciesArgs` with values that may be known later. */
export interface FindMergePoliciesOutputArgs extends OutputArgs<FindMergePoliciesArgs> {}

/** A merge policy of a sandbox. */
export interface MergePolicyResult {
  /** The ID, which is another one in each sandbox. */
  readonly id: string;
  /** The name, which `mergePolicy` of an audience takes. */
  readonly name: string;
  /** The name of the XDM schema that it merges. */
  readonly schemaName?: string;
  /** Whether it is what an audience of this schema has where it names none. */
  readonly default?: boolean;
  /** Whether it serves streaming and edge audiences: one of a sandbox does. */
  readonly activeOnEdge?: boolean;
}

/** What was found. */
export interface FindMergePoliciesResult {
  /** In the order of the service; empty if there are none. */
  readonly mergePolicies: MergePolicyResult[];
}

/**
 * Lists the merge policies of a sandbox, with one request in a program. An audience needs no lookup for its own: its argument
 * `mergePolicy` takes the name.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:findMergePolicies`, answering `{ mergePolicies: [] }`) are as for
 * `getSegment`. Finding none is no error.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { mergePolicies } = await cja.findMergePolicies({ sandbox: "dev" });
 *   return { onEdge: mergePolicies.find(({ activeOnEdge }) => activeOnEdge)?.name };
 * };
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/profile/api/merge-policies
 */
export function findMergePolicies(args: FindMergePoliciesArgs = {}): Promise<FindMergePoliciesResult> {
  return lookup("findMergePolicies", args);
}

/**
 * The same as `findMergePolicies`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const names = cja.findMergePoliciesOutput().mergePolicies.apply((all) => all.map(({ name }) => name));
 * ```
 */
export function findMergePoliciesOutput(
  args: pulumi.Input<FindMergePoliciesOutputArgs> = {},
): pulumi.Output<FindMergePoliciesResult> {
  return lookupOutput("findMergePolicies", args);
}
