import { hash } from "../../definition/hash";
import { isObject, withoutNullish } from "../../definition/json/value";
import type { SegmentInputs } from "../../model";
import { pick } from "../../model/fields";
import { BODY_FIELDS, segmentField, type BodyField, type SegmentContent } from "../../model/segment-field-lists";
import type { Values } from "../lifecycle";

/** What a program wants of a segment. An operation reads it once, and passes it on: a definition may be long, and is hashed once. */
export class DesiredSegment {
  readonly content: SegmentContent;
  private cachedKey: string | undefined;
  private cachedDefinitionHash: string | undefined;

  constructor(readonly inputs: SegmentInputs) {
    this.content = pick(inputs, BODY_FIELDS);
  }

  /** @param values arguments that passed the check */
  static fromValues(values: Values): DesiredSegment {
    return new DesiredSegment(inputsOf(values));
  }

  /** What is made, by content: two that want the same have the same key. */
  get key(): string {
    return (this.cachedKey ??= contentKey(this.content));
  }

  /** Definitions that mean the same have the same. */
  get definitionHash(): string {
    return (this.cachedDefinitionHash ??= hash(this.content.definition));
  }
}

function contentKey({ name, description = "", dataViewId, definition, ...otherFields }: SegmentContent): string {
  // What earlier versions did not know counts only where it says something, so that what they were killed at is found.
  const laterFields = Object.entries(otherFields).filter(
    ([field, value]) => value !== segmentField(field as BodyField).absent,
  );
  return `segment ${hash([name, description, dataViewId, definition, ...laterFields])}`;
}

function inputsOf(values: Values): SegmentInputs {
  const { shares } = values;
  const withPlainShares = Array.isArray(shares)
    ? { ...values, shares: shares.map((one: unknown) => (isObject(one) ? withoutNullish(one) : one)) }
    : values;
  return withoutNullish(withPlainShares) as unknown as SegmentInputs;
}
