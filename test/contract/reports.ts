import { at, type Json, type JsonObject } from "./json";
import { dataViews, type Answer, type Ask, type Place } from "./place";

export const reportsPath = "/reports";

const event = (person: string, session: string, time: string, values: JsonObject): JsonObject => ({
  ...{ person, session, time: `2026-03-${time}Z`, values },
});
const page = (name: string, more: JsonObject = {}): JsonObject => ({ "variables/page": name, ...more });

/** Three persons, four sessions, six events in March 2026. */
export const march: readonly JsonObject[] = [
  event("ann", "1", "02T09:00:00", page("Home")),
  event("ann", "1", "02T09:05:00", page("Cart")),
  event("ann", "2", "03T10:00:00", page("Order", { "metrics/orders": 1, "metrics/revenue": 120.5 })),
  event("bob", "1", "02T23:30:00", page("Home")),
  event("cat", "1", "05T12:00:00", page("Cart")),
  event("cat", "1", "05T12:10:00", page("Order", { "metrics/orders": 2, "metrics/revenue": 30 })),
];
export const inMarch = "2026-03-01T00:00:00.000/2026-04-01T00:00:00.000";

/** An emulator that has these events and no others. */
export const withMarch = async (place: Place): Promise<void> => {
  await place.control("PUT", "/events", march);
};

const definition = (context: string, pred: JsonObject): JsonObject => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context, pred },
});
const isPage = (str: string): JsonObject => ({ func: "streq", str, val: { func: "attr", name: "variables/page" } });
const total = (name: string): JsonObject => ({ func: "total", evt: { func: "event", name } });

/** Events on a page: of `Cart` two, of two persons. */
export const onPage = (name: string, context = "hits"): JsonObject => definition(context, isPage(name));
/** All events of persons with so much revenue: of 100 or more there is one, with three events. */
export const spending = (num: number, name = "metrics/revenue"): JsonObject =>
  definition("visitors", { func: "ge", num, val: total(name) });
/** A definition of so many conditions. */
export const long = (conditions: number): JsonObject =>
  definition("hits", { func: "or", preds: Array.from({ length: conditions }, (_, index) => isPage(`Page ${index}`)) });

export const dates = (dateRange = inMarch): JsonObject => ({ type: "dateRange", dateRange });
export const inline = (segmentDefinition: Json, id?: string): JsonObject => ({
  ...{ type: "segment", segmentDefinition },
  ...(id !== undefined && { id }),
});

/** Persons, sessions and events, narrowed to filters of these IDs. */
export const three = (prefix: string, ...filters: readonly string[]): readonly JsonObject[] =>
  ["visitors", "visits", "occurrences"].map((name) => ({
    ...{ id: `metrics/${name}`, columnId: `${prefix}:${name}` },
    ...(filters.length > 0 && { filters }),
  }));

interface Asked {
  readonly filters?: readonly JsonObject[];
  readonly metrics?: readonly JsonObject[];
  readonly metricFilters?: readonly JsonObject[];
  readonly more?: JsonObject;
  readonly dataId?: string;
}

/** A report on March, of persons, sessions and events, unless it says otherwise. */
export function report({
  filters = [dates()],
  metrics = three("0"),
  metricFilters = [],
  more,
  dataId,
}: Asked = {}): Ask {
  const metricContainer = { metrics, metricFilters };
  const body = { dataId: dataId ?? dataViews.guide, globalFilters: filters, metricContainer, ...more };
  return { method: "POST", path: reportsPath, body };
}

export const totals = ({ body }: Pick<Answer, "body">): Json | undefined => at(body, "summaryData.totals");

/** The totals of a report. */
export async function counted(place: Place, asked: Asked): Promise<Json | undefined> {
  return totals(await place.ask(report(asked)));
}
