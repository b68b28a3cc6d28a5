import { at, pluck } from "../json";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const remove = "DELETE /segments/{ID}";
const del = (id: string) => ({ method: "DELETE", path: `/segments/${id}` }) as const;

export const deleteStatements: readonly Statement[] = [
  statement({
    of: [`${remove} > example`, `${remove} > response > status: String`, `${remove} > response > message: String`],
    says: "the sample request has the sample's answer",
    given: (place) => ownSegment(place),
    ask: (id) => del(id),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segment-delete.answer"), body ?? null)).toEqual([]);
      expect(at(body, "status")).toBe(at(recorded("segment-delete.answer"), "status"));
    },
  }),
  statement({
    of: `${remove} > prose > hidden from all users, no longer returned when retrieving multiple segments`,
    says: "it is hidden and no longer returned when retrieving multiple segments",
    given: (place) => ownSegments(place, "stays", "goes"),
    ask: ([, goes = ""]) => [del(goes), { path: "/segments" }],
    answer: async ({ body }, { place, given: [stays, goes = ""] }) => {
      expect(pluck(body, "id")).toEqual([stays]);
      for (const query of [
        { includeType: "all" },
        { includeType: "all", segmentFilter: goes },
        { segmentFilter: goes },
      ]) {
        expect(pluck((await place.ask({ path: "/segments", query })).body, "id")).not.toContain(goes);
      }
    },
    decides: "id-filter-narrows",
  }),
  statement({
    of: `${remove} > prose > you can continue to request it from the single segment endpoint`,
    says: "you can continue to request it from the single segment API endpoint",
    given: async (place) => {
      const id = await ownSegment(place, { description: "still readable" });
      const query = { expansion: "definition,compatibility" };
      return { id, query, before: (await place.ask({ path: `/segments/${id}`, query })).body };
    },
    ask: ({ id, query }) => [del(id), { path: `/segments/${id}`, query }],
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...(given.before as object),
        modified: expect.any(String) as string,
      });
    },
  }),
  statement({
    of: `${remove} > request > id`,
    says: "the segment ID to be deleted, and no other",
    given: (place) => ownSegments(place, "stays", "goes", "stays too"),
    ask: ([, goes = ""]) => [del(goes), { path: "/segments" }],
    answer: ({ body }) => expect(pluck(body, "name").sort()).toEqual(["stays", "stays too"]),
  }),
  statement({
    of: `${remove} > request > id required`,
    says: "there is nothing to DELETE without an ID",
    given: (place) => ownSegment(place),
    ask: { method: "DELETE", path: "/segments" },
    answer: async ({ status }, { place }) => {
      expect([404, 405]).toContain(status);
      expect((await place.ask({ path: "/segments" })).body).toHaveLength(1);
    },
  }),
];
