import { at, pluck } from "../json";
import { componentOf, componentSearch, shareId, sharesFound, sharesOf, sharesPath } from "../metadata";
import type { Place } from "../place";
import { colleaguesSegment, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";

const place = { dialect: "reference" } as const;
const list = `GET ${sharesPath}`;
const put = `PUT ${sharesPath}`;
const one = `${sharesPath}/{id}`;
const search = `${sharesPath}/component/search`;
const toMe = `${sharesPath}/sharedto/me`;
const janesImsId = "5B0000000000000000000002@company.example";
const mine = "7A0000000000000000000001@techacct.adobe.com";
const jane = { shareToType: "user", shareToId: 596983 } as const;
const everybody = { shareToType: "all" } as const;

/** A segment that is shared with Jane; its ID. */
async function sharedSegment(where: Place): Promise<string> {
  const id = await ownSegment(where);
  await where.ask(sharesOf(id, { ...jane, accessLevel: "edit" }));
  return id;
}

async function sharedBoth(where: Place): Promise<{ by: string; to: string }> {
  const by = await sharedSegment(where);
  const shares = [{ type: "user", to: mine }];
  return { by, to: await colleaguesSegment(where, { owner: "Bob", shared: false, shares }) };
}

export const shareStatements: readonly Statement[] = [
  statement({
    of: [`${list} > 200`, `${list} > parameter limit`, `${list} > parameter page`],
    says: "a page of shares by the current user: an array, with all fields of a share",
    place,
    given: async (where) => {
      await sharedBoth(where);
      const last = await ownSegment(where);
      await where.ask(sharesOf(last, jane, everybody));
      return last;
    },
    ask: { path: sharesPath, query: { limit: 2, page: 1 } },
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("get", sharesPath, { status, body })).toEqual([]);
      expect(body).toMatchObject([{ ...componentOf("segment", given), shareToType: "all" }]);
      const all = await where.ask({ path: sharesPath });
      expect(at(all.body, "0")).toEqual({
        shareId: expect.any(Number) as number,
        imsOrgId: "EMULATOR@AdobeOrg",
        shareToId: 596983,
        shareToImsId: janesImsId,
        shareToType: "user",
        shareFromImsId: mine,
        componentType: "segment",
        componentId: expect.any(String) as string,
        accessLevel: "edit",
      });
    },
    decides: ["share-list-form", "share-targets", "access-level"],
  }),
  statement({
    of: [`${list} > parameter includeType`, `${list} > includeType=sharedTo`],
    says: "shares with the current user, too",
    place,
    given: sharedBoth,
    ask: { path: sharesPath, query: { includeType: "sharedTo" } },
    answer: ({ body }, { given }) => expect(pluck(body, "componentId")).toEqual([given.by, given.to]),
  }),
  ...["596983", janesImsId].map((userid) =>
    statement({
      of: `${list} > parameter userid`,
      says: `the user to return details for: ${userid}`,
      place,
      given: async (where) => {
        await sharedBoth(where);
        return colleaguesSegment(where, { shares: [{ type: "group", to: 77 }] });
      },
      ask: { path: sharesPath, query: { userid } },
      answer: async ({ body }, { place: where, given }) => {
        expect(pluck(body, "componentId")).toEqual([given]);
        expect((await where.ask({ path: sharesPath, query: { userid: "nobody" } })).body).toEqual([]);
        await where.control("PUT", "/permissions", { admin: false });
        expect((await where.ask({ path: sharesPath, query: { userid } })).status).toBe(403);
      },
    }),
  ),
  statement({
    of: [`GET ${one} > 200`, `GET ${one} > parameter id`],
    says: "details about a specific share",
    place,
    given: async (where) => shareId(where, await sharedSegment(where)),
    ask: (id) => ({ path: `${sharesPath}/${id}` }),
    answer: ({ status, body }, { given }) => {
      expect(misfit("get", one, { status, body })).toEqual([]);
      expect(body).toMatchObject({ shareId: given, shareToImsId: janesImsId });
    },
  }),
  statement({
    of: [`DELETE ${one} > 200`, `DELETE ${one} > parameter id`, `DELETE ${one} > parameter locale`],
    says: "deletes a share",
    place,
    given: async (where) => {
      const id = await sharedSegment(where);
      return { id, shareId: await shareId(where, id) };
    },
    ask: (given) => ({ method: "DELETE", path: `${sharesPath}/${given.shareId}`, query: { locale: "de_DE" } }),
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("delete", one, { status, body })).toEqual([]);
      expect(await sharesFound(where, given.id)).toEqual([]);
    },
  }),
  statement({
    of: `${put} > 200`,
    says: "one component with its shares",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => sharesOf(id, jane, everybody),
    answer: ({ status, body }) => expect(misfit("put", sharesPath, { status, body })).toEqual([]),
    differs: {
      ledger: "share-answers",
      here: async ({ status, body }, { place: where, given }) => {
        expect(misfit("put", sharesPath, { status, body: at(body, "0") })).toEqual(["+ status"]);
        expect(body).toEqual([
          { ...componentOf("segment", given), shares: [jane, everybody], status: { success: true } },
        ]);
        expect(pluck(await sharesFound(where, given), "shareToType")).toEqual(["user", "all"]);
      },
    },
  }),
  ...[put, `POST ${search}`].map((operation) =>
    statement({
      of: `${operation} > parameter locale`,
      says: "a locale is accepted, and one that is not listed is refused",
      place,
      given: (where) => ownSegment(where),
      ask: (id) => ({
        ...(operation === put ? sharesOf(id, jane) : componentSearch(sharesPath, [id])),
        query: { locale: "fr_FR" },
      }),
      answer: async ({ status }, { place: where, given }) => {
        expect(status).toBe(200);
        const ask = operation === put ? sharesOf(given, jane) : componentSearch(sharesPath, [given]);
        expect((await where.ask({ ...ask, query: { locale: "xx" } })).status).toBe(400);
      },
    }),
  ),
  statement({
    of: `POST ${search} > 200`,
    says: "one component with its shares",
    place,
    given: sharedSegment,
    ask: (id) => componentSearch(sharesPath, [id]),
    answer: ({ status, body }) => expect(misfit("post", search, { status, body })).toEqual([]),
    differs: {
      ledger: "component-search-form",
      here: ({ status, body }, { given }) => {
        expect(misfit("post", search, { status, body: at(body, "content.0") })).toEqual([]);
        expect(body).toMatchObject({ content: [{ componentId: given, shares: [{ shareToId: 596983 }] }] });
      },
    },
  }),
  statement({
    of: [`POST ${search} > parameter limit`, `POST ${search} > parameter page`],
    says: "a page of components",
    place,
    given: async (where) => [await sharedSegment(where), await sharedSegment(where)],
    ask: (ids) => componentSearch(sharesPath, ids, { limit: 1, page: 1 }),
    answer: ({ body }, { given }) => expect(pluck(at(body, "content"), "componentId")).toEqual(given.slice(1)),
  }),
  statement({
    of: [`POST ${search} > parameter expansion`, `POST ${search} > expansion=sharesFullName`],
    says: "sharesFullName: who it is",
    place,
    given: sharedSegment,
    ask: (id) => componentSearch(sharesPath, [id], { expansion: "sharesFullName" }),
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("post", search, { status, body: at(body, "content.0") })).toEqual([]);
      const names = { shareToDisplayName: "Jane Analyst", shareToLogin: "jane.analyst@company.example" };
      expect(at(body, "content.0.shares.0")).toMatchObject(names);
      const [plain] = await sharesFound(where, given);
      expect(Object.keys(plain as object)).not.toEqual(expect.arrayContaining(["shareToDisplayName"]));
    },
    decides: "share-names",
  }),
  statement({
    of: [`GET ${toMe} > 200`, `GET ${toMe} > parameter componentType`],
    says: "IDs of components that have been shared with the current user, each once",
    place,
    given: async (where) => {
      const both = await sharedBoth(where);
      const shares = [{ type: "all" }, { type: "user", to: mine }];
      return [both.to, await colleaguesSegment(where, { shared: false, shares })];
    },
    ask: { path: toMe, query: { componentType: "segment" } },
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("get", toMe, { status, body })).toEqual([]);
      expect(body).toEqual(given);
      expect((await where.ask({ path: toMe, query: { componentType: "project" } })).body).toEqual([]);
    },
  }),
  statement({
    of: `GET ${toMe} > parameter componentType`,
    says: "it is required",
    place,
    ask: { path: toMe },
    answer: async ({ status }) => expect(status).toBe(400),
    decides: "shared-to-me-types",
  }),
];
