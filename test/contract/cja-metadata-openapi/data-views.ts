import { at, pluck } from "../json";
import type { Place } from "../place";
import { statement, type Statement } from "../statement";
import { misfit, valuesOf } from "./schema";

const path = "/data/dataviews";
const list = `GET ${path}`;
const place = { dialect: "reference" } as const;

/** Four of the emulator's own, and so many more. */
async function manyDataViews(where: Place): Promise<void> {
  await where.control(
    "POST",
    "/data-views",
    Array.from({ length: 1200 }, (_, n) => ({ id: `many_${n}`, name: `${n}` })),
  );
}

export const dataViewStatements: readonly Statement[] = [
  statement({
    of: `${list} > 200`,
    says: "every key of the answer is declared in the schema, with its type",
    place,
    ask: { path, query: { expansion: valuesOf("get", path, "expansion").join(",") } },
    answer: ({ status, body }) => expect(misfit("get", path, { status, body })).toEqual([]),
    differs: {
      ledger: "data-views-subset",
      here: ({ status, body }) =>
        expect(misfit("get", path, { status, body })).toEqual([
          "+ firstPage",
          "+ lastPage",
          "! sort: object, not null",
        ]),
    },
  }),
  ...valuesOf("get", path, "expansion").map((expansion) =>
    statement({
      of: [`${list} > parameter expansion`, `${list} > expansion=${expansion}`],
      says: `${expansion} is an additional field, beside the ID`,
      place,
      ask: { path, query: { expansion } },
      answer: ({ body }) => {
        const field = expansion === "modified" ? "modifiedDate" : expansion;
        expect(Object.keys(at(body, "content.0") as object)).toEqual(["id", field]);
      },
    }),
  ),
  statement({
    of: [`${list} > parameter limit`, `${list} > parameter page`],
    says: "limit: default 10; page: base 0",
    place,
    given: manyDataViews,
    ask: { path, query: { limit: 1000, page: 1 } },
    answer: async ({ body }, { place: where }) => {
      expect(body).toMatchObject({ totalElements: 1204, totalPages: 2, number: 1, numberOfElements: 204, last: true });
      const first = await where.ask({ path, query: { limit: 1000 } });
      expect(first.body).toMatchObject({ numberOfElements: 1000, first: true, last: false, size: 1000 });
      const ids = [...pluck(at(first.body, "content"), "id"), ...pluck(at(body, "content"), "id")];
      expect(new Set(ids).size).toBe(1204);
      expect((await where.ask({ path })).body).toMatchObject({ numberOfElements: 10, size: 10, totalPages: 121 });
    },
  }),
  statement({
    of: [`${list} > parameter sortProperty`, `${list} > parameter sortDirection`],
    says: "sorted by id (default) or modifiedDate, ASC (default) or DESC",
    place,
    ask: { path },
    answer: async ({ body }, { place: where }) => {
      const ids = async (query: Record<string, string>) =>
        pluck(at((await where.ask({ path, query })).body, "content"), "id");
      const sorted = pluck(at(body, "content"), "id");
      expect(sorted).toEqual([...sorted].sort());
      expect(await ids({ sortDirection: "DESC" })).toEqual([...sorted].reverse());
      expect(await ids({ sortProperty: "modifiedDate" })).toEqual(sorted);
      expect((await where.ask({ path, query: { sortProperty: "name" } })).status).toBe(400);
    },
  }),
  statement({
    of: `${list} > parameter dataViewIds`,
    says: "only those data views",
    place,
    ask: { path, query: { dataViewIds: "dv_prod,dv_dev,dv_unknown" } },
    answer: ({ body }) => expect(pluck(at(body, "content"), "id")).toEqual(["dv_dev", "dv_prod"]),
  }),
  statement({
    of: `${list} > parameter parentDataGroupId`,
    says: "only data views of this connection",
    place,
    ask: { path, query: { expansion: "parentDataGroupId" } },
    answer: async ({ body }, { place: where }) => {
      const [parentDataGroupId] = pluck(at(body, "content"), "parentDataGroupId") as string[];
      const of = async (id = "") => (await where.ask({ path, query: { parentDataGroupId: id } })).body;
      expect(await of(parentDataGroupId)).toMatchObject({ totalElements: at(body, "totalElements") });
      expect(await of("another")).toMatchObject({ totalElements: 0 });
    },
  }),
  ...["externalIds", "externalParentIds"].map((name) =>
    statement({
      of: [`${list} > parameter ${name}`, `${list} > 404`],
      says: `${name}: none is found: "could not find dataViews with given parameters"`,
      place,
      ask: { path, query: { [name]: "x1,x2" } },
      answer: ({ status }) => expect(status).toBe(404),
      differs: {
        ledger: "no-data-view-found",
        here: ({ status, body }) => {
          expect(status).toBe(200);
          expect(body).toMatchObject({ content: [], totalElements: 0, totalPages: 0, lastPage: true });
        },
      },
    }),
  ),
  statement({
    of: [
      `${list} > parameter includeType`,
      `${list} > includeType=deleted`,
      `${list} > parameter cached`,
      `${list} > cached=true`,
      `${list} > cached=false`,
    ],
    says: "deleted ones, too; cached or not: here there is none that is deleted, and every answer is up to date",
    place,
    ask: { path },
    answer: async ({ body }, { place: where }) => {
      await where.control("POST", "/data-views", { id: "dv_new", name: "New" });
      const first = await where.ask({ path, query: { includeType: "deleted", cached: "true" } });
      expect(at(first.body, "totalElements")).toBe(Number(at(body, "totalElements")) + 1);
      expect((await where.ask({ path, query: { cached: "false" } })).body).toEqual(first.body);
    },
    decides: ["data-views-subset", "cached"],
  }),
];
