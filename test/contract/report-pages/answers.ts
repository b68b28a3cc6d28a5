import { at, pluck, textAt, type Json, type JsonObject } from "../json";
import { dataViews, type Place } from "../place";
import { recorded } from "../recorded";
import { dates, inline, onPage, report, spending, three, totals, withMarch } from "../reports";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const errors = (body: Json | undefined): Json | undefined => at(body, "columns.columnErrors");
const codes = (body: Json | undefined): unknown => pluck(errors(body), "errorCode");

/** A segment of somebody else, which nobody has shared with us, while we are no administrators. */
async function foreign(place: Place): Promise<string> {
  await withMarch(place);
  const segment = { name: "Hers", dataViewId: dataViews.guide, definition: onPage("Cart"), shared: false };
  const id = textAt(await place.control("POST", "/segments", segment), "id");
  await place.control("PUT", "/permissions", { admin: false });
  return id;
}

const lacking = onPageOf("variables/lacking");
function onPageOf(name: string): JsonObject {
  const pred = { func: "exists", val: { func: "attr", name } };
  return { ...onPage("Cart"), container: { func: "container", context: "hits", pred } };
}

export const answerStatements: readonly Statement[] = [
  statement({
    of: ["answer > paging", "answer > columns.columnIds", "answer > rows", "answer > summaryData.filteredTotals"],
    says: "the sample's shape, without its dimension and its rows",
    given: withMarch,
    ask: report(),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      const beside = ["+ summaryData.filteredTotals", "+ reportId"];
      expect(sameShape(recorded("report.answer"), body ?? null)).toEqual(["- columns.dimension", "- rows", ...beside]);
      expect(at(body, "columns")).toEqual({ columnIds: ["0:visitors", "0:visits", "0:occurrences"] });
      const paging = { firstPage: true, lastPage: true, numberOfElements: 0, number: 0, totalElements: 0 };
      expect(body).toMatchObject(paging);
      expect(at(body, "summaryData.filteredTotals")).toEqual(at(body, "summaryData.totals"));
    },
    decides: "report-empty-page",
  }),
  statement({
    of: "answer > summaryData.totals",
    says: "in the order of columns.columnIds",
    given: withMarch,
    ask: report({ metrics: [...three("0")].reverse() }),
    answer: (answer) => {
      expect(at(answer.body, "columns.columnIds")).toEqual(["0:occurrences", "0:visits", "0:visitors"]);
      expect(totals(answer)).toEqual([6, 4, 3]);
    },
  }),
  statement({
    of: "answer > request with reflectRequest",
    says: "the body of the request",
    given: withMarch,
    ask: report({ more: { settings: { reflectRequest: true } } }),
    answer: ({ body }) => expect(at(body, "request")).toMatchObject(report().body as object),
  }),
  statement({
    of: ["answer > columnErrors", "answer > 206", "column errors > not_enabled_metric"],
    says: "206 where some columns failed: each with its code; the others are counted",
    given: withMarch,
    ask: report({ metrics: [{ id: "metrics/visits" }, { id: "metrics/lacking" }, { id: "metrics/visitors" }] }),
    answer: async (answer, { place }) => {
      const { status, body } = answer;
      expect(status).toBe(206);
      const text: unknown = expect.any(String);
      expect(errors(body)).toEqual([
        { columnId: "1", errorCode: "not_enabled_metric", errorId: text, errorDescription: text },
      ]);
      expect([at(body, "columns.columnIds"), totals(answer)]).toEqual([
        ["0", "2"],
        [4, 3],
      ]);
      const metricFilters = [inline(spending(1, "metrics/lacking"), "s")];
      const some = await place.ask(report({ metrics: [...three("0"), ...three("s", "s")], metricFilters }));
      expect([some.status, codes(some.body)]).toEqual([206, Array.from({ length: 3 }, () => "not_enabled_metric")]);
      expect(totals(some)).toEqual([3, 4, 6]);
    },
    decides: "report-failed-columns",
  }),
  statement({
    of: ["column errors > not_enabled_dimension", "column errors > not_enabled_dimension_global"],
    says: "a dimension that the data view lacks, in a metric's filter, or in one of the report",
    given: withMarch,
    ask: report({
      metrics: [{ id: "metrics/visits" }, { id: "metrics/visits", filters: ["l"] }],
      metricFilters: [inline(lacking, "l")],
    }),
    answer: async (answer, { place }) => {
      expect([answer.status, codes(answer.body)]).toEqual([206, ["not_enabled_dimension"]]);
      expect(totals(answer)).toEqual([4]);
      const all = await place.ask(report({ filters: [dates(), inline(lacking)] }));
      const global = Array.from({ length: 3 }, () => "not_enabled_dimension_global");
      expect([all.status, codes(all.body), totals(all)]).toEqual([206, global, []]);
    },
    decides: "report-lacking-components",
  }),
  statement({
    of: "column errors > not_enabled_dimension",
    says: "what events have, the data view has: there are no fields but theirs",
    given: (place) =>
      place.control("PUT", "/events", [
        { person: "a", session: "1", time: "2026-03-02T09:00:00Z", values: { "variables/lacking": "x" } },
      ]),
    ask: report({ filters: [dates(), inline(lacking)] }),
    answer: (answer) => expect([answer.status, totals(answer)]).toEqual([200, [1, 1, 1]]),
    decides: "report-lacking-components",
  }),
  statement({
    of: "column errors > unauthorized_segment",
    says: "a segment that the account may not use",
    given: foreign,
    ask: (segmentId) =>
      report({
        metrics: [...three("0"), { id: "metrics/visits", columnId: "hers", filters: ["hers"] }],
        metricFilters: [{ type: "segment", segmentId, id: "hers" }],
      }),
    answer: async (answer, { place, given }) => {
      expect([answer.status, codes(answer.body), totals(answer)]).toEqual([206, ["unauthorized_segment"], [3, 4, 6]]);
      await place.control("PATCH", `/segments/${given}`, { shared: true });
      const filters = [dates(), { type: "segment", segmentId: given }];
      expect(totals(await place.ask(report({ filters })))).toEqual([2, 2, 2]);
    },
    decides: "report-lacking-components",
  }),
];
