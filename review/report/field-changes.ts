import type { Json } from "../../definition";
import { json } from "../../definition/sentences/quote";
import type { FieldChange } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** The texts and values that differ, in the order of the names given. */
export function fieldChanges(names: readonly string[], before: Values, after: Values): FieldChange[] {
  return names.flatMap((field) => {
    const [old, wanted] = [said(before[field]), said(after[field])];
    if (old === wanted) return [];
    return [{ field, ...(old !== undefined && { before: old }), ...(wanted !== undefined && { after: wanted }) }];
  });
}

/** A text as it is, anything else as JSON. Nothing and an empty text are the same to the service. */
function said(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : inWords(value);
}

/** A value in one line, the same for every order of its keys. */
export const inWords = (value: unknown): string => (value === undefined ? "nothing" : json(sorted(value) as Json));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
