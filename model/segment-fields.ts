import { z } from "zod";
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

/** What is done with a field that holds a `T`. */
export interface Field<T> {
  /**
   * - `body`: the program says it, the body of a write has it, a refresh compares it, export and comparison have it.
   * - `metadata`: the program says it, and requests of its own write it (provider/segment/tags-and-shares.ts).
   * - `policy`: the program says it, state keeps it, the service knows nothing of it.
   * - `option`: the program says how a segment is made; it is kept nowhere.
   * - `output`: the service says it, and the resource has it as an output.
   * - `reviewOnly`: the service says it, and state has it for reviews: of the last answer alone, and no output.
   * - `internal`: the service says it, and only the provider needs it.
   */
  readonly kind: "body" | "metadata" | "policy" | "option" | "output" | "reviewOnly" | "internal";
  /** What it has to be as an argument. */
  readonly argument?: z.ZodType;
  readonly required?: true;
  /** The value that leaving it out means: one that the program no longer says is set to this. */
  readonly absent?: T;
  /** Another value makes another segment. */
  readonly replaces?: true;
  /** Its names in requests and answers: the guide's first, the reference's last. An answer is read by whichever is there. */
  readonly names?: readonly [string, ...string[]];
  /** What it is in an answer. Where only a shape of its own can tell, provider/segment/answers.ts has it. */
  readonly answer?: z.ZodType<T>;
  /** Which dialects answer it only if they are asked. `extra`: both, and it is asked for only where it is needed. */
  readonly requestedIn?: "both" | "reference" | "extra";
  /** How a review shows it: in what it calls the segment, or on a line of its own. What has neither is shown in its own way. */
  readonly shown?: "heading" | "line";
}

const text = (what: string) => z.string({ error: `found {found}, expected ${what}` });

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
const id = (what: string, asText = what) => {
  const error = `found {found}, expected ${what}, without spaces, commas or slashes`;
  return text(asText).regex(/^(?!\.{1,2}$)[^\s,/?#%]+$/, { error });
};

const NAME = "a string that is not empty";
const TAG = "a tag's name, not empty and without spaces at its ends";
const SHARE = '{ to: "group", id: "…" }';
const oneOf = <T extends string>(values: readonly T[]) =>
  z.enum(values, { error: `found {found}, expected one of ${values.join(", ")}` });

const tag = text(TAG).refine((name) => name !== "" && name.trim() === name, {
  error: `found {found}, expected ${TAG}`,
});
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
    argument: text(NAME).refine((name) => name.trim() !== "", { error: `found {found}, expected ${NAME}` }),
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
    argument: z.array(tag, { error: "found {found}, expected a list of names" }),
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
} as const satisfies { readonly [Name in keyof SegmentValues]: Field<SegmentValues[Name]> };
