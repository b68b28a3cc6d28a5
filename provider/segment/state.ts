import { hash } from "../../definition/hash";
import type { DeletionPolicy, SegmentInputs, ShareInputs } from "../../model";
import type { Compatibility, Owner, Segment, SegmentContent } from "./segment";
import { present } from "../http/wire-field";
import type { Values } from "../lifecycle";

/** What the engine keeps of a segment: the outputs of the resource. Old state must be readable for ever, so all of it may be absent. */
export interface SegmentState {
  readonly name: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  readonly description?: string;
  readonly orgId?: string;
  readonly dataViewName?: string;
  readonly owner?: Owner;
  readonly compatibility?: Compatibility;
  readonly created?: string;
  readonly modified?: string;
  /** The review names who edited it. */
  readonly modifiedBy?: string;
  /** Of the definition that the service answered to our own last write: it may rewrite what it is given. */
  readonly definitionDigest?: string;
  /** What the program manages; what it does not, is not kept. */
  readonly tags?: readonly string[];
  readonly shares?: readonly ShareInputs[];
  readonly deletionPolicy?: DeletionPolicy;
  /** By which the records of who has which segment know this resource again. */
  readonly holderId?: string;
}

/** Arguments that passed the check: an absent one and `null` are the same to a program. */
export function inputsOf(values: Values): SegmentInputs {
  const { shares } = values;
  const given = Array.isArray(shares) ? { ...values, shares: shares.map(withoutNulls) } : values;
  return withoutNulls(given) as SegmentInputs;
}

function withoutNulls(values: unknown): unknown {
  if (typeof values !== "object" || values === null) return values;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

/** @returns undefined when there is nothing but an ID: a read through the `id` option. */
export function stateOf(values: Values): SegmentState | undefined {
  return typeof values["name"] === "string" ? (values as unknown as SegmentState) : undefined;
}

export const digest = (definition: unknown): string => hash(definition).slice(0, 16);

/** The state after a write: the program's own words, and what the service said beside them. */
export function written(
  inputs: SegmentInputs,
  segment: Segment,
  orgId: string,
  holderId: string | undefined,
): SegmentState {
  return present<SegmentState>({
    name: inputs.name,
    dataViewId: inputs.dataViewId,
    definition: inputs.definition,
    description: inputs.description,
    definitionDigest: segment.definition === undefined ? undefined : digest(segment.definition),
    ...described(segment, orgId),
    ...managed(inputs),
    holderId,
  });
}

/** The state where nothing of the segment itself was written. */
export const unwritten = (state: SegmentState, inputs: SegmentInputs, holderId: string | undefined): SegmentState =>
  present<SegmentState>({ ...state, ...managed(inputs), holderId });

const managed = ({ tags, shares, deletionPolicy }: SegmentInputs) => ({ tags, shares, deletionPolicy });

/** What only the service says. */
export const described = (segment: Segment, orgId: string) => ({
  orgId,
  dataViewName: segment.dataViewName,
  owner: segment.owner,
  compatibility: segment.compatibility,
  created: segment.created,
  modified: segment.modified,
  modifiedBy: segment.modifiedBy,
});

export const contentOf = ({ name, description, dataViewId, definition }: SegmentInputs): SegmentContent => ({
  name,
  dataViewId,
  definition,
  ...(description === undefined ? {} : { description }),
});
