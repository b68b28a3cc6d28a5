import { technicalAccount } from "../../../emulator";
import { at, isObject } from "../json";
import { dataViews, type Ask } from "../place";
import { mobileHits, ownSegment, referenceBody } from "../segments";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";

const get = "GET /segments/{id}";
const put = "PUT /segments/{id}";
const remove = "DELETE /segments/{id}";
const place = { dialect: "reference" } as const;
const update = (id: string, body: Ask["body"], query = {}): Ask => ({
  method: "PUT",
  path: `/segments/${id}`,
  query,
  ...(body === undefined ? {} : { body }),
});

export const oneStatements: readonly Statement[] = [
  statement({
    of: [`${get} > parameter id`, "field names"],
    says: "the segment; its data view is dataId and dataName, its times are modified and createDate",
    place,
    given: (where) => ownSegment(where, { description: "told" }),
    ask: (id) => ({
      path: `/segments/${id}`,
      query: { expansion: "dataId,dataName,modified,createdDate,definition" },
    }),
    answer: ({ body }, { given }) =>
      expect(body).toEqual({
        id: given,
        name: "Mobile",
        description: "told",
        dataId: dataViews.guide,
        dataName: expect.any(String) as string,
        modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        modifiedById: technicalAccount.imsUserId,
        createDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        definition: mobileHits,
      }),
    decides: ["reference-name-unasked", "definitions-unchanged"],
  }),
  statement({
    of: "owner",
    says: "{imsUserId, ownerId, name, type: imsUser}",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => ({ path: `/segments/${id}`, query: { expansion: "owner" } }),
    answer: ({ body }) => {
      expect(Object.keys(at(body, "owner") ?? {}).sort()).toEqual(["imsUserId", "name", "ownerId", "type"]);
      expect(at(body, "owner.type")).toBe("imsUser");
      expect(at(body, "owner.imsUserId")).toMatch(/@/);
    },
  }),
  statement({
    of: "deleted",
    says: "isDeleted; returned only by ID, or with includeType=deleted",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => [
      { method: "DELETE", path: `/segments/${id}` },
      { path: `/segments/${id}`, query: { expansion: "isDeleted" } },
    ],
    answer: async ({ body }, { place: where, given }) => {
      expect(body).toEqual({ id: given, name: "Mobile", description: expect.any(String) as string, isDeleted: true });
      const list = await where.ask({ path: "/segments", query: { filterByIds: given } });
      expect(at(list.body, "content")).toEqual([]);
      const query = { filterByIds: given, includeType: "deleted", expansion: "isDeleted" };
      expect(at((await where.ask({ path: "/segments", query })).body, "content")).toEqual([body]);
    },
  }),
  ...[get, put].map((operation) =>
    statement({
      of: [`${operation} > parameter locale`, "POST /segments > parameter locale"],
      says: "a locale is accepted, and one that is not listed is refused",
      place,
      given: (where) => ownSegment(where),
      ask: (id) => ({
        ...(operation === get ? { path: `/segments/${id}` } : update(id, { name: "x" })),
        query: { locale: "fr_FR" },
      }),
      answer: async ({ status }, { place: where }) => {
        expect(status).toBe(200);
        const create = { method: "POST", path: "/segments", body: referenceBody };
        expect((await where.ask({ ...create, query: { locale: "ja_JP" } })).status).toBe(200);
        expect((await where.ask({ ...create, query: { locale: "xx_XX" } })).status).toBe(400);
      },
    }),
  ),
  statement({
    of: [`${remove} > 200`, `${remove} > parameter id`],
    says: "{result, message}",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => ({ method: "DELETE", path: `/segments/${id}` }),
    answer: ({ status, body }) => {
      expect(misfit("delete", "/segments/{id}", { status, body })).toEqual([]);
      expect(isObject(body) && Object.keys(body).sort()).toEqual(["message", "result"]);
      expect(at(body, "result")).toBe("success");
    },
    decides: "reference-delete-result",
  }),
  ...["name", "dataId", "definition"].map((name) =>
    statement({
      of: "POST > required",
      says: `nothing is marked as required: a segment without ${name}`,
      place,
      ask: {
        method: "POST",
        path: "/segments",
        body: Object.fromEntries(Object.entries(referenceBody).filter(([key]) => key !== name)),
      },
      answer: ({ status }) => expect(status).toBe(200),
      differs: { ledger: "reference-required-fields", here: ({ status }) => expect(status).toBe(400) },
    }),
  ),
  ...(["guide", "reference"] as const).map((dialect) =>
    statement({
      of: "former path",
      says: `/filters is the same resource under its former name, beside the ${dialect} dialect`,
      place: { dialect },
      given: (where) => ownSegment(where),
      ask: (id) => ({ path: `/filters/${id}`, query: { expansion: "dataId" } }),
      answer: async ({ status, body }, { place: where, given }) => {
        expect(status).toBe(200);
        const own = { id: given, name: "Mobile", description: expect.any(String) as string };
        expect(body).toEqual({ ...own, dataId: dataViews.guide });
        expect(at((await where.ask({ path: "/filters" })).body, "content")).toEqual([own]);
        const made = await where.ask({ method: "POST", path: "/filters", body: referenceBody });
        expect(made.status).toBe(200);
        const gone = await where.ask({ method: "DELETE", path: `/filters/${given}` });
        expect(Object.keys(gone.body ?? {}).sort()).toEqual(["message", "result"]);
      },
      decides: "filters-path",
    }),
  ),
];
