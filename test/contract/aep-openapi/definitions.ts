import { at, type Json, type JsonObject } from "../json";
import { definitionIds } from "../jobs";
import type { Ask, Place } from "../place";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";
import { expectUpapi } from "./upapi";

const get = "GET /segment/definitions/{SEGMENT_ID}";
const bulk = "POST /segment/definitions/bulk-get";
const path = "/data/core/ups/segment/definitions";
const unknown = "00000000-0000-4000-8000-000000000000";
const [id] = definitionIds;
const one = (of: string, headers: Record<string, string> = {}): Ask => ({ path: `${path}/${of}`, headers });
const many = (...ids: readonly string[]): Ask => ({
  method: "POST",
  path: `${path}/bulk-get`,
  body: { ids: ids.map((each) => ({ id: each })) },
});

async function audience(place: Place, fields: JsonObject = {}): Promise<void> {
  await place.control("POST", "/audiences", { id, name: "Loyal customers", ...fields });
}

/** Segment definitions, as they are read by their IDs. */
export const definitionStatements: readonly Statement[] = [
  statement({
    of: [`${get} > 200`, `${get} > parameter SEGMENT_ID`],
    says: "the segment definition, every key of it declared in the schema, with its type",
    given: (place) => audience(place, { description: "Last 30 days" }),
    ask: one(id),
    answer: ({ status, body }) => {
      expect(body).toMatchObject({ id, name: "Loyal customers", description: "Last 30 days" });
      expect(misfit("get", "/segment/definitions/{SEGMENT_ID}", { status, body })).toEqual([]);
    },
    differs: {
      ledger: "definition-sandbox-undeclared",
      here: ({ status, body }) => {
        expect(misfit("get", "/segment/definitions/{SEGMENT_ID}", { status, body })).toEqual(["+ sandbox"]);
        expect(body).toMatchObject({ id, name: "Loyal customers", sandbox: { sandboxName: "prod" } });
      },
    },
  }),
  statement({
    of: `${get} > parameter x-request-id`,
    says: "a unique ID that can be used to track a request: an error repeats it",
    ask: one(unknown, { "x-request-id": "my-request" }),
    answer: ({ body }) => expect(at(body, "requestId")).toBe("my-request"),
  }),
  statement({
    of: `${get} > 404`,
    says: "the segment definition was not found: one of another sandbox is none",
    given: (place) => audience(place, { sandbox: "dev" }),
    ask: one(id),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(404);
      expectUpapi(body, 404);
      expect((await place.ask(one(id, { "x-sandbox-name": "dev" }))).status).toBe(200);
      expect((await place.ask(one(unknown))).status).toBe(404);
    },
    decides: "job-errors",
  }),
  statement({
    of: `${get} > 403`,
    says: "access is forbidden: a sandbox that is not yours",
    given: (place) => audience(place),
    ask: one(id, { "x-sandbox-name": "somebody-elses" }),
    answer: ({ status, body }) => {
      expect(status).toBe(403);
      expectUpapi(body, 403);
    },
  }),
  statement({
    of: `${get} > 503`,
    says: "the service is unavailable",
    given: async (place) => {
      await audience(place);
      await place.control("POST", "/faults", { status: 503 });
    },
    ask: one(id),
    answer: ({ status, body }) => {
      expect(status).toBe(503);
      expectUpapi(body, 503);
    },
  }),
  statement({
    of: `${bulk} > 207`,
    says: "the details of each segment definition, fitting their schema",
    given: async (place) => {
      await audience(place);
      await audience(place, { id: definitionIds[1], name: "Readers" });
    },
    ask: many(...definitionIds),
    answer: ({ status, body }) => {
      expect(status).toBe(207);
      expect(named(body)).toEqual({ [id]: "Loyal customers", [definitionIds[1]]: "Readers" });
      expect(misfit("post", "/segment/definitions/bulk-get", { status, body })).toEqual([]);
    },
    differs: {
      ledger: "definitions-bulk-get-merge-policy",
      here: ({ status, body }) => {
        const undeclared = definitionIds.map((each) => `+ results.${each}.mergePolicyId`);
        expect(misfit("post", "/segment/definitions/bulk-get", { status, body })).toEqual(undeclared);
      },
    },
  }),
  statement({
    of: `${bulk} > 207`,
    says: "what is done with an ID that is not known is not said",
    given: (place) => audience(place),
    ask: many(id, unknown),
    answer: async ({ status, body }, { place }) => {
      expect([status, named(body)]).toEqual([207, { [id]: "Loyal customers" }]);
      const none = await place.ask(many(unknown));
      expect([none.status, none.body]).toEqual([207, { results: {} }]);
      expect((await place.ask(many())).status).toBe(400);
      expect((await place.ask(many(...Array.from({ length: 101 }, () => id)))).status).toBe(400);
    },
    decides: "definitions-bulk-get",
  }),
];

function named(body: Json | undefined): JsonObject {
  const results = (at(body, "results") ?? {}) as JsonObject;
  return Object.fromEntries(Object.entries(results).map(([key, each]) => [key, at(each, "name") ?? null]));
}
