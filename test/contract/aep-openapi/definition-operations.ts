import { content, definitionsPath, newAudience, patch, pql, read, remove, unknownId, write } from "../audiences";
import { at, pluck } from "../json";
import { step, type Ask } from "../place";
import { recorded } from "../recorded";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";
import { expectUpapi } from "./upapi";

const list = "GET /segment/definitions";
const create = "POST /segment/definitions";
const onePath = "/segment/definitions/{SEGMENT_ID}";
const [update, removal] = [`PATCH ${onePath}`, `DELETE ${onePath}`];
const conversion = "POST /segment/conversion";
const conversionPath = "/data/core/ups/segment/conversion";
const invalid = content({ name: "Invalid", expression: pql("(a = 1") });

const convert = { name: conversion, ask: () => write(conversionPath, content()) };
/** Every operation, on a definition of an ID. */
const operations: readonly { readonly name: string; readonly ask: (id: string) => Ask }[] = [
  { name: list, ask: () => ({ path: definitionsPath }) },
  { name: create, ask: () => write(definitionsPath, content({ name: "New" })) },
  { name: update, ask: (id) => patch(definitionsPath, id, content()) },
  { name: removal, ask: (id) => remove(definitionsPath, id) },
  convert,
];
/** A request to each of them that is refused. */
const refused: readonly { readonly name: string; readonly ask: Ask }[] = [
  { name: list, ask: { path: definitionsPath, query: { limit: 0 } } },
  { name: create, ask: write(definitionsPath, invalid) },
  { name: update, ask: patch(definitionsPath, unknownId, content()) },
  { name: removal, ask: remove(definitionsPath, unknownId) },
  { name: conversion, ask: write(conversionPath, invalid) },
];

/** Segment definitions as they are listed, made, changed, deleted and converted. */
export const definitionOperationStatements: readonly Statement[] = [
  ...refused.map(({ name, ask }) =>
    statement({
      of: `${name} > parameter x-request-id`,
      says: "a unique ID that can be used to track a request: an error repeats it",
      ask: { ...ask, headers: { "x-request-id": "my-request" } },
      answer: ({ body }) => expect(at(body, "requestId")).toBe("my-request"),
    }),
  ),
  ...operations.slice(0, -1).map(({ name, ask }) =>
    statement({
      of: `${name} > 403`,
      says: "access is forbidden: a sandbox that is not yours",
      given: (place) => newAudience(place),
      ask: (id) => ({ ...ask(id), headers: { "x-sandbox-name": "somebody-elses" } }),
      answer: ({ status, body }) => {
        expect(status).toBe(403);
        expectUpapi(body, 403);
      },
    }),
  ),
  ...[
    ...operations.map((operation) => ({ ...operation, status: 503, says: "the service is unavailable" })),
    { ...convert, status: 409, says: "conflict: when an ID exists already is not said, and here a fault" },
    { ...convert, status: 429, says: "too many requests" },
  ].map(({ name, ask, status: expected, says }) =>
    statement({
      of: `${name} > ${expected}`,
      says,
      given: async (place) => {
        const id = await newAudience(place);
        await place.control("POST", "/faults", { status: expected });
        return id;
      },
      ask: (id) => ask(id),
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(expected);
        if (expected !== 429) expectUpapi(body, expected);
        expect((await place.ask(read(definitionsPath, given))).status).toBe(200);
      },
    }),
  ),
  ...[
    { parameter: "start", says: "the page offset, as per created time", query: { start: 1, limit: 2 } },
    { parameter: "page", says: "the page number", query: { page: 1, limit: 1 } },
    { parameter: "limit", says: "the maximum size of the page", query: { limit: 1, start: 1 } },
    { parameter: "sort", says: "how the results are sorted", query: { sort: "name:asc", start: 1, limit: 1 } },
  ].map(({ parameter, says, query }) =>
    statement({
      of: `${list} > parameter ${parameter}`,
      says,
      given: async (place) => {
        for (const name of ["a", "b", "c"]) {
          await newAudience(place, { name });
          await place.advance(step);
        }
      },
      ask: { path: definitionsPath, query },
      answer: ({ body }) => {
        expect(pluck(at(body, "segments"), "name")).toEqual(parameter === "start" ? ["a"] : ["b"]);
      },
      ...(parameter === "start" && {
        differs: {
          ledger: "definition-list-start",
          here: ({ body }) => expect(pluck(at(body, "segments"), "name")).toEqual(["b", "a"]),
        },
      }),
    }),
  ),
  statement({
    of: `${list} > 200`,
    says: "a list of segment definitions, typed as one of them",
    given: (place) => newAudience(place),
    ask: { path: definitionsPath },
    answer: ({ status, body }) => expect(misfit("get", "/segment/definitions", { status, body })).toEqual([]),
    differs: {
      ledger: "definition-list-schema",
      here: ({ status, body }) => {
        const segment = { status, body: at(body, "segments.0") };
        expect(misfit("get", onePath, segment)).toEqual(["+ sandbox", "+ baselineTime"]);
      },
    },
  }),
  ...["definition-create.request", "definition-create-json.request"].map((request) =>
    statement({
      of: `${create} > 200`,
      says: `the answer to the ${request.includes("json") ? "pql/json" : "pql/text"} example fits its schema`,
      ask: write(definitionsPath, recorded(request)),
      answer: ({ status, body }) => expect(misfit("post", "/segment/definitions", { status, body })).toEqual([]),
      differs: {
        ledger: "definition-sandbox-undeclared",
        here: ({ status, body }) =>
          expect(misfit("post", "/segment/definitions", { status, body })).toEqual(["+ sandbox"]),
      },
    }),
  ),
  statement({
    of: `${create} > 400`,
    says: "an invalid segment definition was posted",
    ask: write(definitionsPath, invalid),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(400);
      expectUpapi(body, 400);
      expect((await place.ask(write(definitionsPath, []))).status).toBe(400);
      expect((await place.ask({ ...write(definitionsPath, null), text: "{" })).status).toBe(400);
      const untyped = { ...write(definitionsPath, content()), headers: { "content-type": "text/plain" } };
      expect((await place.ask(untyped)).status).toBe(400);
      expect(at((await place.ask({ path: definitionsPath })).body, "segments")).toEqual([]);
    },
  }),
  statement({
    of: `${create} > 422`,
    says: "the segment definition already exists",
    given: (place) => place.ask(write(definitionsPath, content())),
    ask: write(definitionsPath, content()),
    answer: ({ status, body }) => {
      expect(status).toBe(422);
      expectUpapi(body, 422);
    },
  }),
  statement({
    of: [`${update} > 200`, `${update} > parameter SEGMENT_ID`],
    says: "overwrites the definition of the ID, and the answer fits its schema",
    given: async (place) => [await newAudience(place), await newAudience(place, { name: "Another" })],
    ask: ([id = ""]) => patch(definitionsPath, id, content({ name: "Overwritten" })),
    answer: ({ status, body }) => expect(misfit("patch", onePath, { status, body })).toEqual([]),
    differs: {
      ledger: "definition-sandbox-undeclared",
      here: async ({ status, body }, { place, given }) => {
        expect(misfit("patch", onePath, { status, body })).toEqual(["+ sandbox"]);
        const names = await Promise.all(given.map((id) => place.ask(read(definitionsPath, id))));
        expect(names.map((each) => at(each.body, "name"))).toEqual(["Overwritten", "Another"]);
      },
    },
  }),
  statement({
    of: `${update} > 400`,
    says: "the segment definition is invalid",
    given: (place) => newAudience(place),
    ask: (id) => patch(definitionsPath, id, invalid),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(400);
      expectUpapi(body, 400);
      expect(at((await place.ask(read(definitionsPath, given))).body, "name")).toBe("Buyers");
    },
  }),
  statement({
    of: [`${removal} > 200`, `${removal} > parameter SEGMENT_ID`],
    says: "deletes the definition of the ID; a message that fits its schema",
    given: async (place) => [await newAudience(place), await newAudience(place, { name: "Another" })],
    ask: ([id = ""]) => remove(definitionsPath, id),
    answer: async ({ status, body }, { place, given }) => {
      expect(misfit("delete", onePath, { status, body })).toEqual([]);
      const left = await Promise.all(given.map((id) => place.ask(read(definitionsPath, id))));
      expect(left.map((each) => each.status)).toEqual([404, 200]);
    },
  }),
  statement({
    of: `${conversion} > 200`,
    says: "the converted definition, fitting its schema",
    ask: write(conversionPath, content()),
    answer: ({ status, body }) => expect(misfit("post", "/segment/conversion", { status, body })).toEqual([]),
    differs: {
      ledger: "conversion-answer",
      here: ({ status, body }) => {
        const found = misfit("post", "/segment/conversion", { status, body });
        expect(found).toEqual(["- name", "- schema", "+ sandbox"]);
      },
    },
  }),
  statement({
    of: `${conversion} > 400`,
    says: "an invalid segment definition was posted",
    ask: write(conversionPath, invalid),
    answer: ({ status, body }) => {
      expect(status).toBe(400);
      expectUpapi(body, 400);
    },
  }),
];
