import { withSortedKeys } from "../../../definition/sorted";
import type { Json } from "../../../definition";
import { isSameMeaning } from "../../../definition/equal";
import { isExactNumber, writeJson } from "../../../definition/json";
import { json } from "../../../definition/sentences/quote";
import { SECRET } from "../preview/values";
import type { FieldChange } from "./report";

type Values = Readonly<Record<string, unknown>>;

/**
 * The texts and values that differ, in the order of the names given.
 *
 * @param changed whether a field differs although it looks the same, since it is secret
 */
export function fieldChanges(
  names: readonly string[],
  before: Values,
  after: Values,
  changed: (field: string) => boolean = () => false,
): FieldChange[] {
  return names.flatMap((field) => {
    const [oldText, newText] = [
      toFieldText(hideIfOtherIsSecret(before[field], after[field])),
      toFieldText(after[field]),
    ];
    if (oldText === newText)
      return oldText !== undefined && containsSecret(oldText) && changed(field)
        ? [{ field, before: oldText, after: secretText(oldText) }]
        : [];
    return [
      { field, ...(oldText !== undefined && { before: oldText }), ...(newText !== undefined && { after: newText }) },
    ];
  });
}

/** A text as it is, anything else as JSON. Nothing and an empty text are the same to the service. */
function toFieldText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return toText(value);
}

const secretText = (secret: string): string =>
  secret === SECRET ? "(secret, another value)" : `${secret} (another secret value)`;

/** A text as it is, anything else in one line. */
export const toText = (value: unknown): string => (typeof value === "string" ? value : toOneLine(value));

/** A value in one line, the same for every order of its keys. */
export const toOneLine = (value: unknown): string =>
  value === undefined ? "nothing" : json(withSortedKeys(value) as Json);

/** What stands in the place of a value that would tell what the other side keeps secret. */
export const HIDDEN = "(not shown, because it is secret on the other side)";

/** Whether a value is secret, or a part of it. */
export const containsSecret = (value: unknown): boolean => countSecrets(value) > 0;

const countSecrets = (value: unknown): number => writeJson(value ?? null).split(SECRET).length - 1;

/**
 * A value as it may stand beside another one: without what is secret there. Where more than that differs, the same text may stand at
 * another place, and nothing of it is shown.
 */
export function hideIfOtherIsSecret(value: unknown, other: unknown): unknown {
  if (value === undefined || value === "" || countSecrets(value) >= countSecrets(other)) return value;
  const hidden = copySecretPlaces(value, other);
  return hidden !== SECRET && isSameMeaning(hidden, other) ? hidden : HIDDEN;
}

/** The value with a secret at every place where the other one has one. */
function copySecretPlaces(value: unknown, other: unknown): unknown {
  if (other === SECRET) return SECRET;
  if (!isTree(value) || !isTree(other)) return value;
  if (Array.isArray(value)) return value.map((inner, at) => copySecretPlaces(inner, other[at]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copySecretPlaces(inner, other[key])]));
}

const isTree = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === "object" && value !== null && !isExactNumber(value);
