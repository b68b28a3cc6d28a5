import { z } from "zod";
import { id, nonBlank, oneOf, text, trimmed } from "./argument-types";
import type { Field } from "./fields";
import { SHARE_KINDS, type ShareInputs } from "./tags-and-shares";
import { DELETION_POLICIES, type DeletionPolicy } from "./deletion-policy";
import { LOCALES, type Locale } from "./locale";

export interface Owner {
  readonly id: string;
  readonly name?: string;
  readonly login?: string;
}

export interface Compatibility {
  readonly valid?: boolean;
  readonly message?: string;
  readonly supportedProducts?: readonly string[];
}

/** Something that would lose a segment that it uses: a project, another segment, an audience. */
export interface Use {
  /** The service's word for it: `project`, `segment`. */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}

/** What the fields of a segment hold. Each has a row in the table below, which says what is done with it. */
export interface SegmentValues {
  readonly name: string;
  readonly description: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  readonly locale: Locale;
  readonly adoptId: string;
  /** The names of its tags. */
  readonly tags: readonly string[];
  readonly shares: readonly ShareInputs[];
  readonly deletionPolicy: DeletionPolicy;
  readonly orgId: string;
  readonly dataViewName: string;
  readonly owner: Owner;
  readonly compatibility: Compatibility;
  readonly created: string;
  readonly modified: string;
  /** The ID of whoever changed it last: the reference's dialect tells it. */
  readonly modifiedBy: string;
  /** What uses it, where it was asked for and the service tells it. */
  readonly usedIn: readonly Use[];
  /** A deleted segment stays readable by its ID (segments guide, "Delete a segment"). */
  readonly deleted: boolean;
}

/** A row of the table: the names on the wire are the guide's first, and the reference's last. */
export interface SegmentField<T> extends Field<T> {
  /** Which dialects answer it only if they are asked. `extra`: both, and it is asked for only where it is needed. */
  readonly requestedIn?: "both" | "reference" | "extra";
}

const NAME = "a string that is not empty";
const TAG = "a tag's name, not empty and without spaces at its ends";
const SHARE = '{ to: "group", id: "…" }';
const share = z.looseObject(
  {
    to: oneOf(SHARE_KINDS),
    id: id("the ID of a user or a group", "the ID of a user or a group as a string, in quotes").nullish(),
    access: text("the name of an access level")
      .min(1, { error: "found {found}, expected the name of an access level" })
      .nullish(),
  },
  { error: `found {found}, expected a share, such as ${SHARE}` },
);

/**
 * The fields of a segment, in the order in which they are shown and exported. What handles segments is made from this, by the lists of
 * segment-field-lists.ts: arguments, requests, answers, state, differences, reviews, exports, comparisons.
 */
export const SEGMENT_TABLE = {
  name: {
    kind: "body",
    argument: nonBlank(NAME),
    required: true,
    names: ["name"],
    answer: z.string(),
    requestedIn: "reference",
    shown: "heading",
  },
  description: {
    kind: "body",
    argument: text("a string"),
    absent: "",
    names: ["description"],
    answer: z.string(),
    requestedIn: "reference",
    shown: "line",
  },
  dataViewId: {
    kind: "body",
    argument: id('the ID of a data view, such as "dv_66f1c0"'),
    required: true,
    replaces: true,
    names: ["rsid", "dataId"],
    answer: z.string(),
    requestedIn: "reference",
    shown: "heading",
  },
  definition: {
    kind: "body",
    // What it has to be, definition/parse finds out.
    argument: z.unknown().optional(),
    required: true,
    names: ["definition"],
    answer: z.looseObject({}),
    requestedIn: "both",
  },
  locale: { kind: "option", argument: oneOf(LOCALES) },
  adoptId: { kind: "option", argument: id("the ID of an existing segment") },
  tags: {
    kind: "metadata",
    argument: z.array(trimmed(TAG), { error: "found {found}, expected a list of names" }),
    names: ["tags"],
    requestedIn: "extra",
  },
  shares: {
    kind: "metadata",
    argument: z.array(share, { error: `found {found}, expected a list of shares, such as [${SHARE}]` }),
  },
  deletionPolicy: { kind: "policy", argument: oneOf(DELETION_POLICIES), absent: "delete", shown: "line" },
  orgId: { kind: "output" },
  dataViewName: {
    kind: "output",
    names: ["reportSuiteName", "dataName"],
    answer: z.string(),
    requestedIn: "reference",
  },
  owner: { kind: "output", names: ["owner"], requestedIn: "reference" },
  compatibility: { kind: "output", names: ["compatibility"], requestedIn: "both" },
  created: {
    kind: "output",
    names: ["created", "createDate", "createdDate"],
    answer: z.string(),
    requestedIn: "reference",
  },
  modified: { kind: "output", names: ["modified"], answer: z.string(), requestedIn: "both" },
  modifiedBy: { kind: "reviewOnly", names: ["modifiedById"] },
  usedIn: { kind: "internal", names: ["usedIn"], requestedIn: "extra" },
  deleted: { kind: "internal", names: ["isDeleted"], answer: z.boolean(), requestedIn: "reference" },
} as const satisfies { readonly [Name in keyof SegmentValues]: SegmentField<SegmentValues[Name]> };
