import { isUsualCap } from "../http/page-number";
import { asObject } from "../http/wire-field";

/** The guide bounds `limit` by nothing; more than 100 is known to be refused (aep-api.md, "list page"). */
export const LARGEST_JOB_PAGE = 100;

/** The request for a page, as errors name it. */
export const LIST_JOBS = { operation: "list segment jobs", method: "GET", path: "/segment/jobs" } as const;

/** The place of the first page, which is asked for without a `start`. */
export const FIRST_START = "";

/**
 * Where the next page starts. What the service says in `_links.next` counts; the guide's sample says nothing there, so
 * without it `start` is the "starting offset" that the guide calls it (the OpenAPI calls it the "page offset").
 *
 * @param body the answer.
 * @param start where this page started.
 * @param listed how many jobs it has, of `limit` that were asked for.
 * @returns without `next` on the last page; `mayRepeat` where there is more on it than was asked for.
 */
export function pageAfterStart(
  body: Readonly<Record<string, unknown>>,
  start: string,
  listed: number,
  limit: number,
): { readonly next?: string; readonly mayRepeat?: boolean; readonly total?: number } {
  const href = asObject(asObject(body["_links"])?.["next"])?.["href"];
  const told = typeof href === "string" ? new URLSearchParams(href.split("?")[1]).get("start") : null;
  const count = asObject(body["_page"])?.["totalCount"];
  const total = typeof count === "number" ? { total: count } : {};
  if (told !== null) return { ...total, next: told };
  const offset = Number(start) + listed;
  if (!Number.isSafeInteger(offset)) return total;
  const more = typeof count === "number" ? offset < count : listed >= limit || isUsualCap(listed);
  return { ...total, ...(more && { next: String(offset), ...(listed > limit && { mayRepeat: true }) }) };
}
