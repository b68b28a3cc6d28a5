import { pageAfter, type PageNumber } from "../../../../provider/http/numbered-pages";
import { IncompleteListingError, pagesOf, type AnsweredPage } from "../../../../provider/http/pager";
import { fc, samples } from "../../../properties";

const THINGS = { operation: "list things", method: "GET", path: "/things" };

interface Service {
  /** As of the moment of the question. */
  readonly ids: () => readonly string[];
  /** The most on a page, whatever is asked for. */
  readonly cap?: number;
  readonly ignoresPage?: boolean;
  /** Whether it says how many there are, and which page is the last; a bare list says neither. */
  readonly isBare?: boolean;
}

/** Lists what a service has, in pages of a thousand. */
async function listed({ ids, cap = Infinity, ignoresPage = false, isBare = false }: Service, times?: number) {
  const asked: PageNumber[] = [];
  const found: string[] = [];
  const ask = async (place: PageNumber): Promise<AnsweredPage<string, PageNumber>> => {
    asked.push(place);
    const all = ids();
    const page = ignoresPage ? 0 : place.page;
    const start = page * place.limit;
    const items = all.slice(start, start + Math.min(place.limit, cap));
    if (isBare) return { items, ...pageAfter(place, { count: items.length }) };
    const lastPage = (page + 1) * place.limit >= all.length;
    const totalElements = all.length;
    return { items, total: totalElements, ...pageAfter(place, { count: items.length, lastPage, totalElements }) };
  };
  const listing = { request: THINGS, first: { page: 0, limit: 1000 }, ask, idOf: (id: string) => id };
  const read = async () => {
    for await (const { items } of pagesOf(listing, times)) found.push(...items);
    return undefined;
  };
  const error = await read().catch((thrown: unknown) => thrown);
  return { found, error, asked: asked.map(({ page, limit }) => `${page} of ${limit}`) };
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `id ${i + from}`);
const fixed = (count: number) => {
  const ids = numbered(count);
  return () => ids;
};

describe("a listing of a healthy service", () => {
  test.each<[number, boolean, string[]]>([
    [0, false, ["0 of 1000"]],
    [7, false, ["0 of 1000"]],
    [1000, false, ["0 of 1000"]],
    [1200, false, ["0 of 1000", "1 of 1000"]],
    [0, true, ["0 of 1000"]],
    [7, true, ["0 of 1000"]],
    [999, true, ["0 of 1000"]],
    [1200, true, ["0 of 1000", "1 of 1000"]],
    // Where nobody says how many there are, a full page may not be the last, nor one as large as services cut them.
    [1000, true, ["0 of 1000", "1 of 1000"]],
    [500, true, ["0 of 1000", "1 of 500"]],
  ])("of %i, bare %p, takes no more requests than it needs", async (count, isBare, requests) => {
    const { found, error, asked } = await listed({ ids: fixed(count), isBare });
    expect(error).toBeUndefined();
    expect(found).toEqual(numbered(count));
    expect(asked).toEqual(requests);
  });
});

describe("a listing of a service that cuts its pages", () => {
  test.each([true, false])("is whole all the same, bare %p", async (isBare) => {
    const { found, error, asked } = await listed({ ids: fixed(1200), cap: 500, isBare });
    expect(error).toBeUndefined();
    expect(found).toEqual(numbered(1200));
    expect(asked).toEqual(["0 of 1000", "1 of 500", "2 of 500"]);
  });

  test("at an odd size is whole where it says how many there are", async () => {
    const { found, asked } = await listed({ ids: fixed(1200), cap: 330 });
    expect(found).toEqual(numbered(1200));
    expect(asked).toEqual(["0 of 1000", "1 of 330", "2 of 330", "3 of 330"]);
  });

  test("after the first one is an error, and no part of it", async () => {
    const sizes = [1000, 300, 0, 1000, 300, 0];
    const ids = numbered(2500);
    const ask = async ({ page, limit }: PageNumber) => ({
      items: ids.slice(page * limit, page * limit + (sizes.shift() ?? 0)),
      total: ids.length,
      next: { page: page + 1, limit },
    });
    const listing = { request: THINGS, first: { page: 0, limit: 1000 }, ask, idOf: (id: string) => id };
    const read = async () => {
      const pages = pagesOf(listing);
      while ((await pages.next()).done !== true);
    };
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IncompleteListingError);
    expect((error as Error).message).toBe(
      "Could not list things (GET /things): the listing is incomplete: the service says that there are 2500, but its pages have 1300. The provider does nothing with an incomplete listing. " +
        "Run the same command again. If that does not help, the service or a proxy cuts listings short.",
    );
  });
});

describe("a listing of a service that ignores the page", () => {
  test.each<[string, Service, number]>([
    ["says how many there are", { ids: fixed(1200), ignoresPage: true }, 4],
    ["says nothing", { ids: fixed(1200), ignoresPage: true, isBare: true }, 4],
    ["says nothing, and cuts its pages", { ids: fixed(1200), ignoresPage: true, isBare: true, cap: 500 }, 4],
  ])("ends, and is an error where it %s", async (_, service, requests) => {
    const { error, asked } = await listed(service);
    expect(error).toBeInstanceOf(IncompleteListingError);
    expect(asked).toHaveLength(requests);
  });

  test("is whole where all that there is is on its page", async () => {
    const { found, error } = await listed({ ids: fixed(70), ignoresPage: true });
    expect([error, found.length]).toEqual([undefined, 70]);
  });

  test("is whole where it ignores the limit, too, and answers everything", async () => {
    const ids = numbered(1200);
    const ask = async (place: PageNumber) => ({ items: ids, ...pageAfter(place, { count: ids.length }) });
    const found: string[] = [];
    for await (const { items } of pagesOf({
      request: THINGS,
      first: { page: 0, limit: 1000 },
      ask,
      idOf: (id: string) => id,
    }))
      found.push(...items);
    expect(found).toEqual(ids);
  });
});

describe("a listing that changes while it is read", () => {
  /** The answers to the first questions; the last of them stands. */
  const inTurn = (...lists: readonly (readonly string[])[]) => {
    let turn = 0;
    return () => lists[Math.min(turn++, lists.length - 1)] ?? [];
  };
  const all = numbered(2500);

  test.each<[string, readonly string[], readonly string[]]>([
    ["one is deleted on a page that was read", all, all.slice(1)],
    ["one is made on a page that was read", all, ["new", ...all]],
    ["one is deleted, and another made", all, ["new", ...all.slice(1)]],
  ])("has all that was there the whole time: %s", async (_, before, now) => {
    const { found, error } = await listed({ ids: inTurn(before, now) });
    expect(error).toBeUndefined();
    expect(found).toEqual(expect.arrayContaining(before.filter((id) => now.includes(id))));
    expect(new Set(found).size).toBe(found.length);
  });

  test("does not fail for good where it changes each time", async () => {
    const lists = Array.from({ length: 20 }, (_, i) => [...numbered(i, 10_000), ...all]);
    const { found, error } = await listed({ ids: inTurn(...lists) });
    expect(error).toBeUndefined();
    expect(found).toEqual(expect.arrayContaining(all));
  });
});

describe("the pages", () => {
  test("cost nothing when nobody wants them any more", async () => {
    let asked = 0;
    const ask = async (page: number) => ({ items: [`id ${page}`], total: 100, next: ++asked });
    for await (const { items } of pagesOf({ request: THINGS, first: 0, ask, idOf: (id: string) => id }))
      if (items.includes("id 2")) break;
    expect(asked).toBe(3);
  });

  test("end where a service goes on for ever, although it has said how many there are", async () => {
    let asked = 0;
    const ask = async (page: number) => ({ items: [`id ${page}`], total: 10, next: ++asked });
    const pages = pagesOf({ request: THINGS, first: 0, ask, idOf: (id: string) => id });
    const read = async () => {
      let next = await pages.next();
      while (next.done !== true) next = await pages.next();
    };
    await expect(read()).rejects.toThrow(IncompleteListingError);
    expect(asked).toBe(22);
  });

  test("count entries that cannot be used", async () => {
    const ask = async () => ({ items: ["a"], unusable: 1, total: 2 });
    const { value } = await pagesOf({ request: THINGS, first: 0, ask, idOf: (id: string) => id }).next();
    expect(value).toEqual({ items: ["a"], last: true });
  });
});

test("what a listing has is all there is, or it is an error, whatever a service that says how many there are does", async () => {
  const service = fc.record({
    count: fc.integer({ min: 0, max: 4000 }),
    cap: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 1200 }), fc.constantFrom(10, 50, 100, 500)),
    ignoresPage: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(service, async ({ count, cap, ignoresPage }) => {
      const { found, error, asked } = await listed({ ids: fixed(count), cap, ignoresPage });
      if (error === undefined) expect(found).toEqual(numbered(count));
      else expect(error).toBeInstanceOf(IncompleteListingError);
      if (!ignoresPage) expect(error).toBeUndefined();
      // Twice what a listing takes, at the worst.
      expect(asked.length).toBeLessThanOrEqual(2 * Math.max(2, Math.ceil(count / Math.min(10, cap)) + 1));
    }),
    { numRuns: samples(200) },
  );
});
