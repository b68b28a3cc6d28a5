import { at, pluck } from "../json";
import { dataViews } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { colleaguesSegment, editInUi, ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const path = "/segments";
const names = ["Beta buyers", "Alpha visitors", "Gamma phones"] as const;
const [beta, alpha, gamma] = names;

const sampleExpansion = "definition,tags,compatibility";

export const listStatements: readonly Statement[] = [
  statement({
    of: `${list} > example`,
    says: "the sample request has the sample's answer",
    given: async (place) => {
      const sample = at(recorded("segments-list.answer"), "0") as Record<string, string>;
      const id = await ownSegment(place, {
        name: sample["name"] ?? "",
        description: sample["description"] ?? "",
        definition: sample["definition"] ?? {},
      });
      await editInUi(place, id, { tags: ["Mobile"] });
    },
    ask: { path, query: { rsids: dataViews.guide, expansion: sampleExpansion, limit: 10, page: 0 } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segments-list.answer"), body ?? null)).toEqual([]);
      expect(at(body, "0.definition")).toEqual(at(recorded("segments-list.answer"), "0.definition"));
      expect(pluck(at(body, "0.tags"), "name")).toEqual(["Mobile"]);
    },
  }),
  statement({
    of: `${list} > example > rsids`,
    says: "the sample asks for the segments of a data view: rsids=example_dataview_id",
    given: async (place) => {
      await ownSegment(place, { name: beta, rsid: dataViews.guide });
      await ownSegment(place, { name: alpha, rsid: dataViews.other });
    },
    ask: { path, query: { rsids: dataViews.other } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual([alpha]),
    decides: "guide-rsids",
  }),
  statement({
    of: `${list} > prose > owned by the user or accessible to the user, by filters and permissions`,
    says: "retrieve all segments owned by the user or accessible to the user based on the specified filters",
    given: async (place) => {
      const own = await ownSegment(place);
      const colleagues = await colleaguesSegment(place);
      return { own, colleagues };
    },
    ask: { path },
    answer: async ({ body }, { place, given }) => {
      expect(pluck(body, "id")).toEqual([given.own]);
      const all = await place.ask({ path, query: { includeType: "all" } });
      expect(pluck(all.body, "id").sort()).toEqual([given.own, given.colleagues].sort());
    },
    decides: "list-shows-own",
  }),
  statement({
    of: `${list} > prose > the response is an array of segment objects`,
    says: "the response is an array, an empty one too",
    ask: { path },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(body).toEqual([]);
    },
  }),
  statement({
    of: `${list} > request > segmentFilter`,
    says: "only include segments in the specified list (comma-delimited list of IDs)",
    given: (place) => ownSegments(place, ...names),
    ask: ([first, , third]) => ({ path, query: { segmentFilter: `${first},${third}` } }),
    answer: ({ body }, { given: [first, , third] }) => expect(pluck(body, "id").sort()).toEqual([first, third].sort()),
  }),
  statement({
    of: [`${list} > request > name`, `${list} > prose > segments that contain the Name`],
    says: "only include segments that contain the Name",
    given: (place) => ownSegments(place, ...names),
    ask: { path, query: { name: "visitors" } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual([alpha]),
  }),
  statement({
    of: [`${list} > request > tagNames`, `${list} > prose > segments that contain one of the tags`],
    says: "only include segments that contain one of the tags",
    given: async (place) => {
      const ids = await ownSegments(place, ...names);
      const tags = ["red", "green", "blue"];
      for (const [index, id] of ids.entries()) await editInUi(place, id, { tags: tags.slice(index, index + 1) });
    },
    ask: { path, query: { tagNames: "red,blue" } },
    answer: ({ body }) => expect(pluck(body, "name").sort()).toEqual([beta, gamma]),
  }),
  statement({
    of: [`${list} > request > limit`, `${list} > request > page`],
    says: "limit: number of results per page; page: page number",
    given: (place) => ownSegments(place, ...names),
    ask: { path, query: { limit: 2, page: 1 } },
    answer: ({ body }, { given }) => expect(pluck(body, "id")).toEqual([[...given].sort()[2]]),
  }),
  statement({
    of: [`${list} > request > limit default 10`, `${list} > request > page default 0`],
    says: "limit: default is 10; page: default is 0, base 0",
    given: (place) => ownSegments(place, ...Array.from({ length: 11 }, (_, index) => `Segment ${index}`)),
    ask: { path },
    answer: async ({ body }, { place, given }) => {
      expect(pluck(body, "id")).toEqual([...given].sort().slice(0, 10));
      expect((await place.ask({ path, query: { page: 0 } })).body).toEqual(body);
      expect(pluck((await place.ask({ path, query: { page: 1 } })).body, "id")).toEqual([...given].sort().slice(10));
      expect((await place.ask({ path, query: { page: 2 } })).body).toEqual([]);
    },
  }),
  statement({
    of: [
      `${list} > request > sortProperty`,
      `${list} > request > sortProperty=name`,
      `${list} > request > sortDirection=ASC`,
    ],
    says: "sortProperty=name, ASC",
    given: (place) => ownSegments(place, ...names),
    ask: { path, query: { sortProperty: "name", sortDirection: "ASC" } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual([alpha, beta, gamma]),
  }),
  statement({
    of: [`${list} > request > sortDirection`, `${list} > request > sortDirection=DESC`],
    says: "sortProperty=name, DESC",
    given: (place) => ownSegments(place, ...names),
    ask: { path, query: { sortProperty: "name", sortDirection: "DESC" } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual([gamma, beta, alpha]),
  }),
  statement({
    of: [`${list} > request > sortProperty=modified_date`, `${list} > request > sortDirection default ASC`],
    says: "sortProperty=modified_date, the default direction is ASC",
    given: async (place) => {
      const [first = ""] = await ownSegments(place, ...names);
      await place.ask({ method: "PUT", path: `${path}/${first}`, body: { description: "touched last" } });
    },
    ask: { path, query: { sortProperty: "modified_date" } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual([alpha, gamma, beta]),
  }),
  statement({
    of: `${list} > request > sortProperty=id`,
    says: "sortProperty=id, DESC",
    given: (place) => ownSegments(place, ...names),
    ask: { path, query: { sortProperty: "id", sortDirection: "DESC" } },
    answer: ({ body }, { given }) => expect(pluck(body, "id")).toEqual([...given].sort().reverse()),
  }),
  statement({
    of: `${list} > request > sortProperty default id`,
    says: "sortProperty: default is id",
    // IDs given, and made in another order than theirs, so that neither time nor name could be the order.
    given: async (place) => {
      for (const id of ["s1_c", "s1_a", "s1_b"]) await colleaguesSegment(place, { id, name: id.replace("s1_b", "A") });
    },
    ask: { path, query: { includeType: "all" } },
    answer: ({ body }) => expect(pluck(body, "id")).toEqual(["s1_a", "s1_b", "s1_c"]),
  }),
];
