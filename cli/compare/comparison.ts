import { sortedBy } from "../../definition/sorted";
import { PLAIN_FIELDS, isSameValue } from "../../model/segment-lists";
import { definitionReview, keptDefinition } from "../review/report/definition-review";
import { besideSecret, fieldChanges, sameMeaning } from "../review/report/field-changes";
import type { DefinitionReview, FieldChange } from "../review/report/report";
import { metadataChanges, plainValues, type ComparedSegment, type Side } from "./compared-segment";

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
  const pairs = pairsOf(a.segments, b.segments);
  const names = ignoreDataView ? BESIDE_DATA_VIEW : PLAIN_FIELDS;
  const differences = pairs.both.map(([one, other]): Difference => {
    const [left, right] = [besideOther(one, other), besideOther(other, one)];
    return {
      a: left,
      b: right,
      fields: [...fieldChanges(names, { ...left }, { ...right }), ...metadataChanges(left, right)],
      definition:
        definitionReview(left.definition, right.definition, {}) ??
        (left.definition === one.definition && right.definition === other.definition ? undefined : uncompared(left)),
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
function besideOther({ tags, shares, ...segment }: ComparedSegment, other: ComparedSegment): ComparedSegment {
  const plain = plainValues(
    Object.fromEntries(PLAIN_FIELDS.map((field) => [field, besideSecret(segment[field], other[field])])),
  );
  return {
    ...segment,
    // Of a data view, the name is the key.
    ...(segment.key === segment.name && { key: plain.name }),
    ...plain,
    definition: besideSecret(segment.definition, other.definition),
    ...(tags && !other.hides?.includes("tags") && { tags }),
    ...(shares && !other.hides?.includes("shares") && { shares }),
  };
}

/** Two definitions that are the same but for a value that one side keeps secret. */
const uncompared = ({ definition }: ComparedSegment): DefinitionReview => ({
  lines: [...keptDefinition(definition, {}).lines, { is: "added", text: "A secret value in it is not compared" }],
  changes: [],
  before: definition,
  after: definition,
});

interface Pairs {
  readonly both: readonly (readonly [ComparedSegment, ComparedSegment])[];
  readonly onlyInA: readonly ComparedSegment[];
  readonly onlyInB: readonly ComparedSegment[];
}

/** Where several have one key, those that are the same belong together, and the others in order. */
function pairsOf(a: readonly ComparedSegment[], b: readonly ComparedSegment[]): Pairs {
  const rest = new Map<string, ComparedSegment[]>();
  for (const segment of inOrder(b)) rest.set(segment.key, [...(rest.get(segment.key) ?? []), segment]);
  const take = (segment: ComparedSegment, fits: (other: ComparedSegment) => boolean) => {
    const candidates = rest.get(segment.key) ?? [];
    const index = candidates.findIndex(fits);
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
  const ordered = inOrder(a);
  const twins = new Map<ComparedSegment, ComparedSegment>();
  for (const fits of [isTwin, hasSameContent, () => true])
    for (const segment of ordered) {
      const other = twins.has(segment) ? undefined : take(segment, (candidate) => fits(segment, candidate));
      if (other) twins.set(segment, other);
    }
  const both = ordered.flatMap((segment) => {
    const other = twins.get(segment);
    return other ? [[segment, other] as const] : [];
  });
  const onlyInA = ordered.filter((segment) => !twins.has(segment));
  return { both, onlyInA, onlyInB: inOrder([...rest.values()].flat()) };
}

const isTwin = (a: ComparedSegment, b: ComparedSegment): boolean =>
  hasSameContent(a, b) && metadataChanges(a, b).length === 0;

const hasSameContent = (a: ComparedSegment, b: ComparedSegment): boolean =>
  BESIDE_DATA_VIEW.every((field) => isSameValue(field, a[field], b[field])) && sameMeaning(a.definition, b.definition);

const BESIDE_DATA_VIEW = PLAIN_FIELDS.filter((field) => field !== "dataViewId");

const inOrder = (segments: readonly ComparedSegment[]): ComparedSegment[] =>
  sortedBy(segments, ({ key, id }) => [key, id]);
