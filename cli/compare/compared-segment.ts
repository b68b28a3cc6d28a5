import { sortedBy } from "../../definition/sorted";
import { logicalName } from "../../model/environment/references";
import { TEXT_FIELDS, segmentField, type TextField, type SegmentContent } from "../../model/segment-field-lists";
import { toOneLine } from "../review/report/field-changes";
import { EVERYBODY } from "../review/report/list-changes";
import type { FieldChange, ListEntry } from "../review/report/report";

type PlainContent = Pick<SegmentContent, TextField>;
/** What is secret has a word in its place. */
type PlainValues = { readonly [Name in keyof PlainContent]: PlainContent[Name] | string };

/** A segment on one side of a comparison. */
export interface ComparedSegment extends PlainValues {
  /** What is the same on both sides: a resource's name, or a segment's. */
  readonly key: string;
  readonly id: string;
  readonly definition: unknown;
  /** Absent where this side does not say them: what a stack does not manage is no difference. */
  readonly tags?: readonly string[];
  readonly shares?: readonly ComparedShare[];
  /** What this side manages and keeps secret: it is compared with nothing, and the other side's is not shown either. */
  readonly hides?: readonly ("tags" | "shares")[];
}

/** The plain fields of a segment, none of them left out. */
export const toPlainValues = (values: Readonly<Partial<Record<TextField, unknown>>>): PlainValues =>
  Object.fromEntries(
    TEXT_FIELDS.map((name) => {
      const { absent = "" } = segmentField(name);
      const isOne = [typeof absent, "string"].includes(typeof values[name]);
      return [name, isOne ? values[name] : absent];
    }),
  ) as unknown as PlainValues;

/** With whom a segment is shared, on one side. */
export interface ComparedShare {
  readonly to: string;
  /** The IMS ID, the number, or both; one of each side is enough to be the same. In their place a logical name. */
  readonly ids: readonly string[];
  readonly access?: string;
}

/** One of the two that are compared. */
export interface Side {
  /** `stack:dev`, `dataview:dv_prod`. */
  readonly label: string;
  readonly segments: readonly ComparedSegment[];
}

/** The tags and shares in which two segments differ, as far as both sides say them. */
export function metadataChanges(a: ComparedSegment, b: ComparedSegment): FieldChange[] {
  return [
    ...(a.tags && b.tags ? namesChange("tags", a.tags, b.tags) : []),
    ...(a.shares && b.shares
      ? fieldOf("shares", shareEntries(a.shares, b.shares), a.shares.map(targetText), b.shares.map(targetText))
      : []),
  ];
}

/** The names in which two lists differ. */
export const namesChange = (field: string, a: readonly string[], b: readonly string[]): FieldChange[] =>
  fieldOf(field, tagEntries(a, b), a, b);

const fieldOf = (
  field: string,
  entries: readonly ListEntry[],
  before: readonly string[],
  after: readonly string[],
): FieldChange[] =>
  entries.length === 0
    ? []
    : [{ field, before: toOneLine(before), after: toOneLine(after), list: { managed: "still", entries } }];

function tagEntries(a: readonly string[], b: readonly string[]): ListEntry[] {
  const only = (tags: readonly string[], others: readonly string[], is: ListEntry["is"]) =>
    [...new Set(tags)]
      .filter((tag) => !others.includes(tag))
      .sort()
      .map((text) => ({ is, text }));
  return [...only(b, a, "added"), ...only(a, b, "removed")];
}

function shareEntries(a: readonly ComparedShare[], b: readonly ComparedShare[]): ListEntry[] {
  const { pairs, onlyInA, onlyInB } = pairShares(a, b);
  const entry = (is: ListEntry["is"]) => (share: ComparedShare) => ({ is, text: shareText(share) });
  return [
    ...onlyInB.map(entry("added")),
    ...onlyInA.map(entry("removed")),
    ...pairs.flatMap(([left, right]): ListEntry[] =>
      // A side that does not tell the level leaves it to the service.
      left.access === undefined || right.access === undefined || left.access === right.access
        ? []
        : [{ is: "changed", text: `${targetText(left)}: access ${left.access} → ${right.access}` }],
    ),
  ];
}

/** Those who are surely the same belong together first, then those of whom each side has another kind of ID. */
function pairShares(a: readonly ComparedShare[], b: readonly ComparedShare[]) {
  const onlyInB = sortShares(b);
  const pairs: (readonly [ComparedShare, ComparedShare])[] = [];
  const onlyInA = [isSame, isPossiblySame].reduce(
    (open, fits) =>
      open.filter((share) => {
        const index = onlyInB.findIndex((other) => fits(share, other));
        const [other] = index < 0 ? [] : onlyInB.splice(index, 1);
        if (other) pairs.push([share, other]);
        return !other;
      }),
    sortShares(a),
  );
  return { pairs, onlyInA, onlyInB };
}

const isSame = (a: ComparedShare, b: ComparedShare): boolean =>
  a.to === b.to && (a.to === "all" || a.ids.some((id) => b.ids.includes(id)));

/** An IMS ID and a number cannot be compared: a program may have the one and the service tell the other. */
const isPossiblySame = (a: ComparedShare, b: ComparedShare): boolean =>
  a.to === b.to && !a.ids.some((id) => b.ids.some((other) => isComparable(id, other)));

const isComparable = (id: string, other: string): boolean =>
  isNumber(id) === isNumber(other) || [id, other].some((one) => logicalName(one) !== undefined);

const isNumber = (id: string): boolean => /^\d+$/.test(id);

const sortShares = (shares: readonly ComparedShare[]): ComparedShare[] => sortedBy(shares, targetText);

const targetText = ({ to, ids }: ComparedShare): string =>
  to === "all" ? EVERYBODY : [to, ...ids.slice(0, 1)].join(" ");

const shareText = (share: ComparedShare): string =>
  share.access === undefined ? targetText(share) : `${targetText(share)} (access ${share.access})`;
