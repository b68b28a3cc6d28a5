import { z } from "zod";
import { idText } from "../http/id-text";
import type { DataView, DataViewOwner } from "./data-view";
import { pageAfter, totalOf, type PageNumber } from "../http/page-number";
import type { AnsweredPage } from "../http/pager";
import { asObject, field, present, type Complain } from "../http/wire-field";

const text = z.string();

const owner = z
  .looseObject({ imsUserId: idText.nullish(), ownerId: idText.nullish(), name: text.nullish() })
  .transform((o, context): DataViewOwner => {
    const id = o.imsUserId ?? o.ownerId;
    if (id === undefined || id === null) {
      context.addIssue({ code: "custom", message: "expected an owner with an ID" });
      return z.NEVER;
    }
    return present<DataViewOwner>({ id, name: o.name ?? undefined });
  });

/** @returns undefined when the answer is no object or has no ID: then nothing in it can be used. */
export function parseDataView(answer: unknown, complain: Complain): DataView | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = field(body, ["id"], text.min(1), complain);
  if (id === undefined) return undefined;
  return present<DataView>({
    id,
    name: field(body, ["name"], text, complain),
    description: field(body, ["description"], text, complain),
    owner: field(body, ["owner"], owner, complain),
    timezone: field(body, ["timezoneDesignator"], text, complain),
    created: field(body, ["createdDate"], text, complain),
    modified: field(body, ["modifiedDate"], text, complain),
    deleted: field(body, ["isDeleted"], z.boolean(), complain),
  });
}

/**
 * A page of the documents' samples, or a bare list.
 *
 * @returns undefined when the answer is neither.
 */
export function parseDataViewPage(answer: unknown, asked: PageNumber): AnsweredPage<unknown, PageNumber> | undefined {
  const bare = Array.isArray(answer);
  const body = bare ? {} : asObject(answer);
  const items: unknown = bare ? answer : body?.["content"];
  if (!body || !Array.isArray(items)) return undefined;
  return { items, total: totalOf(body), ...pageAfter(asked, { ...body, count: items.length }) };
}
