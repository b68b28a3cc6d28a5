import { hash } from "../../definition/hash";
import type { SegmentInputs } from "../../model";
import { pick, BODY_FIELDS, segmentField, type BodyField, type SegmentContent } from "../../model/segment-lists";
import type { Values } from "../lifecycle";

/** What a program wants of a segment. An operation reads it once, and passes it on: a definition may be long, and is hashed once. */
export class Desired {
  readonly content: SegmentContent;
  private contentKey: string | undefined;
  private definitionHash: string | undefined;

  constructor(readonly inputs: SegmentInputs) {
    this.content = pick(inputs, BODY_FIELDS);
  }

  /** @param values arguments that passed the check */
  static in(values: Values): Desired {
    return new Desired(inputsOf(values));
  }

  /** What is made, by content: two that want the same have the same key. */
  get key(): string {
    return (this.contentKey ??= keyOf(this.content));
  }

  /** Definitions that mean the same have the same. */
  get meaning(): string {
    return (this.definitionHash ??= hash(this.content.definition));
  }
}

function keyOf({ name, description = "", dataViewId, definition, ...others }: SegmentContent): string {
  // What earlier versions did not know counts only where it says something, so that what they were killed at is found.
  const later = Object.entries(others).filter(([field, value]) => value !== segmentField(field as BodyField).absent);
  return `segment ${hash([name, description, dataViewId, definition, ...later])}`;
}

/** An absent one and `null` are the same to a program. */
function inputsOf(values: Values): SegmentInputs {
  const { shares } = values;
  const given = Array.isArray(shares) ? { ...values, shares: shares.map(withoutNulls) } : values;
  return withoutNulls(given) as SegmentInputs;
}

function withoutNulls(values: unknown): unknown {
  if (typeof values !== "object" || values === null) return values;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
