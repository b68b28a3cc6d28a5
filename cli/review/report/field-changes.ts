import { withSortedKeys } from "../../../definition/sorted";
import type { Json } from "../../../definition";
import { json } from "../../../definition/sentences/quote";
import { SECRET } from "../preview/values";
import { besideSecret, holdsSecret } from "./beside-secret";
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
    const [old, wanted] = [said(besideSecret(before[field], after[field])), said(after[field])];
    if (old === wanted)
      return old !== undefined && holdsSecret(old) && changed(field)
        ? [{ field, before: old, after: another(old) }]
        : [];
    return [{ field, ...(old !== undefined && { before: old }), ...(wanted !== undefined && { after: wanted }) }];
  });
}

/** A text as it is, anything else as JSON. Nothing and an empty text are the same to the service. */
function said(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : inWords(value);
}

const another = (secret: string): string =>
  secret === SECRET ? "(secret, another value)" : `${secret} (another secret value)`;

/** A value in one line, the same for every order of its keys. */
export const inWords = (value: unknown): string =>
  value === undefined ? "nothing" : json(withSortedKeys(value) as Json);
