import { asObject } from "./answer-fields";
import type { AnsweredPage } from "./pager";

/** The place of the first page, which is asked for without a `start`. */
export const FIRST_START = "";

/** What an answer says of the other pages of its listing. */
export interface PagesSaid {
  /** Where the next one starts. */
  readonly next?: string;
  /** How many entries all pages have together. */
  readonly total?: number;
}

/** What a listing of Experience Platform says of its pages: audiences have `_page.next`, others `_links.next`, whose start may be any word. */
export function pagesSaidIn(body: Readonly<Record<string, unknown>>): PagesSaid {
  const page = asObject(body["_page"]);
  const total = page?.["totalCount"];
  const next = startOf(page?.["next"]) ?? startOfLink(asObject(asObject(body["_links"])?.["next"])?.["href"]);
  return { ...(typeof total === "number" && { total }), ...(next !== undefined && { next }) };
}

const startOf = (next: unknown): string | undefined =>
  (typeof next === "string" && next !== "") || typeof next === "number" ? String(next) : undefined;

const startOfLink = (href: unknown): string | undefined =>
  typeof href === "string" ? (new URLSearchParams(href.split("?")[1]).get("start") ?? undefined) : undefined;

/**
 * A page of a listing that says where the next one starts, with the entries as they are answered.
 *
 * @returns undefined when the answer is none, or so full of entries that it may not be all, and says nothing of it.
 */
export function parseChildrenPage(answer: unknown, limit: number): AnsweredPage<unknown, string> | undefined {
  const body = asObject(answer);
  const items = body?.["children"];
  if (!body || !Array.isArray(items)) return undefined;
  const said = pagesSaidIn(body);
  const isSilent = said.next === undefined && said.total === undefined;
  return isSilent && items.length >= limit ? undefined : { items, ...said };
}
