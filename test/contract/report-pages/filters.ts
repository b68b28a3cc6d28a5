import { at, textAt, type Json, type JsonObject } from "../json";
import { dataViews, type Place } from "../place";
import { counted, dates, inline, inMarch, march, onPage, report, spending, three, totals, withMarch } from "../reports";
import { statement, type Statement } from "../statement";

/** Events of March, and a segment that is saved; its ID. */
async function withSegment(place: Place, definition: Json, fields: JsonObject = {}): Promise<string> {
  await withMarch(place);
  const segment = { name: "Saved", dataViewId: dataViews.guide, definition, ...fields };
  return textAt(await place.control("POST", "/segments", segment), "id");
}
const saved = (segmentId: string): JsonObject => ({ type: "segment", segmentId });

export const filterStatements: readonly Statement[] = [
  ...[
    { of: "filters > dateRange, segment", types: ["dateRange", "segment"] },
    { of: "filters > DATE_RANGE, SEGMENT", types: ["DATE_RANGE", "SEGMENT"] },
  ].map(({ of, types: [range = "", segment = ""] }) =>
    statement({
      of,
      says: "types of filters, global and of metrics",
      given: withMarch,
      ask: report({
        filters: [{ type: range, dateRange: inMarch }],
        metrics: three("c", "c"),
        metricFilters: [{ id: "c", type: segment, segmentDefinition: onPage("Cart") }],
      }),
      answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, [2, 2, 2]]),
    }),
  ),
  statement({
    of: "filters > other types",
    says: "400 invalid_json and Invalid filterType: what Analytics answers to a type that it does not know",
    ask: report({ filters: [dates(), { type: "Segment", segmentDefinition: onPage("Cart") }] }),
    answer: ({ status, body }) => {
      expect(status).toBe(400);
      expect(at(body, "errorDescription")).toContain("Invalid filterType (Segment)");
      expect(at(body, "errorCode")).toBe("invalid_json_input");
    },
    decides: "report-filter-types",
  }),
  statement({
    of: "filters > segmentId",
    says: "a saved segment, global or of a metric",
    given: (place) => withSegment(place, onPage("Cart")),
    ask: (id) => report({ filters: [dates(), saved(id)] }),
    answer: async (answer, { place, given }) => {
      expect([answer.status, totals(answer)]).toEqual([200, [2, 2, 2]]);
      const metricFilters = [{ ...saved(given), id: "c" }];
      expect(await counted(place, { metrics: three("c", "c"), metricFilters })).toEqual([2, 2, 2]);
      await place.control("PATCH", `/segments/${given}`, { definition: spending(100) });
      expect(await counted(place, { metrics: three("c", "c"), metricFilters })).toEqual([1, 2, 3]);
    },
  }),
  statement({
    of: "filters > segmentDefinition",
    says: "exactly the definition that goes into a segment; one that asks for another segment asks for this organisation's",
    given: (place) => withSegment(place, onPage("Cart")),
    ask: report({ filters: [dates(), inline(onPage("Cart"))] }),
    answer: async (answer, { place, given }) => {
      expect([answer.status, totals(answer)]).toEqual([200, [2, 2, 2]]);
      const referring = { ...onPage("Cart"), container: { func: "container", context: "visitors", pred: null } };
      const pred = { func: "segment-ref", id: given };
      const container = { ...referring.container, pred };
      expect(await counted(place, { filters: [dates(), inline({ ...referring, container })] })).toEqual([2, 3, 5]);
    },
  }),
  statement({
    of: "filters > either segmentId or segmentDefinition",
    says: "one of the two",
    given: (place) => withSegment(place, onPage("Cart")),
    ask: (id) => report({ filters: [dates(), { ...saved(id), segmentDefinition: onPage("Cart") }] }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect((await place.ask(report({ filters: [dates(), { type: "segment" }] }))).status).toBe(400);
      expect((await place.ask(report({ filters: [dates(), { type: "dateRange" }] }))).status).toBe(400);
    },
  }),
  ...["breakdown", "BREAKDOWN", "EXCLUDE_ITEM_IDS"].map((type) =>
    statement({
      of: "filters > BREAKDOWN, EXCLUDE_ITEM_IDS",
      says: `a filter of type ${type}, by items of a dimension`,
      ask: report({ filters: [dates(), { type, dimension: "variables/page", itemId: "1" }] }),
      answer: ({ status }) => expect(status).toBe(200),
      differs: {
        ledger: "report-rows",
        here: ({ status, body }) => expect([status, at(body, "errorCode")]).toEqual([400, "action_not_implemented"]),
      },
    }),
  ),
  ...[
    { of: "metrics > metrics/visitors is people", id: "metrics/visitors", total: 3 },
    { of: "metrics > metrics/visits is sessions", id: "metrics/visits", total: 4 },
    { of: "metrics > metrics/occurrences is events", id: "metrics/occurrences", total: 6 },
    { of: "metrics > others are summed", id: "metrics/orders", total: 3 },
    { of: "metrics > others are summed", id: "metrics/revenue", total: 150.5 },
  ].map(({ of, id, total }) =>
    statement({
      of,
      says: `${id}; persons and sessions are counted once each`,
      given: withMarch,
      ask: report({ metrics: [{ id }] }),
      answer: (answer) => expect(totals(answer)).toEqual([total]),
    }),
  ),
  statement({
    of: "sizes > several filters of a column are ANDed",
    says: "one column may name several",
    given: withMarch,
    ask: report({
      metrics: three("both", "a", "b"),
      metricFilters: [inline(onPage("Cart"), "a"), inline(spending(100), "b")],
    }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([1, 1, 1]);
      const metricFilters = [inline(onPage("Cart"), "a"), { ...dates("2026-03-05T00:00/2026-03-06T00:00"), id: "b" }];
      expect(await counted(place, { metrics: three("both", "a", "b"), metricFilters })).toEqual([1, 1, 1]);
    },
  }),
  statement({
    of: "sizes > columns without filters are the whole",
    says: "in the same answer",
    given: withMarch,
    ask: report({ metrics: [...three("0"), ...three("c", "c")], metricFilters: [inline(onPage("Cart"), "c")] }),
    answer: (answer) => expect(totals(answer)).toEqual([3, 4, 6, 2, 2, 2]),
  }),
  statement({
    of: "sizes > the context matters",
    says: "events that match, or all events of the sessions, or of the persons",
    given: withMarch,
    ask: report({ filters: [dates(), inline(onPage("Home"))] }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([2, 2, 2]);
      expect(await counted(place, { filters: [dates(), inline(onPage("Home", "visits"))] })).toEqual([2, 2, 3]);
      expect(await counted(place, { filters: [dates(), inline(onPage("Home", "visitors"))] })).toEqual([2, 3, 4]);
    },
  }),
  statement({
    of: "sizes > a segment of the range's events",
    says: "visitors: all events in the range of persons who match; whether in the range alone is not said",
    given: withMarch,
    ask: report({
      filters: [dates("2026-03-03T00:00:00.000/2026-03-04T00:00:00.000"), inline(onPage("Home", "visitors"))],
    }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([0, 0, 0]);
      const earlier = march.map((event) => ({ ...event, time: "2026-03-03T08:00:00Z" }));
      await place.control("PUT", "/events", earlier);
      const filters = [dates("2026-03-03T00:00:00.000/2026-03-04T00:00:00.000"), inline(onPage("Home", "visitors"))];
      expect(await counted(place, { filters })).toEqual([2, 3, 4]);
    },
    decides: "report-range-first",
  }),
];
