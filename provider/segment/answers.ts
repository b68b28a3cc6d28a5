import { z } from "zod";
import { writeJson } from "../../definition/json";
import { ANSWER_FIELDS, segmentField, type ClientShapedField } from "../../model/segment-field-lists";
import type { Compatibility, Owner, SegmentValues, Use } from "../../model/segment-fields";
import { parseNumberedPage, type PageNumber } from "../http/numbered-pages";
import type { AnsweredPage } from "../http/pager";
import type { Dialect } from "./dialect";
import type { Verdict } from "../verdict-cache";
import type { Segment } from "./segment";
import { asObject, readField, idText, withoutUndefined, type OnBadField } from "../http/answer-fields";

// The fields of an answer have names of their own in each dialect; an answer is read by whichever is there, since no name
// means one thing in one dialect and another in the other.

const text = z.string();

const owner = z
  .looseObject({
    imsUserId: idText.nullish(),
    id: idText.nullish(),
    ownerId: idText.nullish(),
    name: text.nullish(),
    login: text.nullish(),
  })
  .transform((o, context): Owner => {
    const id = o.imsUserId ?? o.id ?? o.ownerId;
    if (id === undefined || id === null) {
      context.addIssue({ code: "custom", message: "expected an owner with an id" });
      return z.NEVER;
    }
    return withoutUndefined<Owner>({ id, name: o.name ?? undefined, login: o.login ?? undefined });
  });

const compatibility = z
  .looseObject({ valid: z.boolean().nullish(), message: text.nullish(), supported_products: z.array(text).nullish() })
  .transform((c): Compatibility =>
    withoutUndefined<Compatibility>({
      valid: c.valid ?? undefined,
      message: c.message ?? undefined,
      supportedProducts: c.supported_products ?? undefined,
    }),
  );

const tags = z
  .array(z.union([z.string(), z.looseObject({ name: text })]))
  .transform((all) => all.map((tag) => (typeof tag === "string" ? tag : tag.name)));

const usedIn = z.array(
  z
    .looseObject({ componentId: idText, componentType: text, name: text.nullish() })
    .transform((use): Use =>
      withoutUndefined<Use>({ type: use.componentType, id: use.componentId, name: use.name ?? undefined }),
    ),
);

/** @returns undefined when the answer is no object or has no ID: then nothing in it can be used. */
export function parseSegment(answer: unknown, onBadField: OnBadField): Segment | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), onBadField);
  if (id === undefined) return undefined;
  const fields = ANSWER_FIELDS.map((name) => {
    const { names = [], answer = SHAPES[name as ClientShapedField] } = segmentField(name);
    return [name, readField(body, names, answer, onBadField)] as const;
  });
  return { id, ...withoutUndefined<Omit<Segment, "id">>(Object.fromEntries(fields)) };
}

/** Of the fields that the table leaves to this file. */
const SHAPES: { readonly [Name in ClientShapedField]: z.ZodType<SegmentValues[Name]> } = {
  owner,
  compatibility,
  tags,
  usedIn,
  modifiedBy: idText,
};

/** A page of a listing as both dialects tell it. */
export interface ListPage<Item> extends AnsweredPage<Item, PageNumber> {
  readonly dialect: Dialect;
}

/** @returns undefined when the answer is a list in neither dialect. */
export function parsePage(answer: unknown, request: PageNumber): ListPage<unknown> | undefined {
  const page = parseNumberedPage(answer, request);
  return page && { ...page, dialect: Array.isArray(answer) ? "guide" : "reference" };
}

const deletionAnswer = z.union([z.looseObject({ status: z.literal("ok") }), z.looseObject({ result: text })]);

/** Whether an answer to DELETE is one of the documented ones (https://developer.adobe.com/cja-apis/docs/endpoints/segments/, "Delete a segment", and the OpenAPI document): anything may answer a DELETE with 200. */
export const isDeletion = (answer: unknown): boolean => deletionAnswer.safeParse(answer).success;

/** @returns undefined when the answer does not say whether the definition is valid. */
export function parseVerdict(answer: unknown, onBadField: OnBadField): Verdict | undefined {
  const body = asObject(answer);
  const valid = body && readField(body, ["valid"], z.boolean(), onBadField);
  if (!body || valid === undefined) return undefined;
  const errors = readField(body, ["errors"], z.array(z.unknown()), onBadField) ?? [];
  return withoutUndefined<Verdict>({
    valid,
    message: readField(body, ["message"], text, onBadField),
    errors: errors.map((error) => (typeof error === "string" ? error : writeJson(error))),
  });
}
