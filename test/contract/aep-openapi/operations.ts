import { at, pluck, textAt } from "../json";
import {
  bulkGet,
  cancelJob,
  definitionIds,
  finishedJob,
  foreignJob,
  jobFor,
  jobsPath,
  oneJob,
  startJob,
} from "../jobs";
import { step } from "../place";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";

const list = "GET /segment/jobs";
const create = "POST /segment/jobs";
const get = "GET /segment/jobs/{SEGMENT_JOB_ID}";
const remove = "DELETE /segment/jobs/{SEGMENT_JOB_ID}";
const bulk = "POST /segment/jobs/bulk-get";
const unknown = "00000000-0000-4000-8000-000000000000";
const sandbox = (name: string) => ({ "x-sandbox-name": name });

export const operationStatements: readonly Statement[] = [
  statement({
    of: [`${create} > parameter x-request-id`, `${get} > parameter x-request-id`],
    says: "a unique ID that can be used to track a request: the job keeps it",
    ask: { ...jobFor(...definitionIds), headers: { "x-request-id": "q0gf6caRuRtX2s5khaN1Zgd1OoEXcPJA" } },
    answer: async ({ body }, { place }) => {
      expect(at(body, "requestId")).toBe("q0gf6caRuRtX2s5khaN1Zgd1OoEXcPJA");
      const read = { ...oneJob(textAt(body, "id")), headers: { "x-request-id": "another" } };
      expect((await place.ask(read)).body).toEqual(body);
      const query = { property: "requestId==q0gf6caRuRtX2s5khaN1Zgd1OoEXcPJA" };
      expect(at((await place.ask({ path: jobsPath, query })).body, "_page.totalCount")).toBe(1);
    },
  }),
  statement({
    of: `${create} > parameter x-request-id`,
    says: "without one, each job has one of the service's making",
    given: (place) => startJob(place),
    ask: (id) => [oneJob(id), jobFor(...definitionIds)],
    answer: async ({ body }, { place, given }) => {
      const first = (await place.ask(oneJob(given))).body;
      expect(at(body, "requestId")).toEqual(expect.any(String));
      expect(at(body, "requestId")).not.toBe(at(first, "requestId"));
    },
  }),
  ...[list, remove, get].map((name) =>
    statement({
      of: `${name} > parameter x-request-id`,
      says: "an optional header for investigating issues: an error repeats it",
      ask: {
        ...(name === list
          ? { path: jobsPath, query: { status: "DONE" } }
          : name === get
            ? oneJob(unknown)
            : cancelJob(unknown)),
        headers: { "x-request-id": "my-request" },
      },
      answer: ({ status, body }) => {
        expect(status).toBe(name === list ? 400 : 404);
        expect(at(body, "requestId")).toBe("my-request");
      },
    }),
  ),
  statement({
    of: `${create} > parameter x-profile-instance-id`,
    says: "the ID of the Profile Instance",
    ask: { ...jobFor(...definitionIds), headers: { "x-profile-instance-id": "another" } },
    answer: ({ body }) => expect(at(body, "profileInstanceId")).toBe("another"),
    differs: { ledger: "profile-instance-id", here: ({ body }) => expect(at(body, "profileInstanceId")).toBe("ups") },
  }),
  statement({
    of: `${list} > parameter snapshot.name`,
    says: "the snapshot name",
    given: (place) => finishedJob(place),
    ask: { path: jobsPath, query: { "snapshot.name": "inUS" } },
    answer: ({ body }) => expect(at(body, "children")).toEqual([]),
    differs: {
      ledger: "snapshot-name",
      here: ({ body }, { given }) => expect(pluck(at(body, "children"), "id")).toEqual([given]),
    },
  }),
  statement({
    of: `${list} > parameter start`,
    says: "the page offset, as per the created time of the resource",
    given: async (place) => {
      for (const id of ["job-1", "job-2", "job-3", "job-4"]) {
        await foreignJob(place, { id });
        await place.advance(step);
      }
    },
    ask: { path: jobsPath, query: { start: 1, limit: 2, sort: "creationTime:asc" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(["job-3", "job-4"]),
    differs: {
      ledger: "job-list-start",
      here: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(["job-2", "job-3"]),
    },
  }),
  ...[
    { parameter: "limit", query: { limit: 1 } },
    { parameter: "status", query: { status: "FAILED" } },
    { parameter: "sort", query: { sort: "creationTime:desc", limit: 1 } },
    { parameter: "property", query: { property: "segments~segmentId==workInCanada" } },
  ].map(({ parameter, query }) =>
    statement({
      of: `${list} > parameter ${parameter}`,
      says: "as in the guide",
      given: async (place) => {
        await foreignJob(place, { id: "older" });
        await place.advance(step);
        await foreignJob(place, { id: "newer", status: "FAILED", segmentIds: ["workInCanada"] });
      },
      ask: { path: jobsPath, query },
      answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(["newer"]),
    }),
  ),
  statement({
    of: `${list} > 200`,
    says: "every key of the list is declared in the schema, with its type",
    given: (place) => finishedJob(place),
    ask: { path: jobsPath },
    answer: ({ status, body }) => expect(misfit("get", "/segment/jobs", { status, body })).toEqual([]),
    differs: {
      ledger: "job-links-undeclared",
      here: ({ status, body }) => expect(misfit("get", "/segment/jobs", { status, body })).toEqual(["+ _links"]),
    },
  }),
  statement({
    of: `${create} > 200`,
    says: "the answer to POST fits its schema",
    ask: jobFor(...definitionIds),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(misfit("post", "/segment/jobs", { status, body })).toEqual([]);
    },
  }),
  statement({
    of: `${bulk} > 207`,
    says: "the details of each segment job, fitting their schemas",
    given: async (place) => [await finishedJob(place), await startJob(place)],
    ask: (ids) => bulkGet(...ids),
    answer: ({ status, body }, { given }) => {
      expect(misfit("post", "/segment/jobs/bulk-get", { status, body })).toEqual([]);
      for (const id of given) {
        const job = { status: 200, body: at(body, `results.${id}`) };
        expect(misfit("get", "/segment/jobs/{SEGMENT_JOB_ID}", job)).toEqual([]);
      }
    },
  }),
  statement({
    of: `${remove} > 204`,
    says: "the segment job request has been marked for cancellation",
    given: (place) => startJob(place),
    ask: (id) => cancelJob(id),
    answer: ({ status }) => expect(status).toBe(204),
  }),
  statement({
    of: "sandboxes",
    says: "all resources are isolated to specific virtual sandboxes",
    given: async (place) => ({ prod: await startJob(place), dev: await foreignJob(place, { sandbox: "dev" }) }),
    ask: { path: jobsPath, headers: sandbox("dev") },
    answer: async ({ body }, { place, given }) => {
      expect(pluck(at(body, "children"), "id")).toEqual([given.dev]);
      expect(at(body, "children.0.sandbox.sandboxName")).toBe("dev");
      expect((await place.ask({ ...oneJob(given.prod), headers: sandbox("dev") })).status).toBe(404);
      expect((await place.ask({ ...cancelJob(given.prod), headers: sandbox("dev") })).status).toBe(404);
      const both = await place.ask({ ...bulkGet(given.prod, given.dev), headers: sandbox("dev") });
      expect(Object.keys(at(both.body, "results") ?? {})).toEqual([given.dev]);
      expect(pluck(at((await place.ask({ path: jobsPath })).body, "children"), "id")).toEqual([given.prod]);
    },
  }),
  statement({
    of: "sandboxes",
    says: "a job belongs to the sandbox that the header names",
    ask: { ...jobFor(...definitionIds), headers: sandbox("stage") },
    answer: ({ body }) => expect(at(body, "sandbox")).toMatchObject({ sandboxName: "stage", default: false }),
  }),
];
