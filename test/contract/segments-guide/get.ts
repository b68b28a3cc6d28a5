import { at } from "../json";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { colleaguesSegment, editInUi, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const get = "GET /segments/{ID}";

export const getStatements: readonly Statement[] = [
  statement({
    of: `${get} > example`,
    says: "the sample request has the sample's answer",
    given: async (place) => {
      const sample = recorded("segment-get.answer");
      const id = await ownSegment(place, {
        name: at(sample, "name") ?? "",
        description: at(sample, "description") ?? "",
        definition: at(sample, "definition") ?? {},
      });
      await editInUi(place, id, { tags: ["Mobile"] });
      return id;
    },
    ask: (id) => ({ path: `/segments/${id}`, query: { expansion: "definition,tags,compatibility" } }),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segment-get.answer"), body ?? null)).toEqual([]);
      expect(at(body, "definition")).toEqual(at(recorded("segment-get.answer"), "definition"));
    },
  }),
  statement({
    of: `${get} > prose > the same segment object structure as in the list`,
    says: "the same segment object structure as described in the retrieve multiple segments section",
    given: (place) => ownSegment(place),
    ask: (id) => ({ path: `/segments/${id}`, query: { expansion: "definition,compatibility" } }),
    answer: async ({ body }, { place }) => {
      const list = await place.ask({ path: "/segments", query: { expansion: "definition,compatibility" } });
      expect(body).toEqual(at(list.body, "0"));
    },
  }),
  statement({
    of: `${get} > request > id`,
    says: "the segment ID to retrieve",
    given: async (place) => {
      const wanted = await ownSegment(place, { name: "wanted" });
      await ownSegment(place, { name: "another" });
      return wanted;
    },
    ask: (id) => ({ path: `/segments/${id}` }),
    answer: ({ body }, { given }) => expect(body).toMatchObject({ id: given, name: "wanted" }),
  }),
  statement({
    of: `${get} > request > id required`,
    says: "without an ID the request is the list's",
    given: (place) => ownSegment(place),
    ask: { path: "/segments" },
    answer: ({ body }) => expect(Array.isArray(body)).toBe(true),
  }),
  statement({
    of: `${get} > request > id`,
    says: "a segment of somebody else, too",
    given: (place) => colleaguesSegment(place, { name: "Colleague's" }),
    ask: (id) => ({ path: `/segments/${id}` }),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "name")).toBe("Colleague's");
    },
  }),
];
