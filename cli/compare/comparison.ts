import { isSameMeaning } from "../../definition/equal";
import { sortedBy } from "../../definition/sorted";
import { TEXT_FIELDS, isSameValue } from "../../model/segment-field-lists";
import { definitionReview, keptDefinition } from "../review/report/definition-review";
import { hideIfOtherIsSecret, fieldChanges } from "../review/report/field-changes";
import type { DefinitionReview, FieldChange } from "../review/report/report";
import { metadataChanges, toPlainValues, type ComparedSegment, type Side } from "./compared-segment";

/** A segment that both sides have, and that is not the same in both. */
export interface Difference {
  readonly a: ComparedSegment;
  readonly b: ComparedSegment;
  readonly fields: readonly FieldChange[];
  readonly definition: DefinitionReview | undefined;
}

export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly onlyInA: readonly ComparedSegment[];
  readonly onlyInB: readonly ComparedSegment[];
  readonly different: readonly Difference[];
  /** How many are the same. */
  readonly same: number;
}

/** @param ignoreDataView where the two sides are data views, or have no logical names for them */
export interface CompareOptions {
  readonly ignoreDataView: boolean;
}

/** Compares by meaning what has the same key on both sides. */
export function compare(a: Side, b: Side, { ignoreDataView }: CompareOptions): Comparison {
  const pairs = pairSegments(a.segments, b.segments);
  const names = ignoreDataView ? FIELDS_WITHOUT_DATA_VIEW : TEXT_FIELDS;
  const differences = pairs.pairs.map(([one, other]): Difference => {
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
  });
  const different = differences.filter(({ fields, definition }) => fields.length > 0 || definition !== undefined);
  return {
    a: a.label,
    b: b.label,
    onlyInA: pairs.onlyInA,
    onlyInB: pairs.onlyInB,
    different,
    same: differences.length - different.length,
  };
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

interface Pairs {
  readonly pairs: readonly (readonly [ComparedSegment, ComparedSegment])[];
  readonly onlyInA: readonly ComparedSegment[];
  readonly onlyInB: readonly ComparedSegment[];
}

/** Where several have one key, those that are the same belong together, and the others in order. */
function pairSegments(a: readonly ComparedSegment[], b: readonly ComparedSegment[]): Pairs {
  const rest = new Map<string, ComparedSegment[]>();
  for (const segment of sortSegments(b)) rest.set(segment.key, [...(rest.get(segment.key) ?? []), segment]);
  const take = (segment: ComparedSegment, fits: (other: ComparedSegment) => boolean) => {
    const candidates = rest.get(segment.key) ?? [];
    const index = candidates.findIndex(fits);
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
  const ordered = sortSegments(a);
  const exactMatches = new Map<ComparedSegment, ComparedSegment>();
  for (const fits of [isExactMatch, hasSameContent, () => true])
    for (const segment of ordered) {
      const other = exactMatches.has(segment) ? undefined : take(segment, (candidate) => fits(segment, candidate));
      if (other) exactMatches.set(segment, other);
    }
  const pairs = ordered.flatMap((segment) => {
    const other = exactMatches.get(segment);
    return other ? [[segment, other] as const] : [];
  });
  const onlyInA = ordered.filter((segment) => !exactMatches.has(segment));
  return { pairs, onlyInA, onlyInB: sortSegments([...rest.values()].flat()) };
}

const isExactMatch = (a: ComparedSegment, b: ComparedSegment): boolean =>
  hasSameContent(a, b) && metadataChanges(a, b).length === 0;

const hasSameContent = (a: ComparedSegment, b: ComparedSegment): boolean =>
  FIELDS_WITHOUT_DATA_VIEW.every((field) => isSameValue(field, a[field], b[field])) &&
  isSameMeaning(a.definition, b.definition);

const FIELDS_WITHOUT_DATA_VIEW = TEXT_FIELDS.filter((field) => field !== "dataViewId");

const sortSegments = (segments: readonly ComparedSegment[]): ComparedSegment[] =>
  sortedBy(segments, ({ key, id }) => [key, id]);
