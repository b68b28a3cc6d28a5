import { z } from "zod";
import type { DataView, DataViewOwner } from "./data-view";
import { idText, asObject, readField, withoutUndefined, type OnBadField } from "../http/answer-fields";

const text = z.string();

const owner = z
  .looseObject({ imsUserId: idText.nullish(), ownerId: idText.nullish(), name: text.nullish() })
  .transform((o, context): DataViewOwner => {
    const id = o.imsUserId ?? o.ownerId;
    if (id === undefined || id === null) {
      context.addIssue({ code: "custom", message: "expected an owner with an ID" });
      return z.NEVER;
    }
    return withoutUndefined<DataViewOwner>({ id, name: o.name ?? undefined });
  });

/** @returns undefined when the answer is no object or has no ID: then nothing in it can be used. */
export function parseDataView(answer: unknown, onBadField: OnBadField): DataView | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), onBadField);
  if (id === undefined) return undefined;
  return withoutUndefined<DataView>({
    id,
    name: readField(body, ["name"], text, onBadField),
    description: readField(body, ["description"], text, onBadField),
    owner: readField(body, ["owner"], owner, onBadField),
    timezone: readField(body, ["timezoneDesignator"], text, onBadField),
    created: readField(body, ["createdDate"], text, onBadField),
    modified: readField(body, ["modifiedDate"], text, onBadField),
    deleted: readField(body, ["isDeleted"], z.boolean(), onBadField),
  });
}
