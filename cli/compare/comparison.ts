import { isSameMeaning } from "../../definition/equal";
import { sortedBy } from "../../definition/sorted";
import { TEXT_FIELDS, isSameValue } from "../../model/segment-field-lists";
import { definitionReview, keptDefinition } from "../review/report/definition-review";
import { hideIfOtherIsSecret, fieldChanges } from "../review/report/field-changes";
import type { DefinitionReview, ExpressionReview, FieldChange } from "../review/report/report";
import { metadataChanges, toPlainValues, type ComparedSegment, type Side } from "./compared-segment";

/** Something on one side of a comparison. */
export interface Compared {
  /** What is the same on both sides: a resource's name, or a name at Adobe. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
}

/** What both sides have, and what is not the same in both. */
export interface Difference<T extends Compared = ComparedSegment> {
  readonly a: T;
  readonly b: T;
  readonly fields: readonly FieldChange[];
  /** The definition of a segment, or the expression of an audience. */
  readonly definition: DefinitionReview | ExpressionReview | undefined;
}

export interface Comparison<T extends Compared = ComparedSegment> {
  readonly a: string;
  readonly b: string;
  readonly onlyInA: readonly T[];
  readonly onlyInB: readonly T[];
  readonly different: readonly Difference<T>[];
  /** How many are the same. */
  readonly same: number;
  /** What is not compared, and why. */
  readonly leftOut?: readonly string[];
}

/** How two of a kind are compared. */
export interface Comparing<T extends Compared> {
  /** Where several have one key, which belong together: the closest first. */
  readonly closeness: readonly ((a: T, b: T) => boolean)[];
  readonly differenceOf: (a: T, b: T) => Difference<T>;
}

/** Everything of a kind on one side. */
interface All<T> {
  readonly label: string;
  readonly all: readonly T[];
}

/** Compares what has the same key on both sides. */
export function compareAll<T extends Compared>(
  a: All<T>,
  b: All<T>,
  { closeness, differenceOf }: Comparing<T>,
): Comparison<T> {
  const { pairs, onlyInA, onlyInB } = pairUp(a.all, b.all, closeness);
  const differences = pairs.map(([one, other]) => differenceOf(one, other));
  const different = differences.filter(({ fields, definition }) => fields.length > 0 || definition !== undefined);
  return { a: a.label, b: b.label, onlyInA, onlyInB, different, same: differences.length - different.length };
}

/** @param ignoreDataView where the two sides are data views, or have no logical names for them */
export interface CompareOptions {
  readonly ignoreDataView: boolean;
}

/** Compares the segments of two sides by meaning. */
export function compare(a: Side, b: Side, { ignoreDataView }: CompareOptions): Comparison {
  const names = ignoreDataView ? FIELDS_WITHOUT_DATA_VIEW : TEXT_FIELDS;
  const differenceOf = (one: ComparedSegment, other: ComparedSegment): Difference => {
    const [left, right] = [withoutSecretsOfOther(one, other), withoutSecretsOfOther(other, one)];
    return {
      a: left,
      b: right,
      fields: [...fieldChanges(names, { ...left }, { ...right }), ...metadataChanges(left, right)],
      definition:
        definitionReview(left.definition, right.definition, {}) ??
        (left.definition === one.definition && right.definition === other.definition
          ? undefined
          : secretDefinitionReview(left)),
    };
  };
  return compareAll(
    { label: a.label, all: a.segments },
    { label: b.label, all: b.segments },
    { closeness: [isExactMatch, hasSameContent], differenceOf },
  );
}

/** A segment without what the other side keeps secret: most of the time it is the same text. */
function withoutSecretsOfOther({ tags, shares, ...segment }: ComparedSegment, other: ComparedSegment): ComparedSegment {
  const plain = toPlainValues(
    Object.fromEntries(TEXT_FIELDS.map((field) => [field, hideIfOtherIsSecret(segment[field], other[field])])),
  );
  return {
    ...segment,
    // Of a data view, the name is the key.
    ...(segment.key === segment.name && { key: plain.name }),
    ...plain,
    definition: hideIfOtherIsSecret(segment.definition, other.definition),
    ...(tags && !other.hides?.includes("tags") && { tags }),
    ...(shares && !other.hides?.includes("shares") && { shares }),
  };
}

/** Two definitions that are the same but for a value that one side keeps secret. */
const secretDefinitionReview = ({ definition }: ComparedSegment): DefinitionReview => ({
  lines: [...keptDefinition(definition, {}).lines, { is: "added", text: "A secret value in it is not compared" }],
  changes: [],
  before: definition,
  after: definition,
});

interface Pairs<T> {
  readonly pairs: readonly (readonly [T, T])[];
  readonly onlyInA: readonly T[];
  readonly onlyInB: readonly T[];
}

/** Where several have one key, those that are close belong together, and the others in order. */
function pairUp<T extends Compared>(
  a: readonly T[],
  b: readonly T[],
  closeness: readonly ((a: T, b: T) => boolean)[],
): Pairs<T> {
  const rest = new Map<string, T[]>();
  for (const one of inOrder(b)) rest.set(one.key, [...(rest.get(one.key) ?? []), one]);
  const take = (one: T, fits: (other: T) => boolean) => {
    const candidates = rest.get(one.key) ?? [];
    const index = candidates.findIndex(fits);
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
  const ordered = inOrder(a);
  const matches = new Map<T, T>();
  for (const fits of [...closeness, () => true])
    for (const one of ordered) {
      const other = matches.has(one) ? undefined : take(one, (candidate) => fits(one, candidate));
      if (other) matches.set(one, other);
    }
  const pairs = ordered.flatMap((one) => {
    const other = matches.get(one);
    return other ? [[one, other] as const] : [];
  });
  const onlyInA = ordered.filter((one) => !matches.has(one));
  return { pairs, onlyInA, onlyInB: inOrder([...rest.values()].flat()) };
}

const isExactMatch = (a: ComparedSegment, b: ComparedSegment): boolean =>
  hasSameContent(a, b) && metadataChanges(a, b).length === 0;

const hasSameContent = (a: ComparedSegment, b: ComparedSegment): boolean =>
  FIELDS_WITHOUT_DATA_VIEW.every((field) => isSameValue(field, a[field], b[field])) &&
  isSameMeaning(a.definition, b.definition);

const FIELDS_WITHOUT_DATA_VIEW = TEXT_FIELDS.filter((field) => field !== "dataViewId");

const inOrder = <T extends Compared>(all: readonly T[]): T[] => sortedBy(all, ({ key, id }) => [key, id]);
