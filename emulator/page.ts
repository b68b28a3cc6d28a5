import type { JsonObject } from "./json";
import type { Parameters } from "./request";
import type { PagingFaults } from "./tenant";

/** Which part of a list is asked for. */
export interface Paging {
  /** From 0. */
  readonly page: number;
  readonly limit: number;
  /** The most that this service shows on a page, whatever the limit is. */
  readonly largest: number;
}

/** The most that one page may hold. */
const largestPage = 1000;

/** `page` and `limit` of a request, with the documents' defaults. */
export function pagingOf(parameters: Parameters, { ignorePage, largest }: PagingFaults): Paging {
  const page = parameters.integer("page", { fallback: 0, least: 0, most: Number.MAX_SAFE_INTEGER });
  return {
    page: ignorePage ? 0 : page,
    limit: parameters.integer("limit", { fallback: 10, least: 1, most: largestPage }),
    largest: largest ?? Infinity,
  };
}

/** The part of a list that a page holds. */
export function pageOf<T>(all: readonly T[], { page, limit, largest }: Paging): T[] {
  const start = limit === Infinity ? 0 : page * limit;
  return all.slice(start, start + Math.min(limit, largest));
}

/** The envelope around a page, as the documents' samples have it. */
export function envelope(
  content: readonly JsonObject[],
  total: number,
  { page, limit }: Pick<Paging, "page" | "limit">,
): JsonObject {
  const totalPages = limit === 0 ? 0 : Math.ceil(total / limit);
  return {
    content,
    totalElements: total,
    totalPages,
    numberOfElements: content.length,
    number: page,
    firstPage: page === 0,
    lastPage: page + 1 >= totalPages,
    sort: null,
    size: limit,
  };
}
