import { at, type JsonObject } from "../json";
import { cancelJob, definitionIds, jobFor, jobsPath, oneJob, startJob } from "../jobs";
import { step, type Ask, type Place } from "../place";
import { statement, type Statement } from "../statement";
import { expectUpapi } from "./upapi";

const list = "GET /segment/jobs";
const create = "POST /segment/jobs";
const get = "GET /segment/jobs/{SEGMENT_JOB_ID}";
const remove = "DELETE /segment/jobs/{SEGMENT_JOB_ID}";
const unknown = "00000000-0000-4000-8000-000000000000";
const sandbox = (name: string) => ({ "x-sandbox-name": name });
/** Every operation on jobs, for a job. */
const operations: readonly (readonly [name: string, ask: (id: string) => Ask])[] = [
  [list, () => ({ path: jobsPath })],
  [create, () => jobFor(...definitionIds)],
  [get, (id) => oneJob(id)],
  [remove, (id) => cancelJob(id)],
];

async function fail(place: Place, status: number): Promise<string> {
  const id = await startJob(place);
  await place.control("POST", "/faults", { status });
  return id;
}

export const refusalStatements: readonly Statement[] = [
  ...[get, remove].map((name) =>
    statement({
      of: [`${name} > parameter SEGMENT_JOB_ID`, `${name} > 404`],
      says: "the segment job request was not found",
      given: (place) => startJob(place),
      ask: name === get ? oneJob(unknown) : cancelJob(unknown),
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(404);
        expectUpapi(body, 404);
        const other = await place.ask(name === get ? oneJob(given) : cancelJob(given));
        expect(other.status).toBe(name === get ? 200 : 204);
      },
      decides: "job-errors",
    }),
  ),
  ...[
    { says: "no segment at all", body: [] },
    { says: "an entry without segmentId", body: [{ id: "x" }] },
    { says: "an object without segments", body: { schema: { name: "_xdm.context.profile" } } },
    { says: "a text", body: "x" },
  ].map(({ says, body }: { says: string; body: JsonObject | readonly JsonObject[] | string }) =>
    statement({
      of: `${create} > 400`,
      says: `the request could not be posted, double check your request body content: ${says}`,
      ask: { method: "POST", path: jobsPath, body },
      answer: async ({ status, body: error }, { place }) => {
        expect(status).toBe(400);
        expectUpapi(error, 400);
        expect(at((await place.ask({ path: jobsPath })).body, "_page.totalCount")).toBe(0);
      },
      decides: "job-errors",
    }),
  ),
  statement({
    of: `${create} > 429`,
    says: "there are too many segmentation jobs in processing at the moment",
    given: async (place) => {
      await place.control("PUT", "/limits", { maxActiveJobs: 1 });
      return startJob(place);
    },
    ask: jobFor(...definitionIds),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(429);
      expectUpapi(body, 429);
      expect(at(body, "title")).toContain("There are too many segmentation jobs in processing at the moment");
      await place.advance(3 * step);
      expect((await place.ask(jobFor(...definitionIds))).status).toBe(200);
    },
  }),
  ...operations.map(([name, ask]) =>
    statement({
      of: `${name} > 403`,
      says: "access is forbidden: a sandbox that is not yours",
      given: (place) => startJob(place),
      ask: (id) => ({ ...ask(id), headers: sandbox("somebody-elses") }),
      answer: ({ status, body }) => {
        expect(status).toBe(403);
        expectUpapi(body, 403);
      },
    }),
  ),
  ...operations.flatMap(([name, ask]) =>
    (name === get || name === remove ? [503] : [500, 503]).map((code) =>
      statement({
        of: `${name} > ${code}`,
        says: code === 500 ? "there was an issue reading the segment job" : "the service is unavailable",
        given: (place) => fail(place, code),
        ask: (id) => ask(id),
        answer: async ({ status, body }, { place, given }) => {
          expect(status).toBe(code);
          expectUpapi(body, code);
          expect(at((await place.ask(oneJob(given))).body, "status")).toBe("NEW");
          expect(at((await place.ask({ path: jobsPath })).body, "_page.totalCount")).toBe(1);
        },
      }),
    ),
  ),
];
