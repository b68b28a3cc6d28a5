import { asObject } from "../http/answer-fields";
import { FIRST_START } from "../http/children-pages";
import type { AnsweredPage } from "../http/pager";

type Page<Item> = AnsweredPage<Item, string>;

/** A page of the listing of segment definitions, which counts them by `page`. @returns undefined when the answer is none. */
export function parseDefinitionPage(answer: unknown, start: string, limit: number): Page<unknown> | undefined {
  const body = asObject(answer);
  const items = body?.["segments"];
  if (!body || !Array.isArray(items)) return undefined;
  const { totalCount, totalPages } = asObject(body["page"]) ?? {};
  const page = start === FIRST_START ? 0 : Number(start);
  const mayHaveMore = typeof totalPages === "number" ? page < totalPages : items.length >= limit;
  return {
    items,
    ...(typeof totalCount === "number" && { total: totalCount }),
    ...(mayHaveMore && { next: String(page + 1) }),
  };
}

/**
 * Asks for pages until all have come. Whether `page` counts from 0 or from 1 no document says, so the first page is asked for without it (as
 * https://github.com/pitchmuc/aepp does): where page 1 is the same again, page 2 is the next one.
 */
export function definitionPages<Item>(
  ask: (page: string) => Promise<Page<Item>>,
  idOf: (item: Item) => string,
): (start: string) => Promise<Page<Item>> {
  let seenIds = new Set<string>();
  let unusable = 0;
  return async (start) => {
    if (start === FIRST_START) [seenIds, unusable] = [new Set(), 0];
    const asked = await ask(start);
    const isRepeated = start === "1" && asked.items.length > 0 && asked.items.every((item) => seenIds.has(idOf(item)));
    const { next, ...page } = isRepeated && asked.next !== undefined ? await ask(asked.next) : asked;
    for (const item of page.items) seenIds.add(idOf(item));
    unusable += page.unusable ?? 0;
    const isAll = page.total !== undefined && seenIds.size + unusable >= page.total;
    return isAll || next === undefined ? page : { ...page, next };
  };
}
