import { inSandbox, unknownId } from "../audiences";
import { expectUpapi } from "../aep-openapi/upapi";
import { at, pluck, textAt } from "../json";
import { askAbout, estimateOf, finished, newPreview, previewPath, reads } from "../previews";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const numbers = (body: unknown, ...fields: string[]): number[] =>
  fields.map((field) => Number(at(body as never, field)));

export const estimateStatements: readonly Statement[] = [
  statement({
    of: ["GET /estimate/{id} > sample", "GET /estimate/{id} > estimatedNamespaceDistribution"],
    says: "the sample's shape, and profiles by namespace, which the OpenAPI document adds",
    given: (place) => finished(place),
    ask: (id) => estimateOf(id),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("estimate.answer"), body ?? null)).toEqual(["+ estimatedNamespaceDistribution"]);
      const namespaces = at(body, "estimatedNamespaceDistribution");
      expect(pluck(namespaces, "namespaceId")).toEqual([expect.any(String), expect.any(String)]);
      const sum = pluck(namespaces, "profilesMatchedSoFar").reduce<number>((all, one) => all + Number(one), 0);
      expect(sum).toBeGreaterThan(Number(at(body, "profilesMatchedSoFar")));
    },
  }),
  statement({
    of: "GET /estimate/{id} > the preview's id",
    says: "an estimate is made with the preview, and shares its ID; a look at either lets both go on",
    given: (place) => newPreview(place),
    ask: (id) => ({ path: `${previewPath}/${id}` }),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "state")).toBe("RUNNING");
      expect(at((await place.ask(estimateOf(given))).body, "state")).toBe("RUNNING");
      expect(at((await place.ask({ path: `${previewPath}/${given}` })).body, "state")).toBe("RESULT_READY");
    },
    decides: "previews-by-reads",
  }),
  statement({
    of: ["GET /estimate/{id} > state", "behaviour > 10 to 15 seconds, rough first"],
    says: "RUNNING until it is RESULT_READY; rough numbers first, refined as more is read",
    given: (place) => newPreview(place),
    ask: askAbout(),
    answer: async (_, { place, given }) => {
      const seen = await reads(place, estimateOf(given), 4);
      expect(seen.map((body) => at(body, "state"))).toEqual(["RUNNING", "RUNNING", "RESULT_READY", "RESULT_READY"]);
      const [first = 0, second = 0, size, again] = seen.map((body) => Number(at(body, "estimatedSize")));
      expect(again).toBe(size);
      expect(Math.abs(first - Number(size))).toBeGreaterThan(Math.abs(second - Number(size)));
      expect(second).not.toBe(size);
    },
    decides: "previews-by-reads",
  }),
  statement({
    of: "GET /estimate/{id} > estimatedSize",
    says: "the projected size: the same for the same expression, in any sandbox",
    given: (place) => finished(place),
    ask: (id) => estimateOf(id),
    answer: async ({ body }, { place }) => {
      const size = at(body, "estimatedSize");
      const again = await finished(place);
      expect(at((await place.ask(estimateOf(again))).body, "estimatedSize")).toBe(size);
      const other = await finished(place, { predicateExpression: 'workAddress.country = "US"' });
      const otherSize = at((await place.ask(estimateOf(other))).body, "estimatedSize");
      expect(otherSize).not.toBe(size);
      for (const one of [size, otherSize]) {
        expect(one).toBeGreaterThan(0);
        expect(one).toBeLessThan(4275);
      }
    },
    decides: "preview-size",
  }),
  statement({
    of: [
      "GET /estimate/{id} > numRowsToRead, totalRows, profilesReadSoFar, profilesMatchedSoFar",
      "behaviour > size of the sample",
    ],
    says: "progress; below a million profiles all of them are read",
    given: (place) => newPreview(place),
    ask: askAbout(),
    answer: async (_, { place, given }) => {
      const bodies = await reads(place, estimateOf(given), 3);
      const rows = bodies.map((body) => numbers(body, "numRowsToRead", "totalRows"));
      expect(rows).toEqual(Array.from({ length: 3 }, () => [4275, 4275]));
      const progress = bodies.map((body) => numbers(body, "profilesReadSoFar", "profilesMatchedSoFar"));
      expect(progress.map(([read]) => read)).toEqual([1425, 2850, 4275]);
      const matched = progress.map(([, count]) => Number(count));
      expect(matched.toSorted((a, b) => a - b)).toEqual(matched);
      expect(matched.at(-1)).toBe(at(bodies.at(-1), "estimatedSize"));
    },
  }),
  statement({
    of: "GET /estimate/{id} > standardError, confidenceInterval",
    says: "the error of what is estimated, and 95%",
    given: (place) => newPreview(place),
    ask: askAbout(),
    answer: async (_, { place, given }) => {
      const [first, , last] = await reads(place, estimateOf(given), 3);
      expect(at(first, "standardError")).toBeGreaterThan(0);
      expect([at(last, "standardError"), at(last, "confidenceInterval")]).toEqual([0, "95%"]);
    },
  }),
  statement({
    of: "GET /estimate/{id} > _links.preview",
    says: "where the preview is, with the number of the execution and the ID of the query",
    given: async (place) => (await place.ask(askAbout())).body,
    ask: (body) => estimateOf(textAt(body, "previewId")),
    answer: ({ body }, { given }) => {
      const end = `/execution/0?previewQueryId=${textAt(given, "previewQueryId")}`;
      expect(textAt(body, "_links.preview").endsWith(end)).toBe(true);
    },
  }),
  statement({
    of: ["behaviour > an expression that cannot be read", "GET /estimate/{id} > error"],
    says: "POST lists no 400: a FAILED state with a description; empty texts when all is well",
    given: (place) => newPreview(place, { predicateExpression: "workAddress.country = " }),
    ask: askAbout({ predicateExpression: "(a = 1" }),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(201);
      const bodies = await reads(place, estimateOf(given), 3);
      expect(bodies.map((body) => at(body, "state"))).toEqual(["RUNNING", "RUNNING", "FAILED"]);
      expect(at(bodies.at(-1), "error")).toEqual({
        description: "The expression cannot be read: nothing follows =",
        traceback: "",
      });
      expect(at(bodies.at(-1), "estimatedSize")).toBe(0);
      expect(at((await place.ask({ path: `${previewPath}/${given}` })).body, "state")).toBe("FAILED");
      const good = await finished(place);
      expect(at((await place.ask(estimateOf(good))).body, "error")).toEqual({ description: "", traceback: "" });
    },
    decides: "preview-bad-pql",
  }),
  statement({
    of: "GET /estimate/{id} > 404",
    says: "an ID that nothing has, or that another sandbox has",
    given: (place) => newPreview(place),
    ask: estimateOf(unknownId),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(404);
      expectUpapi(body, 404);
      expect((await place.ask({ ...estimateOf(given), headers: inSandbox("dev") })).status).toBe(404);
      expect((await place.ask(estimateOf(given))).status).toBe(200);
    },
  }),
];
