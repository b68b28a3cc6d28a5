import { at, isObject, pluck } from "../json";
import { type Place } from "../place";
import { colleaguesSegment, ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const path = "/segments";
const place = { dialect: "reference" } as const;
const names = ["Beta buyers", "Alpha visitors", "Gamma phones"] as const;
const [beta, alpha, gamma] = names;
async function oneOfEach(where: Place): Promise<void> {
  const deleted = await ownSegment(where, { name: "deleted" });
  await where.ask({ method: "DELETE", path: `${path}/${deleted}` });
  await ownSegment(where, { name: "mine" });
  await colleaguesSegment(where, { name: "shared with me", shared: true });
  await colleaguesSegment(where, { name: "template", template: true });
  await colleaguesSegment(where, { name: "internal", internal: true });
}

export const listStatements: readonly Statement[] = [
  statement({
    of: ["envelope", `${list} > 200`, `${list} > pagination=true`],
    says: "content, totalElements, totalPages, numberOfElements, number, firstPage, lastPage, sort, size",
    place,
    given: (where) => ownSegments(where, ...names),
    ask: { path, query: { limit: 2, page: 1 } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(isObject(body) && Object.keys(body).sort()).toEqual(
        [
          "content",
          "totalElements",
          "totalPages",
          "numberOfElements",
          "number",
          "firstPage",
          "lastPage",
          "sort",
          "size",
        ].sort(),
      );
      expect(body).toMatchObject({
        totalElements: 3,
        totalPages: 2,
        numberOfElements: 1,
        number: 1,
        firstPage: false,
        lastPage: true,
        size: 2,
      });
    },
  }),
  statement({
    of: ["default fields", `${list} > parameter expansion`],
    says: "a segment response includes these default items: id",
    place,
    given: (where) => ownSegment(where),
    ask: { path },
    answer: ({ body }, { given }) => expect(at(body, "content")).toEqual([{ id: given }]),
    differs: {
      ledger: "reference-name-unasked",
      here: ({ body }, { given }) =>
        expect(at(body, "content")).toEqual([{ id: given, name: "Mobile", description: expect.any(String) as string }]),
    },
  }),
  statement({
    of: [`${list} > parameter pagination`, `${list} > pagination=false`],
    says: "pagination=false: not paginated, all in one",
    place,
    given: (where) => ownSegments(where, ...Array.from({ length: 12 }, (_, index) => `Segment ${index}`)),
    ask: { path, query: { pagination: "false" } },
    answer: ({ body }, { given }) => {
      expect(pluck(at(body, "content"), "id").sort()).toEqual([...given].sort());
      expect(body).toMatchObject({ totalElements: 12, numberOfElements: 12, totalPages: 1, lastPage: true });
    },
    decides: "reference-unpaged",
  }),
  statement({
    of: [`${list} > parameter cached`, `${list} > cached=true`, `${list} > cached=false`],
    says: "cached=true: a cached result, which does not have what was made since",
    place,
    given: async (where) => {
      await where.ask({ path, query: { cached: "true" } });
      return ownSegment(where);
    },
    ask: { path, query: { cached: "true" } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "content")).toEqual([]);
    },
    differs: {
      ledger: "cached",
      here: async ({ body }, { place: where, given }) => {
        expect(pluck(at(body, "content"), "id")).toEqual([given]);
        expect((await where.ask({ path, query: { cached: "false" } })).body).toEqual(body);
      },
    },
  }),
  statement({
    of: [`${list} > parameter limit`, `${list} > parameter page`],
    says: "limit: default 10; page: base 0, default 0",
    place,
    given: (where) => ownSegments(where, ...Array.from({ length: 11 }, (_, index) => `Segment ${index}`)),
    ask: { path },
    answer: async ({ body }, { place: where, given }) => {
      expect(pluck(at(body, "content"), "id")).toEqual([...given].sort().slice(0, 10));
      expect(body).toMatchObject({ number: 0, size: 10, totalPages: 2, firstPage: true, lastPage: false });
      const second = await where.ask({ path, query: { page: 1 } });
      expect(pluck(at(second.body, "content"), "id")).toEqual([...given].sort().slice(10));
    },
  }),
  statement({
    of: [`${list} > parameter sortProperty`, `${list} > parameter sortDirection`],
    says: "sortProperty: name, modified_date, performanceScore, id (default); sortDirection: ASC (default) or DESC",
    place,
    given: async (where) => {
      const ids = await ownSegments(where, ...names);
      await where.ask({ method: "PUT", path: `${path}/${ids[0]}`, body: { description: "touched last" } });
      return ids;
    },
    ask: { path },
    answer: async ({ body }, { place: where, given }) => {
      expect(pluck(at(body, "content"), "id")).toEqual([...given].sort());
      const sorted = async (sortProperty: string, sortDirection: string) =>
        pluck(
          at((await where.ask({ path, query: { sortProperty, sortDirection, expansion: "name" } })).body, "content"),
          "name",
        );
      expect(await sorted("name", "ASC")).toEqual([alpha, beta, gamma]);
      expect(await sorted("name", "DESC")).toEqual([gamma, beta, alpha]);
      expect(await sorted("modified_date", "ASC")).toEqual([alpha, gamma, beta]);
      expect(await sorted("modified_date", "DESC")).toEqual([beta, gamma, alpha]);
    },
  }),
  statement({
    of: `${list} > parameter sortProperty`,
    says: "performanceScore is currently allowed: both directions have their order",
    place,
    given: (where) => ownSegments(where, ...names),
    ask: { path, query: { sortProperty: "performanceScore", sortDirection: "DESC" } },
    answer: async ({ status, body }, { place: where }) => {
      expect(status).toBe(200);
      const other = await where.ask({ path, query: { sortProperty: "performanceScore", sortDirection: "ASC" } });
      expect(at(other.body, "content")).not.toEqual(at(body, "content"));
    },
    differs: {
      ledger: "reference-constants",
      here: ({ body }, { given }) => expect(pluck(at(body, "content"), "id")).toEqual([...given].sort()),
    },
  }),
  ...[
    { value: "shared", more: ["shared with me"] },
    { value: "templates", more: ["template"] },
    { value: "deleted", more: ["deleted"] },
    { value: "internal", more: ["internal"] },
    { value: "shared,deleted", more: ["shared with me", "deleted"] },
  ].map(({ value, more }) =>
    statement({
      of: [`${list} > parameter includeType`, ...value.split(",").map((each) => `${list} > includeType=${each}`)],
      says: `additional segments: ${value}`,
      place,
      given: oneOfEach,
      ask: { path, query: { includeType: value, expansion: "name" } },
      answer: ({ status, body }) => {
        expect(status).toBe(200);
        expect(pluck(at(body, "content"), "name").sort()).toEqual(["mine", ...more].sort());
      },
    }),
  ),
];
