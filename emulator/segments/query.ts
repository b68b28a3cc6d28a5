import { pagingOf, type Paging, type PagingFaults } from "../page";
import type { Parameters } from "../parameters";

export type SortProperty = "id" | "name" | "modified_date" | "performanceScore";

/** What a list request asks for, the same for both dialects. An absent filter lets everything pass. */
export interface SegmentQuery {
  readonly ids?: ReadonlySet<string> | undefined;
  readonly dataViewIds?: ReadonlySet<string> | undefined;
  readonly ownerId?: number | undefined;
  readonly name?: string | undefined;
  readonly tagNames?: ReadonlySet<string> | undefined;
  /** ms since 1970 */
  readonly modifiedSince?: number | undefined;
  readonly published?: boolean | undefined;
  readonly include: Inclusion;
  readonly sortProperty: SortProperty;
  readonly descending: boolean;
  readonly page: number;
  /** Segments a page; Infinity for all in one. */
  readonly limit: number;
  /** The most that this service shows on a page, whatever the limit is. */
  readonly largest: number;
}

/** What the list shows beside the caller's own segments. */
export interface Inclusion {
  readonly shared: boolean;
  readonly templates: boolean;
  readonly deleted: boolean;
  readonly internal: boolean;
  /** Everybody's, as far as the caller may see them. */
  readonly all: boolean;
}

/** Paging, sorting and the filters that both dialects have. */
export function commonQuery(
  parameters: Parameters,
  sortProperties: readonly SortProperty[],
  paging: PagingFaults,
): Pick<SegmentQuery, "name" | "sortProperty" | "descending" | keyof Paging> {
  return {
    name: parameters.text("name"),
    sortProperty: parameters.oneOf("sortProperty", sortProperties, "id"),
    descending: parameters.oneOf("sortDirection", ["ASC", "DESC"], "ASC") === "DESC",
    ...pagingOf(parameters, paging),
  };
}

export function included(parameters: Parameters, known: readonly (keyof Inclusion)[]): Inclusion {
  const asked = parameters.list("includeType") ?? [];
  const has = (type: keyof Inclusion): boolean => known.includes(type) && asked.includes(type);
  return {
    shared: has("shared"),
    templates: has("templates"),
    deleted: has("deleted"),
    internal: has("internal"),
    all: has("all"),
  };
}

export function asSet(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list);
}
