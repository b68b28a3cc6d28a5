import { z } from "zod";
import type { DataView, DataViewOwner } from "./data-view";
import { idText, asObject, readField, withoutUndefined, type OnBadField } from "../http/wire-field";

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
export function parseDataView(answer: unknown, complain: OnBadField): DataView | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), complain);
  if (id === undefined) return undefined;
  return withoutUndefined<DataView>({
    id,
    name: readField(body, ["name"], text, complain),
    description: readField(body, ["description"], text, complain),
    owner: readField(body, ["owner"], owner, complain),
    timezone: readField(body, ["timezoneDesignator"], text, complain),
    created: readField(body, ["createdDate"], text, complain),
    modified: readField(body, ["modifiedDate"], text, complain),
    deleted: readField(body, ["isDeleted"], z.boolean(), complain),
  });
}
