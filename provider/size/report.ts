import { z } from "zod";
import type { Size, Sizing } from "./size";

/**
 * Adobe takes 20 metrics in a report (https://developer.adobe.com/cja-apis/docs/endpoints/reporting/): three for each definition, and
 * all persons.
 */
export const MAX_DEFINITIONS = 6;

const METRICS = { persons: "metrics/visitors", sessions: "metrics/visits", events: "metrics/occurrences" } as const;
const MEASURES = Object.keys(METRICS) as (keyof typeof METRICS)[];
const ALL_PERSONS = "all:persons";

const columnOf = (index: number, measure: keyof typeof METRICS) => `${index}:${measure}`;

/**
 * The body of a report that counts what definitions select that need not be saved: a column for each number, and no dimension. Filter
 * types are written as clients of the service write them: the spelling of its page was seen to be refused.
 * https://github.com/AdobeDocs/analytics-2.0-apis/issues/99
 */
export function reportBody(dataViewId: string, dateRange: string, definitions: readonly unknown[]): unknown {
  return {
    dataId: dataViewId,
    globalFilters: [{ type: "dateRange", dateRange }],
    metricContainer: {
      metrics: [
        { columnId: ALL_PERSONS, id: METRICS.persons },
        ...definitions.flatMap((_, index) =>
          MEASURES.map((measure) => ({
            columnId: columnOf(index, measure),
            id: METRICS[measure],
            filters: [`definition-${index}`],
          })),
        ),
      ],
      metricFilters: definitions.map((segmentDefinition, index) => ({
        id: `definition-${index}`,
        type: "segment",
        segmentDefinition,
      })),
    },
    settings: { countRepeatInstances: true, nonesBehavior: "return-nones" },
    capacityMetadata: { associations: [{ name: "applicationName", value: "pulumi-cja" }] },
  };
}

/** What a report counted: for each definition, in the order of the request, and all persons. */
export interface ReportCounts {
  readonly selected: readonly Sizing[];
  readonly allPersons: number | undefined;
}

const reportSchema = z.looseObject({
  columns: z.looseObject({
    columnIds: z.array(z.string()),
    columnErrors: z
      .array(
        z.looseObject({
          columnId: z.string(),
          errorCode: z.string().nullish(),
          errorDescription: z.string().nullish(),
        }),
      )
      .nullish(),
  }),
  // A column that failed may have a null, or the text "NaN".
  summaryData: z.looseObject({ totals: z.array(z.unknown()) }).nullish(),
});

/**
 * Reads the answer to `reportBody`. Of a column that failed, the others are still right (status 206).
 *
 * @returns undefined where it is no report
 */
export function parseReport(answer: unknown, definitions: number): ReportCounts | undefined {
  const { data } = reportSchema.safeParse(answer);
  if (!data) return undefined;
  const { columnIds, columnErrors } = data.columns;
  const totals = data.summaryData?.totals ?? [];
  const errors = new Map(
    (columnErrors ?? []).map(({ columnId, errorCode, errorDescription }) => [
      columnId,
      [errorCode, errorDescription].filter((part) => part).join(": ") || "Adobe gives no reason",
    ]),
  );
  const numberOf = (columnId: string): number | string => {
    const error = errors.get(columnId);
    if (error !== undefined) return error;
    const total = totals[columnIds.indexOf(columnId)];
    return typeof total === "number" && Number.isFinite(total) && total >= 0 ? total : "the report lacks this number";
  };
  // A data view may lack a metric: what matters are persons.
  const sizing = (index: number): Sizing => {
    const [persons, sessions, events] = MEASURES.map((measure) => numberOf(columnOf(index, measure)));
    if (typeof persons !== "number") return { unknown: persons ?? "" };
    return { size: { persons, ...numbers({ sessions, events }) } };
  };
  const all = numberOf(ALL_PERSONS);
  return {
    selected: Array.from({ length: definitions }, (_, index) => sizing(index)),
    allPersons: typeof all === "number" ? all : undefined,
  };
}

const numbers = (counts: Readonly<Record<string, number | string | undefined>>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => typeof count === "number")) as Omit<Size, "persons">;
