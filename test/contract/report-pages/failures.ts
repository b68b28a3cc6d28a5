import { at, textAt } from "../json";
import { dataViews, type Place } from "../place";
import { dates, inline, long, onPage, report, three, totals, withMarch } from "../reports";
import { statement, type Statement } from "../statement";

async function deleted(place: Place): Promise<string> {
  await withMarch(place);
  const segment = { name: "Old", dataViewId: dataViews.guide, definition: onPage("Cart"), deleted: true };
  return textAt(await place.control("POST", "/segments", segment), "id");
}

const saved = (segmentId: string) => ({ filters: [dates(), { type: "segment", segmentId }] });

export const failureStatements: readonly Statement[] = [
  statement({
    of: ["failures > invalid_segment_ids_found", "failures > body"],
    says: "400 with errorCode, errorDescription, errorId, errorDetails, rootCauseService for an unknown segment",
    given: withMarch,
    ask: report(saved("s1_unknown")),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(400);
      const text: unknown = expect.any(String);
      expect(body).toEqual({
        errorCode: "invalid_segment_ids_found",
        errorDescription: expect.stringContaining("s1_unknown") as string,
        errorId: text,
        errorDetails: { invalidSegmentIds: ["s1_unknown"] },
        rootCauseService: text,
      });
      const metricFilters = [{ type: "segment", segmentId: "s1_unknown", id: "u" }];
      const ofMetric = await place.ask(report({ metrics: three("u", "u"), metricFilters }));
      expect([ofMetric.status, at(ofMetric.body, "errorCode")]).toEqual([400, "invalid_segment_ids_found"]);
    },
    decides: "report-unknown-segment",
  }),
  statement({
    of: "failures > deleted segments still work",
    says: "in reports that have them",
    given: deleted,
    ask: (id) => report(saved(id)),
    answer: async (answer, { place, given }) => {
      expect([answer.status, totals(answer)]).toEqual([200, [2, 2, 2]]);
      await place.control("DELETE", `/segments/${given}?purge=true`);
      expect((await place.ask(report(saved(given)))).status).toBe(400);
    },
  }),
  ...[
    { what: "no object", definition: "page is Cart" },
    { what: "an unknown function", definition: { ...onPage("Cart"), container: { func: "box" } } },
    { what: "an unknown context", definition: onPage("Cart", "events") },
    { what: "a reference to no segment", definition: onUnknown() },
  ].map(({ what, definition }) =>
    statement({
      of: "failures > malformed definition",
      says: `400: ${what}`,
      given: withMarch,
      ask: report({
        metrics: [...three("0"), { id: "metrics/lacking", filters: ["m"] }],
        metricFilters: [inline(definition, "m")],
      }),
      answer: ({ status, body }) => {
        expect([status, at(body, "errorCode")]).toEqual([400, "invalid_data"]);
        expect(at(body, "errorDescription")).toMatch(/^Segment definition is invalid: ./);
      },
      decides: "report-error-codes",
    }),
  ),
  statement({
    of: "failures > too complex",
    says: "the text 'report too complex'; by which measure is not said",
    given: withMarch,
    ask: report({ filters: [dates(), inline(long(2000))] }),
    answer: async ({ status, body }, { place }) => {
      expect([status, at(body, "errorCode")]).toEqual([400, "invalid_request"]);
      expect(at(body, "errorDescription")).toMatch(/^Report too complex/);
      await place.control("PUT", "/report-service", { mostFunctions: 3 });
      expect((await place.ask(report({ filters: [dates(), inline(onPage("Cart"))] }))).status).toBe(400);
      await place.control("PUT", "/report-service", { mostFunctions: 4 });
      expect((await place.ask(report({ filters: [dates(), inline(onPage("Cart"))] }))).status).toBe(200);
      const metricFilters = [inline(onPage("Cart"), "a"), inline(onPage("Home"), "b")];
      const metrics = [...three("a", "a"), ...three("b", "b")];
      expect((await place.ask(report({ metrics, metricFilters }))).status).toBe(400);
      expect((await place.ask(report({ metrics: three("a", "a"), metricFilters }))).status).toBe(200);
    },
    decides: "report-too-complex",
  }),
  statement({
    of: "failures > 400, 404",
    says: "a request that cannot be read, and a data view that is not there",
    ask: report({ dataId: "dv_unknown" }),
    answer: async ({ status, body }, { place }) => {
      expect([status, at(body, "errorCode")]).toEqual([404, "resource_not_found"]);
      const { body: _, ...bodyless } = report();
      for (const text of ["{", "[]", '{"globalFilters":{}}']) {
        const refused = await place.ask({ ...bodyless, text });
        expect([text, refused.status, at(refused.body, "errorCode")]).toEqual([text, 400, "invalid_json_input"]);
      }
    },
    decides: "report-error-codes",
  }),
  statement({
    of: "failures > 401, 403",
    says: "an invalid token, and an account that may run no reports",
    given: async (place) => {
      await place.control("PUT", "/report-service", { allowed: false });
    },
    ask: report(),
    answer: async ({ status, body }, { place }) => {
      expect([status, at(body, "errorCode")]).toEqual([403, "insufficient_access"]);
      await place.control("PUT", "/report-service", {});
      expect((await place.ask(report())).status).toBe(200);
      expect((await place.ask({ ...report(), headers: { authorization: "Bearer nobody" } })).status).toBe(401);
    },
    decides: "report-permission",
  }),
  statement({
    of: "failures > 429",
    says: "12 in 6 seconds for a user, 429050",
    place: { limits: true },
    ask: Array.from({ length: 13 }, () => report()),
    answer: async ({ status, body }, { place }) => {
      expect([status, at(body, "error_code")]).toEqual([429, "429050"]);
      await place.advance(6001);
      expect((await place.ask(report())).status).toBe(200);
    },
  }),
];

function onUnknown() {
  const container = { func: "container", context: "hits", pred: { func: "segment-ref", id: "s1_unknown" } };
  return { ...onPage("Cart"), container };
}
