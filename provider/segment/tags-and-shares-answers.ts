import { z } from "zod";
import type { ApiResponse } from "../http/transport";
import { parseNumberedPage, type PageNumber } from "../http/numbered-pages";
import type { AnsweredPage } from "../http/pager";
import { asObject } from "../http/answer-fields";

/** So many components go into one request: nothing is documented, and pages of a hundred are known to work everywhere. */
export const MAX_COMPONENTS = 100;

/** The kind of component that this provider has (tags and shares pages of the API). */
export const SEGMENT_TYPE = "segment";

const writtenComponent = z.looseObject({
  componentId: z.string(),
  status: z.looseObject({ success: z.boolean().nullish(), message: z.string().nullish() }).nullish(),
});

/**
 * The components of a write that the service did not do, with its reason. The pages show a status with each component; the
 * OpenAPI document shows none, and for shares a single object: then they are done.
 *
 * @param ids all that were sent.
 * @returns undefined when the answer is not about components.
 */
export function parseRefusals(answer: ApiResponse, ids: readonly string[]): ReadonlyMap<string, string> | undefined {
  const { data } = z
    .union([z.array(writtenComponent), writtenComponent.transform((one) => [one])])
    .safeParse(answer.data);
  if (!data || data.length === 0) return undefined;
  const statusById = new Map(data.map((one) => [one.componentId, one.status]));
  if (!data.some(({ componentId }) => ids.includes(componentId))) return undefined;
  const reasonFor = (id: string) => {
    const status = statusById.get(id);
    if (status?.success === false) return status.message ?? "the service gives no reason";
    return Array.isArray(answer.data) && !statusById.has(id) ? "the service's answer does not mention it" : undefined;
  };
  return new Map(
    ids.flatMap((id) => {
      const reason = reasonFor(id);
      return reason === undefined ? [] : [[id, reason] as const];
    }),
  );
}

/** The entries of a search: the pages of a listing, a bare list, or the single object of the OpenAPI document. */
export function parseSearchPage(
  answer: ApiResponse,
  request: PageNumber,
): AnsweredPage<unknown, PageNumber> | undefined {
  const body = asObject(answer.data);
  return (
    parseNumberedPage(answer.data, request) ?? (body?.["componentId"] === undefined ? undefined : { items: [body] })
  );
}
