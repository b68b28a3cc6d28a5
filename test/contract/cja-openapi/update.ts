import { at } from "../json";
import { type Ask } from "../place";
import { colleaguesSegment, orderVisits, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const put = "PUT /segments/{id}";
const place = { dialect: "reference" } as const;
const update = (id: string, body: Ask["body"], query = {}): Ask => ({
  method: "PUT",
  path: `/segments/${id}`,
  query,
  ...(body === undefined ? {} : { body }),
});

export const updateStatements: readonly Statement[] = [
  ...[
    { name: "name", value: "Renamed" },
    { name: "description", value: "told anew" },
    { name: "definition", value: orderVisits },
    { name: "dataId", value: "dv_stage" },
  ].map(({ name, value }) =>
    statement({
      of: [`${put} > parameter id`, "PUT > fields"],
      says: `can be modified through this endpoint: ${name}`,
      place,
      given: (where) => ownSegment(where),
      ask: (id) => update(id, { [name]: value }),
      answer: async ({ status }, { place: where, given }) => {
        expect(status).toBe(200);
        const one = await where.ask({ path: `/segments/${given}`, query: { expansion: name } });
        expect(one.body).toMatchObject({ id: given, [name]: value });
      },
    }),
  ),
  statement({
    of: "PUT > fields",
    says: "can be modified through this endpoint: owner",
    place,
    given: async (where) => {
      const theirs = await colleaguesSegment(where, { shared: true });
      const one = await where.ask({ path: `/segments/${theirs}`, query: { expansion: "owner" } });
      return { id: await ownSegment(where), owner: at(one.body, "owner") ?? null };
    },
    ask: ({ id, owner }) => update(id, { owner }),
    answer: async ({ status }, { place: where, given }) => {
      expect(status).toBe(200);
      const one = await where.ask({ path: `/segments/${given.id}`, query: { expansion: "owner" } });
      expect(at(one.body, "owner")).toEqual(given.owner);
    },
  }),
  statement({
    of: [`${put} > parameter cached`, `${put} > cached=true`, `${put} > cached=false`],
    says: "cached results or not: the answer is the same, since nothing here is ever stale",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => update(id, { name: "Renamed" }, { cached: "true", expansion: "name" }),
    answer: async ({ body }, { place: where, given }) => {
      expect(body).toMatchObject({ id: given, name: "Renamed" });
      const fresh = await where.ask(update(given, { name: "Again" }, { cached: "false", expansion: "name" }));
      expect(fresh.body).toMatchObject({ id: given, name: "Again" });
    },
    decides: "cached",
  }),
];
