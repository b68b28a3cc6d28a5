import { at, pluck } from "../json";
import { componentSearch, shareId, sharesOf, sharesPath } from "../metadata";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { colleaguesSegment, ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = `GET ${sharesPath}`;
const search = `POST ${sharesPath}/component/search`;
const everybody = { shareToType: "all" } as const;
const jane = { shareToType: "user", shareToId: 596983 } as const;
const group = { shareToType: "group", shareToId: 77 } as const;

export const readingStatements: readonly Statement[] = [
  statement({
    of: [`${list} > example`, `${list} > prose > page and limit`],
    says: "the sample request has the sample's answer: a page of three, one with a person, one with a group, one with all",
    given: async (place) => {
      await place.ask(sharesOf(await ownSegment(place), jane));
      await place.ask(sharesOf(await ownSegment(place), group));
      await place.ask(sharesOf(await ownSegment(place), everybody));
      await place.ask(sharesOf(await ownSegment(place), everybody));
    },
    ask: { path: sharesPath, query: { page: 0, limit: 3 } },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("shares-list.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ totalElements: 4, totalPages: 2, firstPage: true, lastPage: false, size: 3 });
      const second = await place.ask({ path: sharesPath, query: { page: 1, limit: 3 } });
      expect(second.body).toMatchObject({ content: [{ shareToType: "all" }], number: 1, lastPage: true });
    },
  }),
  statement({
    of: `${search} > example`,
    says: "the sample request has the sample's answer",
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(sharesOf(id, jane));
      return id;
    },
    ask: (id) => componentSearch(sharesPath, [id], { page: 0, limit: 10 }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("shares-component-search.answer"), body ?? null)).toEqual([]);
      expect(pluck(at(body, "content"), "componentId")).toEqual([given]);
      const { content: _, ...envelope } = recorded("shares-component-search.answer") as Record<string, object>;
      expect(body).toMatchObject(envelope);
    },
  }),
  statement({
    of: `${search} > prose > page and limit`,
    says: "a page of components; ten of them when nothing is said",
    given: (place) => ownSegments(place, ...Array.from({ length: 11 }, (_, index) => `Segment ${index}`)),
    ask: (ids) => componentSearch(sharesPath, ids, { page: 2, limit: 5 }),
    answer: async ({ body }, { place, given }) => {
      expect(pluck(at(body, "content"), "componentId")).toEqual(given.slice(10));
      expect(body).toMatchObject({ totalElements: 11, totalPages: 3, lastPage: true });
      expect(at((await place.ask(componentSearch(sharesPath, given))).body, "content")).toHaveLength(10);
    },
  }),
  statement({
    of: `GET ${sharesPath}/sharedto/me > example`,
    says: "IDs of components that are shared with the current user",
    given: async (place) => {
      const id = await colleaguesSegment(place, { shared: false, shares: [{ type: "user", to: 700001 }] });
      await colleaguesSegment(place, { shared: false, shares: [{ type: "user", to: "Bob" }] });
      return id;
    },
    ask: { path: `${sharesPath}/sharedto/me` },
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("shares-shared-to-me.answer"), body ?? null)).toEqual([]);
      expect(body).toEqual([given]);
    },
  }),
  statement({
    of: `GET ${sharesPath}/{SHARE_ID} > example`,
    says: "the sample's answer",
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(sharesOf(id, group));
      return { id, shareId: await shareId(place, id) };
    },
    ask: (given) => ({ path: `${sharesPath}/${given.shareId}` }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("share-get.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ shareId: given.shareId, componentId: given.id, shareToType: "group" });
    },
  }),
  statement({
    of: "prose > the same data that are used when working with shares in the UI",
    says: "who is given a share sees the segment in the list",
    given: async (place) => {
      await place.control("PUT", "/permissions", { admin: false });
      const shares = [{ type: "all" }];
      await colleaguesSegment(place, { name: "not shared", shared: false });
      return colleaguesSegment(place, { name: "for all", shared: false, shares });
    },
    ask: { path: "/segments", query: { includeType: "shared" } },
    answer: async ({ body }, { place, given }) => {
      expect(pluck(body, "name")).toEqual(["for all"]);
      expect((await place.ask({ path: `/segments/${given}` })).status).toBe(200);
    },
  }),
];
