import { at, type JsonObject } from "../json";
import { dataViews, type Place } from "../place";
import { counted, dates, onPage, inline, report, three, totals, withMarch } from "../reports";
import { statement, type Statement } from "../statement";

const between = (start: string, end: string): readonly JsonObject[] => [dates(`${start}/${end}`)];

/** Events at these times before the emulator's last midnight in UTC, each of a person of its own. */
async function before(place: Place, ...hours: readonly number[]): Promise<void> {
  const now = Number(at(await place.control("GET", "/clock"), "now"));
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  const events = hours.map((hour, index) => ({
    ...{ person: `p${index}`, session: "1", time: midnight - hour * 3_600_000, values: {} },
  }));
  await place.control("PUT", "/events", events);
}

const inZone = async (place: Place, timeZone: string | null): Promise<void> => {
  await place.control("POST", "/data-views", { id: dataViews.guide, name: "Guide", timeZone });
};

export const dateStatements: readonly Statement[] = [
  statement({
    of: "dates > form, in the data view's time zone",
    says: "YYYY-MM-DDTHH:mm:ss.SSS/… without a zone, in the data view's own (timezoneDesignator)",
    given: withMarch,
    ask: report({ filters: between("2026-03-02T00:00:00.000", "2026-03-03T00:00:00.000") }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([2, 2, 3]);
      expect(await counted(place, { filters: between("2026-03-02T00:00", "2026-03-03T00:00") })).toEqual([2, 2, 3]);
      await inZone(place, "Europe/Berlin");
      const view = await place.ask({ path: `/data/dataviews/${dataViews.guide}?expansion=timezoneDesignator` });
      expect(at(view.body, "timezoneDesignator")).toBe("Europe/Berlin");
      // Half past eleven in the evening is the next day there.
      const filters = between("2026-03-02T00:00:00.000", "2026-03-03T00:00:00.000");
      expect(await counted(place, { filters })).toEqual([1, 1, 2]);
    },
  }),
  statement({
    of: "dates > end",
    says: "midnight at the end is exclusive",
    given: withMarch,
    ask: report({ filters: between("2026-03-01T00:00:00.000", "2026-03-05T12:00:00.000") }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([2, 3, 4]);
      const filters = between("2026-03-05T12:00:00.000", "2026-03-05T12:10:00.001");
      expect(await counted(place, { filters })).toEqual([1, 1, 2]);
    },
  }),
  statement({
    of: "dates > rolling",
    says: "td-30d/td: the 30 full days up to the last midnight",
    given: (place) => before(place, -1, 1, 30 * 24, 30 * 24 + 1, 60 * 24),
    ask: report({ filters: between("td-30d", "td") }),
    answer: async (answer, { place }) => {
      expect(totals(answer)).toEqual([2, 2, 2]);
      expect(await counted(place, { filters: between("td-1d", "td") })).toEqual([1, 1, 1]);
      expect(await counted(place, { filters: between("td-90d", "td+1d") })).toEqual([5, 5, 5]);
    },
  }),
  statement({
    of: "dates > one side rolling",
    says: "the other may be absolute",
    given: (place) => before(place, 1, 30 * 24),
    ask: report({ filters: between("td-30d", "2999-01-01T00:00:00.000") }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      const filters = between("2026-01-01T00:00:00.000", "2026-02-01T00:00:00.000");
      const now = new Date(Number(at(await place.control("GET", "/clock"), "now")));
      const yearAgo = `${now.getUTCFullYear() - 1}-12-01T00:00:00.000`;
      expect(await counted(place, { filters: between(yearAgo, "td") })).toEqual([2, 2, 2]);
      expect(await counted(place, { filters: [...filters, dates("td-1d/td")] })).toEqual([0, 0, 0]);
    },
  }),
  statement({
    of: "dates > rolling in globalFilters only",
    says: "not in metricFilters",
    given: withMarch,
    ask: report({ metrics: three("r", "r"), metricFilters: [{ ...dates("td-30d/td"), id: "r" }] }),
    answer: ({ status }) => expect(status).toBe(400),
  }),
  statement({
    of: "dates > no time zone",
    says: "400: Could not determine timezone for dataId=<id>",
    given: (place) => inZone(place, null),
    ask: report(),
    answer: ({ status, body }) => {
      expect(status).toBe(400);
      expect(at(body, "errorDescription")).toBe(`Could not determine timezone for dataId=${dataViews.guide}`);
    },
    decides: "report-error-codes",
  }),
  statement({
    of: "dates > at most 18 months",
    says: "a request covers 18 months",
    given: withMarch,
    ask: report({ filters: between("2025-01-01T00:00:00.000", "2026-07-01T00:00:00.000") }),
    answer: async (answer, { place }) => {
      expect([answer.status, totals(answer)]).toEqual([200, [3, 4, 6]]);
      const filters = between("2025-01-01T00:00:00.000", "2026-07-03T00:00:00.000");
      const longer = await place.ask(report({ filters: [...filters, inline(onPage("Cart"))] }));
      expect([longer.status, at(longer.body, "errorCode")]).toEqual([400, "invalid_data"]);
    },
    decides: "report-error-codes",
  }),
  ...["2026-03-01", "2026-03-01/", "tomorrow/td", "2026-04-01/2026-03-01", "td-30d"].map((range) =>
    statement({
      of: "dates > form, in the data view's time zone",
      says: `400 for what is no range: ${range}`,
      ask: report({ filters: [dates(range)] }),
      answer: ({ status, body }) => expect([status, at(body, "errorCode")]).toEqual([400, "invalid_data"]),
      decides: "report-error-codes",
    }),
  ),
];
