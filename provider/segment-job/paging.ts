import { isCommonPageSize } from "../http/numbered-pages";
import type { AnsweredPage } from "../http/pager";
import { asObject } from "../http/answer-fields";

/** The place of the first page, which is asked for without a `start`. */
export const FIRST_START = "";

/**
 * Where the next page starts. What the service says in `_links.next` counts; the guide's sample says nothing there, so
 * without it `start` is the "starting offset" that the guide calls it (the OpenAPI calls it the "page offset").
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
): { readonly next?: string; readonly mayRepeat?: boolean; readonly total?: number } {
  const href = asObject(asObject(body["_links"])?.["next"])?.["href"];
  const nextStart = typeof href === "string" ? new URLSearchParams(href.split("?")[1]).get("start") : null;
  const totalCount = asObject(body["_page"])?.["totalCount"];
  const total = typeof totalCount === "number" ? { total: totalCount } : {};
  if (nextStart !== null) return { ...total, next: nextStart };
  const offset = Number(start) + jobCount;
  if (!Number.isSafeInteger(offset)) return total;
  const hasMore =
    typeof totalCount === "number" ? offset < totalCount : jobCount >= limit || isCommonPageSize(jobCount);
  return { ...total, ...(hasMore && { next: String(offset), ...(jobCount > limit && { mayRepeat: true }) }) };
}

/** A page of a listing, with the jobs as they are answered. @returns undefined when the answer is none. */
export function parseJobPage(answer: unknown, start: string, limit: number): AnsweredPage<unknown, string> | undefined {
  const body = asObject(answer);
  const items = body?.["children"];
  if (!body || !Array.isArray(items)) return undefined;
  return { items, ...nextPageOf(body, start, items.length, limit) };
}
