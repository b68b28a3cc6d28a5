import { asObject } from "./wire-field";

/** The guide bounds `limit` by nothing; more than 100 is known to be refused (aep-api.md, "list page"). */
export const LARGEST_JOB_PAGE = 100;

/**
 * Where the next page starts. What the service says in `_links.next` counts; the guide's sample says nothing there, so
 * without it `start` is the "starting offset" that the guide calls it (the OpenAPI calls it the "page offset").
 *
 * @param body the answer.
 * @param start where this page started.
 * @param listed how many jobs it has, of `limit` that were asked for.
 * @returns undefined on the last page.
 */
export function nextStart(
  body: Readonly<Record<string, unknown>>,
  start = "0",
  listed: number,
  limit: number,
): string | undefined {
  const href = asObject(asObject(body["_links"])?.["next"])?.["href"];
  const told = typeof href === "string" ? new URLSearchParams(href.split("?")[1]).get("start") : null;
  if (told !== null) return told;
  const total = asObject(body["_page"])?.["totalCount"];
  const offset = Number(start) + listed;
  const more = typeof total === "number" ? offset < total : listed >= limit;
  return more && Number.isSafeInteger(offset) ? String(offset) : undefined;
}
