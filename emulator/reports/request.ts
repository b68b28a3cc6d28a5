import type { Context } from "hono";
import { z } from "zod";
import { ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { bodyAs } from "../request";

/** What narrows a report, or a column of it. */
export type ReportFilter =
  | { readonly kind: "dates"; readonly range: string }
  | { readonly kind: "segment"; readonly id: string }
  | { readonly kind: "definition"; readonly definition: unknown };

/** A metric, and what it is narrowed to beside the report's own filters. */
export interface ReportColumn {
  readonly id: string;
  readonly metric: string;
  readonly filters: readonly ReportFilter[];
}

export interface ReportRequest {
  readonly dataViewId: string;
  readonly filters: readonly ReportFilter[];
  readonly columns: readonly ReportColumn[];
  /** The body as it came, where the answer is to repeat it. */
  readonly reflected: JsonObject | undefined;
}

/** The most metrics of a report: https://developer.adobe.com/cja-apis/docs/endpoints/reporting/ */
const mostMetrics = 20;

const filterSchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  dateRange: z.string().optional(),
  dateRangeId: z.string().optional(),
  segmentId: z.string().optional(),
  segmentDefinition: z.unknown().optional(),
});
const metricSchema = z.looseObject({
  id: z.string(),
  columnId: z.string().optional(),
  filters: z.array(z.string()).default([]),
});
const bodySchema = z.looseObject({
  dataId: z.string().optional(),
  rsid: z.string().optional(),
  globalFilters: z.array(filterSchema).default([]),
  metricContainer: z
    .looseObject({ metrics: z.array(metricSchema).default([]), metricFilters: z.array(filterSchema).default([]) })
    .default({ metrics: [], metricFilters: [] }),
  settings: z.looseObject({ reflectRequest: z.boolean().optional() }).default({}),
});

/** Members that ask for rows, or for metrics of one's own. An empty text or list asks for nothing: clients send those. */
const asksForRows = ["dimension", "dimensions", "rowContainer"] as const;

const invalid = (message: string): ServiceRefusal => new ServiceRefusal(400, "invalid_data", message);
const absent = (what: string): ServiceRefusal =>
  new ServiceRefusal(400, "action_not_implemented", `${what} is not part of the emulator: it answers totals`);

/** What the body of POST /reports asks for, or a 400. Members that the emulator does not know are ignored. */
export async function reportRequest(c: Context): Promise<ReportRequest> {
  const body = await bodyAs(c, bodySchema);
  const rows = asksForRows.find((member) => asksForSomething(body[member]));
  if (rows !== undefined) throw absent(`A report with ${rows}`);
  const { metrics, metricFilters } = body.metricContainer;
  if (metrics.length === 0) throw invalid("metricContainer.metrics is missing or empty");
  if (metrics.length > mostMetrics) {
    throw invalid(`A report can have ${mostMetrics} metrics, and metricContainer.metrics has ${metrics.length}`);
  }
  const byId = new Map<string | undefined, ReportFilter>();
  metricFilters.forEach((filter, index) => {
    const at = `metricContainer.metricFilters[${index}]`;
    if (filter.id === undefined || byId.has(filter.id)) throw invalid(`${at}.id is missing, or that of another filter`);
    byId.set(filter.id, readFilter(filter, at));
  });
  const columns = metrics.map((metric, index): ReportColumn => {
    if (metric["metricDefinition"] !== undefined) throw absent("A metricDefinition");
    const filters = metric.filters.map((id) => {
      const filter = byId.get(id);
      if (filter === undefined) throw invalid(`metricContainer.metrics[${index}].filters: there is no filter ${id}`);
      return filter;
    });
    return { id: metric.columnId ?? String(index), metric: metric.id, filters };
  });
  const twice = columns.find(({ id }, index) => columns.findIndex((column) => column.id === id) < index);
  if (twice !== undefined) throw invalid(`metricContainer.metrics: columnId ${twice.id} is there twice`);
  return {
    dataViewId: dataViewIdOf(body),
    filters: body.globalFilters.map((filter, index) => readFilter(filter, `globalFilters[${index}]`)),
    columns,
    reflected: body.settings.reflectRequest === true ? body : undefined,
  };
}

const asksForSomething = (member: unknown): boolean =>
  member !== undefined && member !== null && member !== "" && !(Array.isArray(member) && member.length === 0);

function dataViewIdOf({ dataId, rsid }: { dataId?: string | undefined; rsid?: string | undefined }): string {
  if (dataId !== undefined && rsid !== undefined && dataId !== rsid) throw invalid("dataId and rsid differ");
  const id = dataId ?? rsid;
  if (id === undefined) throw invalid("Required field dataId is missing");
  return id;
}

/** Adobe's documents have types in both spellings: `dateRange` and `DATE_RANGE`, `segment` and `SEGMENT`. */
function readFilter(filter: z.output<typeof filterSchema>, at: string): ReportFilter {
  const { type, dateRange, dateRangeId, segmentId, segmentDefinition } = filter;
  switch (type) {
    case "dateRange":
    case "DATE_RANGE":
      if (dateRange !== undefined) return { kind: "dates", range: dateRange };
      throw dateRangeId === undefined ? invalid(`${at}.dateRange is missing`) : absent("A saved date range");
    case "segment":
    case "SEGMENT":
      if ((segmentId === undefined) === (segmentDefinition === undefined)) {
        throw invalid(`${at} must have either a segmentId or a segmentDefinition`);
      }
      return segmentId === undefined
        ? { kind: "definition", definition: segmentDefinition }
        : { kind: "segment", id: segmentId };
    case "breakdown":
    case "BREAKDOWN":
    case "excludeItemIds":
    case "EXCLUDE_ITEM_IDS":
      throw absent(`A filter of type ${type}`);
    default: {
      const message = `Invalid JSON request: Invalid filterType (${type}) at ${at}`;
      throw new ServiceRefusal(400, "invalid_json_input", message);
    }
  }
}
