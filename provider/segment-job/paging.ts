import { asObject } from "../http/answer-fields";
import { pagesSaidIn, type PagesSaid } from "../http/children-pages";
import { isCommonPageSize } from "../http/numbered-pages";
import type { AnsweredPage } from "../http/pager";

/**
 * Where the next page starts. What the service says counts; the guide's sample says nothing, so without it `start` is the "starting offset"
 * that the guide calls it (the OpenAPI calls it the "page offset").
 *
 * @param body the answer.
 * @param start where this page started.
 * @param jobCount how many jobs it has, of `limit` that were asked for.
 * @returns without `next` on the last page; `mayRepeat` where there is more on it than was asked for.
 */
export function nextPageOf(
  body: Readonly<Record<string, unknown>>,
  start: string,
  jobCount: number,
  limit: number,
): PagesSaid & { readonly mayRepeat?: boolean } {
  const said = pagesSaidIn(body);
  const offset = Number(start) + jobCount;
  if (said.next !== undefined || !Number.isSafeInteger(offset)) return said;
  const hasMore = said.total === undefined ? jobCount >= limit || isCommonPageSize(jobCount) : offset < said.total;
  return { ...said, ...(hasMore && { next: String(offset), ...(jobCount > limit && { mayRepeat: true }) }) };
}

/** A page of a listing, with the jobs as they are answered. @returns undefined when the answer is none. */
export function parseJobPage(answer: unknown, start: string, limit: number): AnsweredPage<unknown, string> | undefined {
  const body = asObject(answer);
  const items = body?.["children"];
  if (!body || !Array.isArray(items)) return undefined;
  return { items, ...nextPageOf(body, start, items.length, limit) };
}
