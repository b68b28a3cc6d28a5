import { expectUpapi } from "../aep-openapi/upapi";
import { inSandbox, unknownId } from "../audiences";
import { at } from "../json";
import { askAbout, estimateOf, finished, newPreview, previewPath, question } from "../previews";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const ids = (body: unknown): string[] =>
  (at(body as never, "results") as object[]).map((each) => Object.keys(each)[0]!);
const find = (id: string, query: Record<string, number> = {}) => ({ path: `${previewPath}/${id}`, query });

export const previewStatements: readonly Statement[] = [
  statement({
    of: "POST /preview > sample",
    says: "201 with the sample's shape: NEW, and an ID to look it up by",
    ask: { method: "POST", path: previewPath, body: recorded("preview-create.request") },
    answer: ({ status, body }) => {
      expect(status).toBe(201);
      expect(sameShape(recorded("preview-create.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ state: "NEW", previewQueryStatus: "NEW", previewExecutionId: 0 });
    },
  }),
  statement({
    of: "POST /preview > predicateExpression",
    says: "the expression: 400 without one",
    ask: { method: "POST", path: previewPath, body: { predicateType: "pql/text" } },
    answer: ({ status, body }) => {
      expect(status).toBe(400);
      expectUpapi(body, 400);
    },
  }),
  statement({
    of: "POST /preview > predicateType",
    says: "the only accepted value is pql/text; the OpenAPI document's default is PQL",
    ask: askAbout({ predicateType: "pql/json" }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect((await place.ask(askAbout({ predicateType: "PQL" }))).status).toBe(201);
      const { predicateExpression } = question as { predicateExpression: string };
      expect((await place.ask({ method: "POST", path: previewPath, body: { predicateExpression } })).status).toBe(201);
    },
    decides: "preview-type",
  }),
  statement({
    of: "POST /preview > predicateModel",
    says: "the schema's name: _xdm.context.profile, or xdm.model.profile, the OpenAPI document's default",
    ask: askAbout({ predicateModel: "xdm.model.profile" }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(201);
      expect((await place.ask(askAbout({ predicateModel: 1 }))).status).toBe(400);
    },
  }),
  statement({
    of: "POST /preview > graphType",
    says: "none or pdg",
    ask: askAbout({ graphType: "pdg" }),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(201);
      expect((await place.ask(askAbout({ graphType: "simple" }))).status).toBe(400);
    },
  }),
  statement({
    of: "POST /preview > merge policy",
    says: "the body has none; which one is used is not said",
    given: (place) => finished(place),
    ask: (id) => estimateOf(id),
    answer: async ({ body }, { place }) => {
      const other = await finished(place, { mergePolicyId: unknownId });
      expect((await place.ask(estimateOf(other))).body).toMatchObject({ estimatedSize: at(body, "estimatedSize") });
    },
    decides: "preview-size",
  }),
  statement({
    of: ["POST /preview > 403", "GET /estimate/{id} > 403"],
    says: "a sandbox that is not ours",
    ask: { ...askAbout(), headers: inSandbox("somebody-elses") },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(403);
      expectUpapi(body, 403);
      const id = await newPreview(place);
      expect((await place.ask({ ...estimateOf(id), headers: inSandbox("somebody-elses") })).status).toBe(403);
    },
  }),
  statement({
    of: "GET /preview/{id} > results",
    says: "profiles by their ID, each with its related identities; state and page beside them",
    given: (place) => finished(place),
    ask: (id) => find(id, { limit: 2 }),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      const [id] = ids(body);
      const entity = { _href: expect.stringMatching(/\/models\/profile\/XID_/) as string };
      const cookies = { XID_COOKIE_ID_1: entity };
      expect(at(body, "results.0")).toEqual({ [String(id)]: { ...entity, endCustomerIds: cookies } });
      expect(body).toMatchObject({ state: "RESULT_READY", page: { offset: 0, size: 2 } });
      const estimate = (await place.ask(estimateOf(given))).body;
      expect(at((await place.ask(find(given))).body, "page.size")).toBe(
        Math.min(1000, Number(at(estimate, "estimatedSize"))),
      );
    },
    decides: "preview-form",
  }),
  statement({
    of: ["GET /preview/{id} > page, links", "GET /preview/{id} > offset, limit"],
    says: "offset and limit, 1000 unless said; links to the pages before and after, empty where there is none",
    given: (place) => finished(place),
    ask: (id) => find(id, { offset: 1, limit: 2 }),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "page")).toEqual({ offset: 1, size: 2 });
      expect(at(body, "links.next")).toMatch(/offset=3&limit=2$/);
      expect(at(body, "links.prev")).toMatch(/offset=0&limit=2$/);
      const all = ids((await place.ask(find(given))).body);
      expect(ids(body)).toEqual(all.slice(1, 3));
      const size = Number(at((await place.ask(estimateOf(given))).body, "estimatedSize"));
      const last = (await place.ask(find(given, { offset: size - 1 }))).body;
      expect([at(last, "page.size"), at(last, "links.next")]).toEqual([1, ""]);
      expect(at((await place.ask(find(given))).body, "links.prev")).toBe("");
      for (const query of [{ limit: 0 }, { limit: 1001 }, { offset: -1 }]) {
        expect((await place.ask(find(given, query))).status).toBe(400);
      }
    },
    decides: "preview-bounds",
  }),
  ...(["GET", "DELETE"] as const).map((method) =>
    statement({
      of: `${method} /preview/{id} > 404`,
      says: "an ID that nothing has, or that another sandbox has",
      given: (place) => newPreview(place),
      ask: { method, path: `${previewPath}/${unknownId}` },
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(404);
        expectUpapi(body, 404);
        const elsewhere = { method, path: `${previewPath}/${given}`, headers: inSandbox("dev") };
        expect((await place.ask(elsewhere)).status).toBe(404);
      },
    }),
  ),
  statement({
    of: "DELETE /preview/{id} > 200",
    says: "{status, message}; afterwards it is gone, and its estimate with it",
    given: (place) => newPreview(place),
    ask: (id) => ({ method: "DELETE", path: `${previewPath}/${id}` }),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(body).toEqual({ status: true, message: expect.stringContaining(given) as string });
      expect((await place.ask(find(given))).status).toBe(404);
      expect((await place.ask(estimateOf(given))).status).toBe(404);
    },
  }),
  statement({
    of: "behaviour > how long an id is kept",
    says: "not said",
    given: (place) => finished(place),
    ask: (id) => find(id),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(200);
      await place.advance(12 * 3_600_000);
      expect((await place.ask(find(given))).status).toBe(200);
      await place.control("POST", "/reset");
      expect((await place.ask(find(given))).status).toBe(404);
    },
    decides: "preview-kept",
  }),
];
