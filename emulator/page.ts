import type { JsonObject } from "./json";
import type { Parameters } from "./parameters";

/** Which part of a list is asked for. */
export interface Paging {
  /** From 0. */
  readonly page: number;
  readonly limit: number;
}

/** The most that one page may hold. */
export const largestPage = 1000;

/** `page` and `limit` of a request, with the documents' defaults. */
export function pagingOf(parameters: Parameters): Paging {
  return {
    page: parameters.integer("page", { fallback: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
    limit: parameters.integer("limit", { fallback: 10, least: 1, most: largestPage }),
  };
}

/** The part of a list that a page holds. */
export function pageOf<T>(all: readonly T[], { page, limit }: Paging): T[] {
  return all.slice(page * limit, (page + 1) * limit);
}

/** The envelope around a page, as the documents' samples have it. */
export function envelope(content: readonly JsonObject[], total: number, { page, limit }: Paging): JsonObject {
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
