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

const unknown = "00000000-0000-4000-8000-000000000000";
const year = 365 * 86_400_000;
const many = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

/** What happens to jobs where no document says it; each named by the ledger's entry. */
export const jobSilences: readonly Statement[] = [
  statement({
    of: "delete-finished",
    says: "DELETE of a job that is over removes its record",
    given: (place) => finishedJob(place),
    ask: (id) => cancelJob(id),
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(204);
      expect((await place.ask(oneJob(given))).status).toBe(404);
    },
    decides: "delete-finished",
  }),
  statement({
    of: "bulk-get-unknown",
    says: "IDs that are not there are left out; the status stays 207",
    given: (place) => startJob(place),
    ask: (id) => bulkGet(unknown, id),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(207);
      expect(Object.keys(at(body, "results") ?? {})).toEqual([given]);
    },
    decides: "bulk-get-unknown",
  }),
  ...[0, 101].map((count) =>
    statement({
      of: "bulk-get-bounds",
      says: `${count} IDs are refused, as for audiences`,
      ask: bulkGet(...many(count)),
      answer: async ({ status, body }, { place }) => {
        expect(status).toBe(400);
        expect(at(body, "title")).toBe("The number of requested IDs is invalid. Cannot be 0 or exceed 100.");
        expect((await place.ask(bulkGet(...many(100)))).status).toBe(207);
      },
      decides: "bulk-get-bounds",
    }),
  ),
  statement({
    of: "job-list-bounds",
    says: "limit may be 1 to 100",
    ask: { path: jobsPath, query: { limit: 101 } },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect((await place.ask({ path: jobsPath, query: { limit: 0 } })).status).toBe(400);
      expect((await place.ask({ path: jobsPath, query: { limit: 100 } })).status).toBe(200);
    },
    decides: "job-list-bounds",
  }),
  statement({
    of: "job-list-order",
    says: "without sort the newest comes first",
    given: async (place) => {
      for (const id of ["second-name", "first-name", "third-name"]) {
        await foreignJob(place, { id });
        await place.advance(step);
      }
    },
    ask: { path: jobsPath },
    answer: ({ body }) =>
      expect(pluck(at(body, "children"), "id")).toEqual(["third-name", "first-name", "second-name"]),
    decides: "job-list-order",
  }),
  statement({
    of: "job-quotas",
    says: "neither 20 IDs a call, nor 2 runs a day, nor one at a time",
    given: async (place) => {
      for (let each = 0; each < 3; each += 1) await startJob(place);
    },
    ask: jobFor(...many(21)),
    answer: async ({ status }, { place }) => {
      expect(status).toBe(200);
      await place.advance(3 * step);
      const list = await place.ask({ path: jobsPath });
      expect(pluck(at(list.body, "children"), "status")).toEqual(Array.from({ length: 4 }, () => "SUCCEEDED"));
    },
    decides: "job-quotas",
  }),
  statement({
    of: "quick-jobs",
    says: "jobs take hours there, and about four seconds here",
    place: { usualJobTiming: true },
    ask: jobFor(...definitionIds),
    answer: async ({ body }, { place }) => {
      const status = async () => at((await place.ask(oneJob(textAt(body, "id")))).body, "status");
      await place.advance(3_500);
      expect(await status()).toBe("PROCESSING");
      await place.advance(1_000);
      expect(await status()).toBe("SUCCEEDED");
    },
    decides: "quick-jobs",
  }),
  statement({
    of: "job-retention",
    says: "records are kept for ever, unless control forgets them",
    given: async (place) => {
      const id = await finishedJob(place);
      await place.advance(year);
      const token = textAt(await place.control("POST", "/tokens"), "access_token");
      return { ...oneJob(id), id, headers: { authorization: `Bearer ${token}` } };
    },
    ask: (ask) => ask,
    answer: async ({ status }, { place, given }) => {
      expect(status).toBe(200);
      await place.control("DELETE", `/jobs/${given.id}`);
      expect((await place.ask(given)).status).toBe(404);
    },
    decides: "job-retention",
  }),
  ...[
    "/data/core/ups/config/schedules",
    "/data/core/ups/segment/schedules",
    "/componentmetadata/favorites",
    "/calculatedmetrics",
  ].map((path) =>
    statement({
      of: "missing-endpoints",
      says: `${path} is not part of the emulator, and says so`,
      ask: { path },
      answer: ({ status, text }) => {
        expect(status).toBe(404);
        expect(text).toContain("emulator");
      },
      decides: "missing-endpoints",
    }),
  ),
  statement({
    of: "date-header",
    says: "Date is the emulator's clock",
    given: async (place) => {
      await place.control("PUT", "/clock", { now: "2030-01-01T00:00:00Z" });
    },
    // The token has long expired by then, and the refusal has the header as well.
    ask: { path: jobsPath },
    answer: ({ headers }) => expect(headers.get("date")).toBe("Tue, 01 Jan 2030 00:00:00 GMT"),
    decides: "date-header",
  }),
];
