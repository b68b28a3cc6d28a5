import { segmentField, type FieldName } from "../../model/segment-field-lists";
import { asObject } from "../http/answer-fields";

/**
 * One API, two published forms: the guide's, which is the specification, and the OpenAPI document's, which live tenants
 * also speak (docs/decisions/two-dialects.md). What differs in requests is in dialect-forms.ts,
 * what fields are called in model/segment-fields.ts; nothing else outside the client knows that there are two.
 */
export const DIALECTS = ["guide", "reference"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** What a dialect calls a field. */
export function wireName(dialect: Dialect, field: FieldName): string {
  const { names = [field] } = segmentField(field);
  return (dialect === "guide" ? names[0] : names.at(-1)) ?? field;
}

/** What a whole segment tells of the dialect: the name of its data view's field. */
export function detectDialect(answer: unknown): Dialect | undefined {
  const body = asObject(answer);
  const has = (dialect: Dialect) => body?.[wireName(dialect, "dataViewId")] !== undefined;
  return has("guide") ? "guide" : has("reference") ? "reference" : undefined;
}
