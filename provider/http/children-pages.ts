import { asObject } from "./answer-fields";
import { isCommonPageSize } from "./numbered-pages";
import type { AnsweredPage } from "./pager";

/** The place of the first page, which is asked for without a `start`. */
export const FIRST_START = "";

/**
 * Where the next page of a listing of Experience Platform starts. What the service says counts: `_page.next`, as audiences have it, or
 * `_links.next`. The sample of segment jobs says nothing there, so without both `start` is the "starting offset" that the guide calls it
 * (the OpenAPI calls it the "page offset").
 *
 * @param body the answer.
 * @param start where this page started.
 * @param itemCount how many entries it has, of `limit` that were asked for.
 * @returns without `next` on the last page; `mayRepeat` where there is more on it than was asked for.
 */
export function nextPageOf(
  body: Readonly<Record<string, unknown>>,
  start: string,
  itemCount: number,
  limit: number,
): { readonly next?: string; readonly mayRepeat?: boolean; readonly total?: number } {
  const page = asObject(body["_page"]);
  const totalCount = page?.["totalCount"];
  const total = typeof totalCount === "number" ? { total: totalCount } : {};
  const nextStart = startOf(page?.["next"]) ?? startOfLink(asObject(asObject(body["_links"])?.["next"])?.["href"]);
  if (nextStart !== undefined) return { ...total, next: nextStart };
  const offset = Number(start) + itemCount;
  if (!Number.isSafeInteger(offset)) return total;
  const hasMore =
    typeof totalCount === "number" ? offset < totalCount : itemCount >= limit || isCommonPageSize(itemCount);
  return { ...total, ...(hasMore && { next: String(offset), ...(itemCount > limit && { mayRepeat: true }) }) };
}

const startOf = (next: unknown): string | undefined =>
  (typeof next === "string" && next !== "") || typeof next === "number" ? String(next) : undefined;

const startOfLink = (href: unknown): string | undefined =>
  typeof href === "string" ? (new URLSearchParams(href.split("?")[1]).get("start") ?? undefined) : undefined;

/** A page of a listing, with the entries as they are answered. @returns undefined when the answer is none. */
export function parseChildrenPage(
  answer: unknown,
  start: string,
  limit: number,
): AnsweredPage<unknown, string> | undefined {
  const body = asObject(answer);
  const items = body?.["children"];
  if (!body || !Array.isArray(items)) return undefined;
  return { items, ...nextPageOf(body, start, items.length, limit) };
}
