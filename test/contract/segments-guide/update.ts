import { at, textAt } from "../json";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { mobileHits, orderVisits, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const update = "PUT /segments/{ID}";
const put = (id: string) => ({ method: "PUT", path: `/segments/${id}` }) as const;

export const updateStatements: readonly Statement[] = [
  statement({
    of: `${update} > example`,
    says: "the sample request has the sample's answer",
    given: (place) => ownSegment(place, { definition: at(recorded("segment-update.answer"), "definition") ?? {} }),
    ask: (id) => ({ ...put(id), body: recorded("segment-update.request") }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segment-update.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ id: given, ...(recorded("segment-update.request") as object) });
    },
  }),
  statement({
    of: `${update} > prose > partial updates: only the fields you want to change`,
    says: "you can send only the fields you want to change; the others stay",
    given: async (place) => {
      const id = await ownSegment(place, { name: "Before", description: "stays", definition: mobileHits });
      await place.advance(60_000);
      return { id, before: (await place.ask({ path: `/segments/${id}`, query: { expansion: "definition" } })).body };
    },
    ask: ({ id }) => ({ ...put(id), body: { name: "After" } }),
    answer: async (_answer, { place, given }) => {
      const after = await place.ask({ path: `/segments/${given.id}`, query: { expansion: "definition" } });
      const modified = textAt(after.body, "modified");
      expect(after.body).toEqual({ ...(given.before as object), name: "After", modified });
      expect(Date.parse(modified) - Date.parse(textAt(given.before, "modified"))).toBe(60_000);
    },
  }),
  statement({
    of: `${update} > prose > the updated segment object with the same structure`,
    says: "contains the updated segment object with the same structure as a single segment",
    given: (place) => ownSegment(place),
    ask: (id) => ({ ...put(id), body: { description: "new" } }),
    answer: async ({ body }, { place, given }) => {
      const one = await place.ask({ path: `/segments/${given}`, query: { expansion: "definition" } });
      expect(body).toEqual(one.body);
    },
  }),
  ...[
    { name: "name", value: "Another name" },
    { name: "description", value: "Another description" },
    { name: "description", value: "" },
    { name: "definition", value: orderVisits },
  ].map(({ name, value }) =>
    statement({
      of: `${update} > request > ${name}`,
      says: `changes the ${name} to ${JSON.stringify(value).slice(0, 30)}`,
      given: (place) => ownSegment(place, { name: "Before", description: "before" }),
      ask: (id) => ({ ...put(id), body: { [name]: value } }),
      answer: async ({ body }, { place, given }) => {
        expect(at(body, name)).toEqual(value);
        const one = await place.ask({ path: `/segments/${given}`, query: { expansion: "definition" } });
        expect(at(one.body, name)).toEqual(value);
      },
    }),
  ),
  statement({
    of: `${update} > request > id`,
    says: "the segment ID to be updated, and no other",
    given: async (place) => [await ownSegment(place, { name: "one" }), await ownSegment(place, { name: "two" })],
    ask: ([one = ""]) => ({ ...put(one), body: { name: "changed" } }),
    answer: async (_answer, { place, given: [one = "", two = ""] }) => {
      expect(at((await place.ask({ path: `/segments/${one}` })).body, "name")).toBe("changed");
      expect(at((await place.ask({ path: `/segments/${two}` })).body, "name")).toBe("two");
    },
  }),
  statement({
    of: `${update} > request > id required`,
    says: "there is nothing to PUT without an ID",
    ask: { method: "PUT", path: "/segments", body: { name: "changed" } },
    answer: ({ status }) => expect([404, 405]).toContain(status),
  }),
  statement({
    of: "errors > 400 Bad Request",
    says: "invalid segment definition (PUT)",
    given: (place) => ownSegment(place, { definition: mobileHits }),
    ask: (id) => ({ ...put(id), body: { definition: "not an object" } }),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(400);
      const one = await place.ask({ path: `/segments/${given}`, query: { expansion: "definition" } });
      expect(at(one.body, "definition")).toEqual(mobileHits);
    },
  }),
  statement({
    of: "tags and sharing > some fields are managed separately from the main segments endpoints",
    says: "tags are not set by PUT /segments/{ID}",
    given: (place) => ownSegment(place),
    ask: (id) => ({ ...put(id), body: { name: "x", tags: [{ id: 1, name: "by PUT" }] } }),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(200);
      const one = await place.ask({ path: `/segments/${given}`, query: { expansion: "tags" } });
      expect(at(one.body, "tags")).toEqual([]);
    },
  }),
];
