import { at, isObject, type JsonObject } from "../json";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { guideBody, idOf, orderVisits } from "../segments";
import { statement, type Statement } from "../statement";

const create = "POST /segments";
const post = { method: "POST", path: "/segments" } as const;

/** The body without one field. */
function without(name: string): JsonObject {
  return Object.fromEntries(Object.entries(guideBody).filter(([key]) => key !== name));
}

export const createStatements: readonly Statement[] = [
  statement({
    of: `${create} > example`,
    says: "the sample request has the sample's answer",
    ask: { ...post, body: recorded("segment-create.request") },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segment-create.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject(recorded("segment-create.request") as object);
      expect(at(body, "created")).toBe(at(body, "modified"));
    },
  }),
  statement({
    of: `${create} > prose > the same segment object structure, including the newly assigned ID`,
    says: "including the newly assigned segment ID",
    ask: [
      { ...post, body: guideBody },
      { ...post, body: guideBody },
    ],
    answer: async ({ body }, { place }) => {
      const id = idOf(body);
      const list = await place.ask({ path: "/segments", query: { expansion: "definition,compatibility" } });
      expect(list.body).toHaveLength(2);
      expect(list.body).toContainEqual(body);
      const one = await place.ask({ path: `/segments/${id}`, query: { expansion: "definition,compatibility" } });
      expect(one.body).toEqual(body);
    },
  }),
  ...["name", "rsid", "definition"].map((name) =>
    statement({
      of: [`${create} > request > ${name} required`, "errors > 400 Bad Request"],
      says: `${name} is required: "missing required parameters"`,
      ask: { ...post, body: without(name) },
      answer: async ({ status, text }, { place }) => {
        expect(status).toBe(400);
        expect(text).toContain(name);
        expect((await place.ask({ path: "/segments" })).body).toEqual([]);
      },
    }),
  ),
  ...[
    { name: "name", value: "Another name" },
    { name: "description", value: "What it is for" },
    { name: "rsid", value: "dv_stage" },
    { name: "definition", value: orderVisits },
  ].map(({ name, value }) =>
    statement({
      of: `${create} > request > ${name}`,
      says: `the segment has the ${name} that was sent`,
      ask: { ...post, body: { ...guideBody, [name]: value } },
      answer: async ({ body }, { place }) => {
        expect(at(body, name)).toEqual(value);
        const one = await place.ask({ path: `/segments/${idOf(body)}`, query: { expansion: "definition" } });
        expect(at(one.body, name)).toEqual(value);
      },
    }),
  ),
  statement({
    of: `${create} > request > description`,
    says: "description is optional",
    ask: { ...post, body: guideBody },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(isObject(body) && (body["description"] ?? "")).toBe("");
    },
  }),
  statement({
    of: "errors > 400 Bad Request",
    says: "invalid segment definition (POST)",
    ask: { ...post, body: { ...guideBody, definition: { func: "nonsense" } } },
    answer: ({ status }) => expect(status).toBe(400),
  }),
];
