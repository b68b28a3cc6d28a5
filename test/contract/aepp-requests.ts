import {
  add,
  audiencesPath,
  content,
  definitionsPath,
  evaluation,
  inSandbox,
  inTheUs,
  newAudience,
  patch,
  pql,
  put,
  read,
  remove,
  unknownId,
  write,
} from "./audiences";
import { at, isObject, pluck, textAt, type Json, type JsonObject } from "./json";
import { jobsPath } from "./jobs";
import { orgId, type Answer, type Place } from "./place";
import type { Document } from "./runner";
import { statement } from "./statement";

/** What createSegment and updateSegment demand. */
const demanded = (fields: JsonObject = {}): JsonObject => content({ description: "", ttlInDays: 30, ...fields });
const many = (count: number): Json => Array.from({ length: count }, (_, index) => ({ name: `Audience ${index}` }));
const reference = (id: string): JsonObject =>
  pql(
    `{"nodeType":"fnApply","fnName":"inSegment","params":[{"nodeType":"literal","literalType":"String","value":"${id}"}]}`,
    "pql/json",
  );

/** All pages of a list, as getAudiences asks for them: `start` is what `_page.next` said, until there is none. */
async function getAudiences(place: Place): Promise<JsonObject[]> {
  const query = { limit: 60, entityType: "_xdm.context.profile" };
  const pages: Json[] = [(await place.ask({ path: audiencesPath, query })).body ?? null];
  for (let next = at(pages[0], "_page.next"); next !== undefined; next = at(pages.at(-1), "_page.next")) {
    pages.push(
      (await place.ask({ path: audiencesPath, query: { ...query, start: textAt({ next }, "next") } })).body ?? null,
    );
  }
  return pages.flatMap((page) => at(page, "children") as readonly JsonObject[]);
}

/** What __syncAudience__ posts to a sandbox that has no audience of the name. */
function copyFor(base: JsonObject): JsonObject {
  const names = ["name", "description", "type", "schema", "expression", "profileInstanceId", "evaluationInfo"];
  const copied = Object.fromEntries(names.map((name) => [name, base[name] ?? null]));
  return { ...copied, ansibleDataModel: base["ansibleDataModel"] ?? {}, tags: base["tags"] ?? [] };
}

const objectOf = ({ body }: Answer): JsonObject => (isObject(body) ? body : {});

/** The requests of https://github.com/pitchmuc/aepp (aepp/segmentation.py, aepp/synchronizer.py of 2026-06-23), by the method that sends them. */
export const aeppRequests: Document = {
  name: "aepp's requests",
  outline: [
    ...["getSegments", "getSegment", "createSegment", "updateSegment", "deleteSegment", "getMultipleSegments"],
    ...["convertSegmentDef", "createJob", "getAudiences", "getAudience", "createAudience", "patchAudience"],
    ...["putAudience", "deleteAudience", "syncAudience > create", "syncAudience > update"],
  ],
  statements: [
    statement({
      of: "getSegments",
      says: "the first list without parameters, then the pages 1 to totalPages with a limit of 100: every definition comes, some twice",
      given: (place) => place.control("POST", "/audiences", many(230)),
      ask: { path: definitionsPath },
      answer: async ({ body }, { place }) => {
        const names = new Set(pluck(at(body, "segments"), "name"));
        expect(at(body, "page.totalPages")).toBe(3);
        for (const page of [1, 2, 3]) {
          const { body: more } = await place.ask({ path: definitionsPath, query: { page, limit: 100 } });
          for (const name of pluck(at(more, "segments"), "name")) names.add(name);
        }
        expect(names.size).toBe(230);
      },
    }),
    statement({
      of: "getSegments",
      says: "Python's word for true in the filter of streaming ones",
      given: async (place) => {
        await newAudience(place, { name: "Streaming", evaluationInfo: evaluation("continuous") });
        await newAudience(place);
      },
      ask: { path: definitionsPath, query: { limit: 100, page: 0, "evaluationInfo.continuous.enabled": "True" } },
      answer: ({ body }) => expect(pluck(at(body, "segments"), "name")).toEqual(["Streaming"]),
    }),
    statement({
      of: "getSegment",
      says: "one by its ID",
      given: (place) => newAudience(place),
      ask: (id) => read(definitionsPath, id),
      answer: ({ status, body }, { given }) => expect([status, at(body, "id")]).toEqual([200, given]),
    }),
    statement({
      of: "createSegment",
      says: "name, description, expression, schema, ttlInDays",
      ask: write(definitionsPath, demanded()),
      answer: ({ status, body }) => expect([status, at(body, "ttlInDays")]).toEqual([200, 30]),
    }),
    statement({
      of: "updateSegment",
      says: "PATCH of the whole definition, all that was read included",
      given: async (place) => objectOf(await place.ask(write(definitionsPath, demanded()))),
      ask: (whole) => patch(definitionsPath, textAt(whole, "id"), { ...whole, name: "Renamed", ttlInDays: 60 }),
      answer: ({ status, body }, { given }) => {
        expect([status, at(body, "id"), at(body, "name")]).toEqual([200, given["id"], "Renamed"]);
        expect(at(body, "evaluationInfo")).toEqual(given["evaluationInfo"]);
      },
    }),
    statement({
      of: "deleteSegment",
      says: "DELETE by the ID",
      given: (place) => newAudience(place),
      ask: (id) => remove(definitionsPath, id),
      answer: ({ status }) => expect(status).toBe(200),
    }),
    ...[
      { form: "IDs", body: (ids: readonly string[]): Json => [...ids] },
      { form: "objects with an id", body: (ids: readonly string[]): Json => ids.map((id) => ({ id })) },
    ].map(({ form, body }) =>
      statement({
        of: "getMultipleSegments",
        says: `POST of a bare list, of ${form}`,
        given: async (place) => [await newAudience(place), await newAudience(place, { name: "Readers" })],
        ask: (ids) => write(`${definitionsPath}/bulk-get`, body(ids)),
        answer: ({ status, body: answered }, { given }) => {
          expect([status, Object.keys(at(answered, "results") ?? {})]).toEqual([207, given]);
        },
        decides: "bulk-get-list",
      }),
    ),
    statement({
      of: "convertSegmentDef",
      says: "a body with imsOrgId, and a ttlInDays of 30",
      ask: write("/data/core/ups/segment/conversion", { ...demanded({ description: null }), imsOrgId: orgId }),
      answer: ({ status, body }) => expect([status, at(body, "expression.format")]).toEqual([200, "pql/json"]),
    }),
    statement({
      of: "createJob",
      says: "POST of a list of segmentId",
      given: (place) => newAudience(place),
      ask: (id) => write(jobsPath, [{ segmentId: id }]),
      answer: ({ status }) => expect(status).toBe(200),
    }),
    statement({
      of: "getAudiences",
      says: "60 people audiences to a page, by _page.next",
      given: (place) => place.control("POST", "/audiences", many(130)),
      ask: { path: audiencesPath, query: { limit: 60, entityType: "_xdm.context.profile" } },
      answer: async ({ body }, { place }) => {
        expect(at(body, "_page")).toEqual({ totalCount: 130, pageSize: 60, next: "1" });
        expect(new Set(pluck(await getAudiences(place), "id")).size).toBe(130);
      },
    }),
    statement({
      of: "getAudiences",
      says: "a list that comes empty, whatever is there, and is asked for again",
      given: async (place) => {
        await newAudience(place);
        await place.control("PUT", "/audience-service", { emptyLists: 2 });
      },
      ask: [{ path: definitionsPath }, { path: audiencesPath }],
      answer: async ({ status, body }, { place }) => {
        expect([status, body]).toEqual([200, { children: [], _page: { totalCount: 0, pageSize: 0 }, _links: {} }]);
        expect(await getAudiences(place)).toHaveLength(1);
      },
      decides: "empty-lists",
    }),
    statement({
      of: "getAudience",
      says: "one by its ID",
      given: (place) => newAudience(place),
      ask: (id) => read(audiencesPath, id),
      answer: ({ status, body }, { given }) => expect([status, at(body, "id")]).toEqual([200, given]),
    }),
    statement({
      of: "createAudience",
      says: "its own example of an audience of the platform",
      ask: write(audiencesPath, {
        name: "People who ordered in the last 30 days",
        profileInstanceId: "ups",
        description: "This audience is generated to see people who ordered in the last 30 days.",
        type: "SegmentDefinition",
        ...{ expression: pql(inTheUs), schema: { name: "_xdm.context.profile" }, labels: ["core/C1"], ttlInDays: 60 },
      }),
      answer: ({ status, body }) => expect([status, at(body, "labels")]).toEqual([201, ["core/C1"]]),
    }),
    statement({
      of: "patchAudience",
      says: "a list of operations; linkedAudienceRef puts an audience into a folder",
      given: (place) => newAudience(place),
      ask: (id) => patch(audiencesPath, id, [add("linkedAudienceRef", { audienceFolderId: "7" })]),
      answer: ({ status, body }) => {
        expect([status, at(body, "linkedAudienceRef")]).toEqual([200, { audienceFolderId: "7" }]);
      },
    }),
    statement({
      of: "putAudience",
      says: "the whole audience as it was read, with what changes",
      given: async (place) =>
        objectOf(await place.ask(write(audiencesPath, content({ labels: ["core/C1"], lifecycleState: "draft" })))),
      ask: (whole) => put(textAt(whole, "id"), { ...whole, description: "Changed" }),
      answer: ({ status, body }, { given }) => {
        const changed = { ...given, description: "Changed", _etag: expect.any(String) as string };
        expect([status, body]).toEqual([200, changed]);
      },
    }),
    statement({
      of: "deleteAudience",
      says: "DELETE by the ID",
      given: (place) => newAudience(place),
      ask: (id) => remove(audiencesPath, id),
      answer: ({ status }) => expect(status).toBe(204),
    }),
    statement({
      of: "syncAudience > create",
      says: "a copy in another sandbox, without merge policy and labels, IDs of references replaced in the text of the expression",
      given: async (place) => {
        const id = await newAudience(place, { name: "Asked for" });
        const base = objectOf(
          await place.ask(write(audiencesPath, content({ name: "Asking", expression: reference(id), tags: ["web"] }))),
        );
        const [found = ""] = /inSegment[^}]+value":"(.+?)"}/.exec(textAt(base, "expression.value"))?.slice(1) ?? [];
        expect(found).toBe(id);
        const original = objectOf(await place.ask(read(audiencesPath, found)));
        const copy = { ...write(audiencesPath, copyFor(original)), headers: inSandbox("stage") };
        return { base, found, copied: textAt((await place.ask(copy)).body, "id") };
      },
      ask: ({ base, found, copied }) => {
        const value = textAt(base, "expression.value").replace(found, copied);
        return {
          ...write(audiencesPath, { ...copyFor(base), expression: pql(value, "pql/json") }),
          headers: inSandbox("stage"),
        };
      },
      answer: ({ status, body }, { given }) => {
        expect(status).toBe(201);
        expect(body).toMatchObject({ name: "Asking", tags: ["web"], dependencies: [given.copied], labels: [] });
        expect(at(body, "mergePolicyId")).not.toBe(given.base["mergePolicyId"]);
      },
    }),
    statement({
      of: "syncAudience > update",
      says: "PUT of the target as it was listed, with description, expression, ansibleDataModel, evaluationInfo and tags of the base",
      given: async (place) => {
        await newAudience(place, { labels: ["core/C1"] }, "stage");
        const list = await place.ask({ path: audiencesPath, headers: inSandbox("stage") });
        return at(list.body, "children.0") as JsonObject;
      },
      ask: (target) => {
        const base = { description: "Of the base", expression: pql("a = 1"), ansibleDataModel: {}, tags: ["web"] };
        const whole = { ...target, ...base, evaluationInfo: evaluation("batch") };
        return { ...put(textAt(target, "id"), whole), headers: inSandbox("stage") };
      },
      answer: ({ status, body }, { given }) => {
        expect(status).toBe(200);
        expect(body).toMatchObject({ description: "Of the base", tags: ["web"], labels: ["core/C1"] });
        expect(body).toMatchObject({ id: given["id"], mergePolicyId: given["mergePolicyId"] });
      },
    }),
    statement({
      of: "deleteAudience",
      says: "an ID that is not there",
      ask: remove(audiencesPath, unknownId),
      answer: ({ status }) => expect(status).toBe(404),
    }),
  ],
  unobservable: {},
};
