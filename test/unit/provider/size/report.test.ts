import { parseReport, reportBody, MAX_DEFINITIONS } from "../../../../provider/size/report";

const definition = (name: string) => ({ func: "segment", version: [1, 0, 0], container: { name } });

/** `/reports` takes 20 metrics (cja-reports.md, section 5). */
test("six definitions and all persons are the metrics of one report", () => {
  const definitions = Array.from({ length: MAX_DEFINITIONS }, (_, index) => definition(String(index)));
  const body = reportBody("dv_web", "td-30d/td", definitions) as {
    metricContainer: { metrics: { columnId: string; id: string; filters?: string[] }[]; metricFilters: object[] };
  };
  const { metrics, metricFilters } = body.metricContainer;
  expect(metrics).toHaveLength(19);
  expect(new Set(metrics.map(({ columnId }) => columnId)).size).toBe(19);
  expect(metrics[0]).toEqual({ columnId: "all:persons", id: "metrics/visitors" });
  expect(metrics.slice(1, 4)).toEqual([
    { columnId: "0:persons", id: "metrics/visitors", filters: ["definition-0"] },
    { columnId: "0:sessions", id: "metrics/visits", filters: ["definition-0"] },
    { columnId: "0:events", id: "metrics/occurrences", filters: ["definition-0"] },
  ]);
  expect(metricFilters[5]).toEqual({ id: "definition-5", type: "segment", segmentDefinition: definitions[5] });
  expect(body).toMatchObject({ dataId: "dv_web", globalFilters: [{ type: "dateRange", dateRange: "td-30d/td" }] });
});

const COLUMNS = ["all:persons", "0:persons", "0:sessions", "0:events", "1:persons", "1:sessions", "1:events"];

test("numbers are found by their columns, in whatever order these come", () => {
  const columnIds = [...COLUMNS].reverse();
  const totals = [60, 50, 40, 30, 20, 10, 100];
  expect(parseReport({ columns: { columnIds }, summaryData: { totals, filteredTotals: [0] }, rows: [] }, 2)).toEqual({
    selected: [
      { size: { persons: 10, sessions: 20, events: 30 } },
      { size: { persons: 40, sessions: 50, events: 60 } },
    ],
    allPersons: 100,
  });
});

test("a column that failed leaves the others, and says why it did", () => {
  const columnErrors = [
    { columnId: "0:sessions", errorCode: "not_enabled_metric", errorDescription: "metrics/visits is not enabled" },
    { columnId: "1:persons", errorCode: "unauthorized_segment", errorDescription: "not yours" },
  ];
  expect(
    parseReport(
      { columns: { columnIds: COLUMNS, columnErrors }, summaryData: { totals: [9, 1, 2, 3, 4, "NaN", 6] } },
      2,
    ),
  ).toEqual({
    selected: [{ size: { persons: 1, events: 3 } }, { unknown: "unauthorized_segment: not yours" }],
    allPersons: 9,
  });
});

test.each<[string, unknown]>([
  ["without totals", { columns: { columnIds: COLUMNS } }],
  ["with fewer columns", { columns: { columnIds: ["0:events"] }, summaryData: { totals: [1] } }],
  ["with texts", { columns: { columnIds: COLUMNS }, summaryData: { totals: COLUMNS.map(() => "1") } }],
  ["with numbers below zero", { columns: { columnIds: COLUMNS }, summaryData: { totals: COLUMNS.map(() => -1) } }],
])("a report %s is not known, and never nobody", (_, answer) => {
  expect(parseReport(answer, 1)?.selected).toEqual([{ unknown: "the report lacks this number" }]);
});

test.each([[undefined], ["<html>"], [{}], [{ columns: {} }]])("%p is no report", (answer) => {
  expect(parseReport(answer, 1)).toBeUndefined();
});
