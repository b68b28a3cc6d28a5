import { at, pluck, textAt } from "../json";
import { dataViews } from "../place";
import { colleaguesSegment, ownSegment, ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const path = "/segments";
const place = { dialect: "reference" } as const;
const names = ["Beta buyers", "Alpha visitors", "Gamma phones"] as const;
const [beta, alpha, gamma] = names;

export const filterStatements: readonly Statement[] = [
  statement({
    of: `${list} > parameter dataIds`,
    says: "only segments tied to the specified data group ID list (comma-delimited)",
    place,
    given: async (where) => {
      await ownSegment(where, { name: beta, dataId: dataViews.guide });
      await ownSegment(where, { name: alpha, dataId: dataViews.other });
      await ownSegment(where, { name: gamma, dataId: "dv_stage" });
    },
    ask: { path, query: { dataIds: `${dataViews.guide},dv_stage`, expansion: "name" } },
    answer: async ({ body }, { place: where }) => {
      expect(at(body, "content")).toHaveLength(2);
      const one = await where.ask({ path, query: { dataIds: dataViews.other, expansion: "dataId" } });
      expect(pluck(at(one.body, "content"), "dataId")).toEqual([dataViews.other]);
    },
  }),
  statement({
    of: `${list} > parameter ownerId`,
    says: "only segments owned by the specified imsUserId",
    place,
    given: async (where) => {
      const own = await ownSegment(where);
      await colleaguesSegment(where, { shared: true });
      const one = await where.ask({ path: `${path}/${own}`, query: { expansion: "owner" } });
      return { own, ownerId: textAt(one.body, "owner.imsUserId") };
    },
    ask: ({ ownerId }) => ({ path, query: { ownerId, includeType: "shared" } }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(pluck(at(body, "content"), "id")).toEqual([given.own]);
    },
  }),
  statement({
    of: `${list} > parameter filterByIds`,
    says: "only segments in the specified list (comma-delimited list of IDs)",
    place,
    given: (where) => ownSegments(where, ...names),
    ask: ([first, , third]) => ({ path, query: { filterByIds: `${first},${third}` } }),
    answer: ({ body }, { given: [first, , third] }) =>
      expect(pluck(at(body, "content"), "id").sort()).toEqual([first, third].sort()),
  }),
  statement({
    of: `${list} > parameter name`,
    says: "only segments that contain the Name",
    place,
    given: (where) => ownSegments(where, ...names),
    ask: () => ({ path, query: { name: "visitors" } }),
    answer: ({ body }, { given }) => expect(pluck(at(body, "content"), "id")).toEqual([given[1]]),
  }),
  statement({
    of: `${list} > parameter filterByModifiedAfter`,
    says: "only segments modified since this date (ISO 8601)",
    place,
    given: async (where) => {
      const ids = await ownSegments(where, ...names);
      const second = await where.ask({ path: `${path}/${ids[1]}`, query: { expansion: "modified" } });
      return { ids, since: textAt(second.body, "modified") };
    },
    ask: ({ since }) => ({ path, query: { filterByModifiedAfter: since } }),
    answer: ({ body }, { given }) => expect(pluck(at(body, "content"), "id").sort()).toEqual(given.ids.slice(1).sort()),
    decides: "modified-since-inclusive",
  }),
  statement({
    of: [`${list} > parameter toBeUsedInRsid`, "GET /segments/{id} > parameter toBeUsedInRsid"],
    says: "the data view where the segment is intended to be used: compatibility is judged against it",
    place,
    given: (where) => ownSegment(where),
    ask: { path, query: { toBeUsedInRsid: "dv_unknown", expansion: "compatibility" } },
    answer: async ({ body }, { place: where, given }) => {
      const query = { expansion: "compatibility" };
      const plain = await where.ask({ path: `${path}/${given}`, query });
      const other = await where.ask({ path: `${path}/${given}`, query: { ...query, toBeUsedInRsid: "dv_unknown" } });
      expect(other.body).not.toEqual(plain.body);
      expect(at(body, "content.0")).toEqual(other.body);
    },
    differs: {
      ledger: "to-be-used-in-rsid",
      here: async ({ body }, { place: where, given }) => {
        const plain = await where.ask({ path: `${path}/${given}`, query: { expansion: "compatibility" } });
        expect(at(body, "content")).toEqual([plain.body]);
      },
    },
  }),
  statement({
    of: `${list} > parameter locale`,
    says: "locale: template names are in its language (seen in Analytics)",
    place,
    given: (where) => colleaguesSegment(where, { name: "Mobile visitors", template: true }),
    ask: { path, query: { locale: "fr_FR", includeType: "templates", expansion: "name" } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(pluck(at(body, "content"), "name")).not.toEqual(["Mobile visitors"]);
    },
    differs: {
      ledger: "locale-texts",
      here: ({ body }) => expect(pluck(at(body, "content"), "name")).toEqual(["Mobile visitors"]),
    },
  }),
];
