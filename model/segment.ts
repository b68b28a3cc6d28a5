import { z } from "zod";
import { exactNumbers } from "../definition/exact-numbers";
import { beyondGuardrails } from "../definition/guardrails";
import { parse } from "../definition/parse/parse";
import { toJson } from "../definition/to-json";
import { argumentMistakes } from "./argument-mistakes";
import type { IsUnknown } from "./is-unknown";
import type { Mistake } from "./mistake";
import { metadataMistakes, SHARE_KINDS, type ShareInputs } from "./component-metadata";
import { DELETION_POLICIES, type DeletionPolicy } from "./deletion-policy";
import { show } from "./show";

/** The locales of the segments guide, "Request parameters". */
export const LOCALES = ["en_US", "fr_FR", "ja_JP", "de_DE", "es_ES", "ko_KR", "pt_BR", "zh_CN", "zh_TW"] as const;
export type Locale = (typeof LOCALES)[number];

/** The arguments of a segment, all values known. */
export interface SegmentInputs {
  readonly name: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  readonly description?: string;
  readonly locale?: Locale;
  readonly adoptId?: string;
  readonly tags?: readonly string[];
  readonly shares?: readonly ShareInputs[];
  readonly deletionPolicy?: DeletionPolicy;
}

const text = (what: string) => z.string({ error: `found {found}, expected ${what}` });

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
const id = (what: string, asText = what) => {
  const error = `found {found}, expected ${what}, without blanks, commas or slashes`;
  return text(asText).regex(/^(?!\.{1,2}$)[^\s,/?#%]+$/, { error });
};

const NAME = "a text that is not empty";

const TAG = "a tag's name, not empty and without blanks at its ends";
const SHARE = '{ to: "group", id: "…" }';
const share = z.looseObject(
  {
    to: z.enum(SHARE_KINDS, { error: `found {found}, expected one of ${SHARE_KINDS.join(", ")}` }),
    id: id("the ID of a user or a group", "the ID of a user or a group as a text, in quotes").nullish(),
    access: text("the name of an access level")
      .min(1, { error: "found {found}, expected the name of an access level" })
      .nullish(),
  },
  { error: `found {found}, expected a share, such as ${SHARE}` },
);

const schema = z.strictObject({
  name: text(NAME).refine((name) => name.trim() !== "", { error: `found {found}, expected ${NAME}` }),
  dataViewId: id('the ID of a data view, such as "dv_66f1c0"'),
  definition: z.unknown().optional(),
  description: text("a text").nullish(),
  locale: z.enum(LOCALES, { error: `found {found}, expected one of ${LOCALES.join(", ")}` }).nullish(),
  adoptId: id("the ID of an existing segment").nullish(),
  tags: z
    .array(
      text(TAG).refine((name) => name !== "" && name.trim() === name, { error: `found {found}, expected ${TAG}` }),
      {
        error: "found {found}, expected a list of names",
      },
    )
    .nullish(),
  shares: z.array(share, { error: `found {found}, expected a list of shares, such as [${SHARE}]` }).nullish(),
  deletionPolicy: z
    .enum(DELETION_POLICIES, { error: `found {found}, expected one of ${DELETION_POLICIES.join(", ")}` })
    .nullish(),
});

/** The arguments that a segment has. */
export const SEGMENT_ARGUMENTS = Object.keys(schema.shape);

/**
 * Every authoring mistake in a segment's arguments; empty when there is none. Sends nothing.
 *
 * @param given the arguments as the program gave them, without `__provider`; in plain JavaScript that may be anything.
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 * @example segmentMistakes({ name: "Mobile", dataViewId: "dv_prod", defintion: rule }, () => false)
 *   // [{ path: "defintion", message: 'there is no such argument; did you mean "definition"?' }]
 */
export function segmentMistakes(given: unknown, isUnknown: IsUnknown): Mistake[] {
  const example = "such as { name: …, dataViewId: …, definition: … }";
  const more = ({ definition, tags, shares }: Readonly<Record<string, unknown>>) => [
    ...definitionMistakes(definition, isUnknown),
    ...metadataMistakes(tags, shares, isUnknown),
  ];
  return argumentMistakes({ schema, example, more }, given, isUnknown);
}

function definitionMistakes(definition: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(definition)) return [];
  if (definition === undefined || definition === null) {
    const message = `found ${show(definition)}, expected a segment definition: {"func": "segment", "version": [1, 0, 0], "container": …}`;
    return [{ path: "definition", message }];
  }
  const numbers = exactNumbers(definition).map(({ path, message }) => ({
    path,
    message: `found ${message}, which JavaScript would round; write a smaller number or, if it is an ID, compare it as a text ("streq")`,
  }));
  return [...parse(definition, { isUnknown }).errors, ...numbers].map(inDefinition);
}

/** What is odd in a definition without mistakes: what Adobe's validation has to judge, and what is beyond Adobe's limits. */
export function definitionDoubts(definition: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(definition)) return [];
  return [...parse(definition, { isUnknown }).warnings, ...beyondGuardrails(toJson(definition))].map(inDefinition);
}

const inDefinition = ({ path, message }: Mistake): Mistake => ({
  path: path === "" || path.startsWith("[") ? `definition${path}` : `definition.${path}`,
  message,
});
