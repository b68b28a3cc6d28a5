import { hash } from "../../definition/hash";
import type { SegmentInputs } from "../../model";
import { omit, pick } from "../../model/fields";
import {
  BODY_FIELDS,
  STATE_ARGUMENTS,
  SERVICE_FIELDS,
  type StateArgument,
  type SegmentContent,
  type ServiceField,
} from "../../model/segment-field-lists";
import type { SegmentValues } from "../../model/segment-fields";
import type { Segment } from "./segment";
import { withoutUndefined } from "../http/answer-fields";
import type { Values } from "../lifecycle";

/**
 * What the engine keeps of a segment: the outputs of the resource. Old state must be readable for ever, so all of it may be absent.
 * Of tags and shares, what the program does not manage is not kept.
 */
export interface SegmentState extends SegmentContent, Partial<Pick<SegmentValues, StateArgument | ServiceField>> {
  /** Of the definition that the service answered to our own last write: it may rewrite what it is given. */
  readonly definitionDigest?: string;
  /** By which the records of who has which segment know this resource again. */
  readonly holderId?: string;
}

/** @returns undefined when there is nothing but an ID: a read through the `id` option. */
export function parseState(values: Values): SegmentState | undefined {
  return typeof values["name"] === "string" ? (values as unknown as SegmentState) : undefined;
}

export const digest = (definition: unknown): string => hash(definition).slice(0, 16);

/** The state after a write: the program's own words, and what the service said beside them. */
export function stateAfterWrite(
  inputs: SegmentInputs,
  segment: Segment,
  orgId: string,
  holderId: string | undefined,
): SegmentState {
  return withoutUndefined<SegmentState>({
    ...pick(inputs, BODY_FIELDS),
    definitionDigest: segment.definition === undefined ? undefined : digest(segment.definition),
    ...serviceFields(segment, orgId),
    ...pick(inputs, STATE_ARGUMENTS),
    holderId,
  });
}

/** The state where nothing of the segment itself was written. */
export function stateWithoutWrite(
  state: SegmentState,
  inputs: SegmentInputs,
  holderId: string | undefined,
): SegmentState {
  const keptState = omit(state, STATE_ARGUMENTS);
  return withoutUndefined<SegmentState>({ ...keptState, ...pick(inputs, STATE_ARGUMENTS), holderId });
}

/** What only the service says. */
export const serviceFields = (segment: Segment, orgId: string) => pick({ ...segment, orgId }, SERVICE_FIELDS);
