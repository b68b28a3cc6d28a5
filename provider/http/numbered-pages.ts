import type { AnsweredPage } from "./pager";
import { asObject } from "./answer-fields";

/** A page as it is asked for. */
export interface PageNumber {
  /** From 0. */
  readonly page: number;
  /** How many entries it may have. */
  readonly limit: number;
}

/** What an answer says of its place in a listing. */
export interface PageMetadata {
  /** Of its entries. */
  readonly count: number;
  readonly lastPage?: unknown;
  readonly totalPages?: unknown;
  /** How many entries all pages have together. */
  readonly totalElements?: unknown;
}

/** Sizes at which services cut pages, whatever they are asked for; ten is what Adobe's documents have as the default. */
const COMMON_PAGE_SIZES: ReadonlySet<number> = new Set([10, 20, 25, 50, 100, 200, 250, 500]);

/** Whether a page may be smaller than asked because the service has cut it. */
export const isCommonPageSize = (count: number): boolean => COMMON_PAGE_SIZES.has(count);

/**
 * The page after this one. Where the service does not say whether there is one, as in a bare list, the size tells it: a page that
 * is full may not be the last, nor a first one that is as large as services cut pages.
 *
 * A first page that is cut so tells how large pages are here: asked for larger ones, a service may leave out what lies between.
 *
 * @returns without `next` when this was the last one; `mayRepeat` where there is more on it than was asked for: such a service may
 *   have answered everything, and do so again.
 */
export function pageAfter(
  { page, limit }: PageNumber,
  metadata: PageMetadata,
): { readonly next?: PageNumber; readonly mayRepeat?: boolean } {
  const { count, lastPage, totalPages } = metadata;
  const total = totalOf(metadata);
  const isCut = page === 0 && count < limit && (total === undefined ? isCommonPageSize(count) : count < total);
  const next = { page: page + 1, limit: isCut ? count : limit };
  if (count === 0) return {};
  if (isCut && total !== undefined) return { next };
  if (lastPage === true) return {};
  if (lastPage === false) return { next };
  if (typeof totalPages === "number") return page + 1 < totalPages ? { next } : {};
  if (count > limit) return { next, mayRepeat: true };
  return count === limit || isCut ? { next } : {};
}

/** How many entries all pages have together, in the envelope of the documents' samples. */
const totalOf = ({ totalElements }: Pick<PageMetadata, "totalElements">): number | undefined =>
  typeof totalElements === "number" ? totalElements : undefined;

/**
 * A page of a listing: in the envelope of the documents' samples, or a bare list.
 *
 * @returns undefined when the answer is neither.
 */
export function parseNumberedPage(answer: unknown, request: PageNumber): AnsweredPage<unknown, PageNumber> | undefined {
  const body = Array.isArray(answer) ? { content: answer as readonly unknown[] } : asObject(answer);
  const items = body?.["content"];
  if (!body || !Array.isArray(items)) return undefined;
  return { items, total: totalOf(body), ...pageAfter(request, { ...body, count: items.length }) };
}
