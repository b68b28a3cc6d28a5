import { at } from "../json";
import { dataViews } from "../place";
import { counted, dates, inline, long, onPage, report, spending, three, totals, withMarch } from "../reports";
import { statement, type Statement } from "../statement";

const march = [3, 4, 6];

export const requestStatements: readonly Statement[] = [
  statement({
    of: "request > dataId, rsid",
    says: "the data view, by either name; both are called required",
    given: withMarch,
    ask: report(),
    answer: async (answer, { place }) => {
      expect([answer.status, totals(answer)]).toEqual([200, march]);
      const none = { more: { dataId: null } };
      const rsid = { rsid: dataViews.guide };
      const { body } = report();
      const { dataId: _, ...rest } = body as Record<string, never>;
      const ask = (fields: object) => place.ask({ ...report(), body: { ...rest, ...fields } });
      expect(totals(await ask(rsid))).toEqual(march);
      expect((await ask({})).status).toBe(400);
      expect((await ask({ ...rsid, dataId: dataViews.other })).status).toBe(400);
      expect((await place.ask(report(none))).status).toBe(400);
    },
    decides: "report-data-view",
  }),
  statement({
    of: "request > globalFilters are ANDed",
    says: "dates, and two segments",
    given: withMarch,
    ask: report({ filters: [dates(), inline(spending(20)), inline(onPage("Cart"))] }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([2, 2, 2]);
      expect(await counted(place, { filters: [dates(), inline(spending(100)), inline(onPage("Cart"))] })).toEqual([
        1, 1, 1,
      ]);
      const earlier = dates("2026-03-01T00:00:00.000/2026-03-05T00:00:00.000");
      expect(await counted(place, { filters: [dates(), earlier] })).toEqual([2, 3, 4]);
    },
  }),
  statement({
    of: "request > a date range is needed",
    says: "it is marked optional, and every client sends one",
    ask: report({ filters: [inline(onPage("Cart"))] }),
    answer: ({ status, body }) => {
      expect([status, at(body, "errorDescription")]).toEqual([400, "globalFilters has no dateRange"]);
    },
    decides: "report-dates",
  }),
  statement({
    of: "request > metrics > id, columnId",
    says: "each column has the ID that was asked for; without one its number",
    given: withMarch,
    ask: report({ metrics: [{ id: "metrics/visits", columnId: "s" }, { id: "metrics/visitors" }] }),
    answer: async (answer, { place }) => {
      expect([at(answer.body, "columns.columnIds"), totals(answer)]).toEqual([
        ["s", "1"],
        [4, 3],
      ]);
      const twice = [{ id: "metrics/visits" }, { id: "metrics/visitors", columnId: "0" }];
      expect((await place.ask(report({ metrics: twice }))).status).toBe(400);
      expect((await place.ask(report({ metrics: [] }))).status).toBe(400);
    },
    decides: "report-columns",
  }),
  statement({
    of: ["request > metrics > filters", "request > metricFilters"],
    says: "IDs of metricFilters, which have the body of a global filter",
    given: withMarch,
    ask: report({
      metrics: [...three("all"), ...three("cart", "c")],
      metricFilters: [inline(onPage("Cart"), "c")],
    }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([...march, 2, 2, 2]);
      for (const metricFilters of [[], [inline(onPage("Cart"))], [inline(onPage("Cart"), "c"), dates()]]) {
        const { status } = await place.ask(report({ metrics: three("cart", "c"), metricFilters }));
        expect(status).toBe(400);
      }
    },
  }),
  statement({
    of: "request > metrics > at most 20",
    says: "20 metrics in a report",
    given: withMarch,
    ask: report({ metrics: Array.from({ length: 20 }, () => ({ id: "metrics/visits" })) }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(200);
      const metrics = Array.from({ length: 21 }, () => ({ id: "metrics/visits" }));
      const refused = await place.ask(report({ metrics }));
      expect([refused.status, at(refused.body, "errorCode")]).toEqual([400, "invalid_data"]);
    },
  }),
  ...[
    { of: "request > metrics > metricDefinition", asked: { metrics: [{ id: "ad_hoc_cm_1", metricDefinition: {} }] } },
    { of: "request > rowContainer", asked: { more: { rowContainer: { rows: [] } } } },
    { of: "request > dimension", asked: { more: { dimension: "variables/page" } } },
    { of: "request > dimensions", asked: { more: { dimensions: [{ id: "variables/page" }] } } },
  ].map(({ of, asked }) =>
    statement({
      of,
      says: "rows, or metrics of one's own",
      ask: report(asked),
      answer: ({ status }) => expect(status).toBe(200),
      differs: {
        ledger: "report-rows",
        here: ({ status, body }) => {
          expect([status, at(body, "errorCode")]).toEqual([400, "action_not_implemented"]);
          expect(at(body, "errorDescription")).toMatch(/is not part of the emulator/);
        },
      },
    }),
  ),
  statement({
    of: "request > without a dimension totals only",
    says: "the dimension is optional; an empty one is none",
    given: withMarch,
    ask: report({ more: { dimension: "", dimensions: [] } }),
    answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, march]),
  }),
  statement({
    of: ["request > search, settings, statistics, locale", "settings > sampling"],
    says: "what they do to reports without a dimension is not said",
    given: withMarch,
    ask: report({
      more: {
        search: { clause: "( CONTAINS 'a' )" },
        settings: { limit: 1, page: 0, nonesBehavior: "exclude-nones", countRepeatInstances: true, sampling: 0.1 },
        statistics: { functions: ["col-max"] },
        locale: "en_US",
      },
    }),
    answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, march]),
    decides: "report-settings",
  }),
  statement({
    of: "request > identityOverrides, capacityMetadata",
    says: "clients send them, and more in the query",
    given: withMarch,
    ask: {
      ...report({
        more: {
          identityOverrides: [],
          capacityMetadata: { associations: [{ name: "applicationName", value: "pulumi-cja" }] },
        },
      }),
      query: { allowRemoteLoad: "default", useCache: "true", useResultsCache: "false" },
    },
    answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, march]),
  }),
  statement({
    of: "request > /reports/ranked",
    says: "the older path, which one client still uses",
    given: withMarch,
    ask: { ...report(), path: "/reports/ranked" },
    answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, march]),
  }),
  statement({
    of: "sizes > six groups in a request",
    says: "persons, sessions and events of six: the whole and five segments, each with its own numbers",
    given: withMarch,
    ask: report({
      metrics: [...three("0"), ...["a", "b", "c", "d", "e"].flatMap((id) => three(id, id))],
      metricFilters: [
        inline(onPage("Cart"), "a"),
        inline(spending(100), "b"),
        inline(onPage("Home", "visits"), "c"),
        inline(long(50), "d"),
        inline(spending(20), "e"),
      ],
    }),
    answer: (answer) => {
      const sizes = [march, [2, 2, 2], [1, 2, 3], [2, 2, 3], [0, 0, 0], [2, 3, 5]];
      expect([answer.status, totals(answer)]).toEqual([200, sizes.flat()]);
    },
  }),
];
