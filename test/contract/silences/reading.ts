import { at, pluck } from "../json";
import { dataViews, type PlaceOptions } from "../place";
import { colleaguesSegment, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const path = "/segments";
const reference: PlaceOptions = { dialect: "reference" };

/** What reading segments does where no document says it; each named by the ledger's entry. */
export const readingSilences: readonly Statement[] = [
  ...(["guide", "reference"] as const).map((dialect) =>
    statement({
      of: "ignored-parameters",
      says: `parameters of the other dialect, and unknown ones, have no effect (${dialect})`,
      place: { dialect },
      given: (place) => ownSegment(place),
      ask: {
        path,
        query: {
          ...(dialect === "guide"
            ? { dataIds: "dv_x", filterByIds: "x", pagination: "false" }
            : { rsids: "dv_x", segmentFilter: "x", tagNames: "x", filterByPublishedSegments: "true" }),
          includeType: "nonsense",
          expansion: "nonsense",
          nonsense: "x",
        },
      },
      answer: async ({ status, body }, { place }) => {
        expect(status).toBe(200);
        expect(body).toEqual((await place.ask({ path })).body);
      },
      decides: "ignored-parameters",
    }),
  ),
  statement({
    of: "refused-parameters",
    says: "limit may be 1 to 1000",
    ask: { path, query: { limit: 1001 } },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect((await place.ask({ path, query: { limit: 1000 } })).status).toBe(200);
      expect((await place.ask({ path, query: { limit: 0 } })).status).toBe(400);
    },
    decides: "refused-parameters",
  }),
  statement({
    of: "include-all-without-rights",
    says: "includeType=all without an administrator's rights: own, shared and template segments",
    given: async (place) => {
      await place.control("PUT", "/permissions", { admin: false });
      await ownSegment(place, { name: "mine" });
      await colleaguesSegment(place, { name: "shared", shared: true });
      await colleaguesSegment(place, { name: "not shared", shared: false });
      await colleaguesSegment(place, { name: "template", template: true });
    },
    ask: { path, query: { includeType: "all" } },
    answer: ({ body }) => expect(pluck(body, "name").sort()).toEqual(["mine", "shared", "template"]),
    decides: "include-all-without-rights",
  }),
  statement({
    of: "deleted-are-of-the-visible",
    says: "includeType=deleted adds no deleted segment of somebody else; shared,deleted does",
    place: reference,
    given: (place) => colleaguesSegment(place, { shared: true, deleted: true }),
    ask: { path, query: { includeType: "deleted" } },
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "content")).toEqual([]);
      const both = await place.ask({ path, query: { includeType: "shared,deleted" } });
      expect(pluck(at(both.body, "content"), "id")).toEqual([given]);
    },
    decides: "deleted-are-of-the-visible",
  }),
  statement({
    of: "name-contains",
    says: "name: any part, without regard to case",
    given: async (place) => {
      await ownSegment(place, { name: "Mobile visitors" });
      await ownSegment(place, { name: "Desktop" });
    },
    ask: { path, query: { name: "ILE VIS" } },
    answer: ({ body }) => expect(pluck(body, "name")).toEqual(["Mobile visitors"]),
    decides: "name-contains",
  }),
  statement({
    of: "data-views-subset",
    says: "data views can be read, in an envelope; they cannot be written",
    ask: { path: "/data/dataviews", query: { expansion: "name" } },
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "content"), "id")).toEqual(expect.arrayContaining([dataViews.guide, dataViews.other]));
      expect(at(body, "content.0.name")).toEqual(expect.any(String));
      expect(at(body, "lastPage")).toBe(at(body, "last"));
      const write = { method: "POST", path: "/data/dataviews", body: { name: "x" } };
      expect((await place.ask(write)).status).toBe(404);
    },
    decides: "data-views-subset",
  }),
];
