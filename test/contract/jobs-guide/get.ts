import { at, pluck } from "../json";
import {
  bulkGet,
  cancelJob,
  definitionIds,
  finishedJob,
  foreignJob,
  jobForAll,
  jobsPath,
  metricsBesideSample,
  oneJob,
  startJob,
} from "../jobs";
import { step } from "../place";
import { recorded } from "../recorded";
import { rekey, sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const get = "GET /segment/jobs/{SEGMENT_JOB_ID}";
const bulk = "POST /segment/jobs/bulk-get";
const remove = "DELETE /segment/jobs/{SEGMENT_JOB_ID}";
const many = (count: number) => Array.from({ length: count }, (_, index) => `segment-${index}`);

export const getStatements: readonly Statement[] = [
  statement({
    of: `${get} > example > at most 1500`,
    says: "the sample request has the sample's answer (a succeeded job of the API)",
    given: (place) => finishedJob(place),
    ask: (id) => oneJob(id),
    answer: ({ body }) => expect(sameShape(recorded("job-get.answer"), body ?? null)).toEqual([]),
    differs: {
      ledger: "finished-metrics",
      here: ({ body }) => {
        const beside = (difference: string) => !metricsBesideSample("").includes(difference);
        expect(sameShape(recorded("job-get.answer"), body ?? null).filter(beside)).toEqual([
          "+ metrics.totalTime.endTimeInMs",
          "+ metrics.totalTime.totalTimeInMs",
          "+ metrics.profileSegmentationTime.startTimeInMs",
          "+ metrics.profileSegmentationTime.endTimeInMs",
          "+ metrics.profileSegmentationTime.totalTimeInMs",
        ]);
      },
    },
  }),
  statement({
    of: `${get} > example > at most 1500`,
    says: "the sample's metrics are those of a running job: only a start",
    given: async (place) => {
      const id = await startJob(place);
      await place.advance(2 * step);
      return id;
    },
    ask: (id) => oneJob(id),
    answer: ({ body }) => {
      expect(at(body, "status")).toBe("PROCESSING");
      expect(sameShape(at(recorded("job-get.answer"), "metrics") ?? null, at(body, "metrics") ?? null)).toEqual([]);
    },
  }),
  statement({
    of: [`${get} > example > more than 1500`, `${get} > prose > HTTP status 200`],
    says: "the sample request has the sample's answer, with the metrics of the table beside those of the sample",
    given: (place) => foreignJob(place, { segmentIds: ["*"] }),
    ask: (id) => oneJob(id),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("job-get-all.answer"), body ?? null)).toEqual(["+ metrics.totalProfiles"]);
    },
  }),
  statement({
    of: `${get} > prose > at most 1500: the full list of segment definitions`,
    says: "a full list of all the segment definitions will be displayed",
    given: (place) => foreignJob(place, { segmentIds: many(1500) }),
    ask: (id) => oneJob(id),
    answer: ({ body }) => expect(pluck(at(body, "segments"), "segmentId")).toEqual(many(1500)),
  }),
  statement({
    of: `${get} > prose > more than 1500: *`,
    says: "segments will display *",
    given: (place) => foreignJob(place, { segmentIds: many(1501) }),
    ask: (id) => oneJob(id),
    answer: ({ body }) => expect(at(body, "segments")).toEqual([{ segmentId: "*" }]),
  }),
  statement({
    of: `${get} > request > SEGMENT_JOB_ID`,
    says: "the id of the segment job you want to retrieve",
    given: async (place) => [await finishedJob(place), await finishedJob(place)],
    ask: ([, second = ""]) => oneJob(second),
    answer: ({ body }, { given }) => expect(at(body, "id")).toBe(given[1]),
  }),
  statement({
    of: "intro > information such as any errors and the ultimate size of your audience",
    says: "a failed job has errors",
    given: async (place) => {
      const errors = [{ code: "8.0000018E7", msg: "Request rate is large", callStack: "" }];
      await place.control("PUT", "/job-outcome", { status: "FAILED", errors });
      return finishedJob(place);
    },
    ask: (id) => oneJob(id),
    answer: ({ body }) => {
      expect(at(body, "status")).toBe("FAILED");
      expect(at(body, "errors.0")).toMatchObject({ code: "8.0000018E7", msg: "Request rate is large" });
    },
  }),
  statement({
    of: "intro > information such as any errors and the ultimate size of your audience",
    says: "a succeeded job has the size of each audience",
    given: (place) => finishedJob(place),
    ask: (id) => oneJob(id),
    answer: ({ body }) => {
      expect(at(body, "errors") ?? []).toEqual([]);
      expect(Object.keys(at(body, "metrics.segmentedProfileCounter") ?? {})).toEqual(definitionIds);
    },
  }),
];

export const bulkGetStatements: readonly Statement[] = [
  statement({
    of: [`${bulk} > example`, `${bulk} > prose > HTTP status 207`],
    says: "the sample request has the sample's answer: HTTP status 207 with the requested segment jobs",
    given: async (place) => [
      await foreignJob(place, { segmentIds: [definitionIds[0]] }),
      await foreignJob(place, { segmentIds: ["*"] }),
    ],
    ask: (ids) => bulkGet(...ids),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(207);
      const sample = { results: rekey(at(recorded("jobs-bulk-get.answer"), "results"), given) };
      // The sample is "truncated for space": what it does not show is in the full response, nothing is missing.
      expect(sameShape(sample, body ?? null).filter((difference) => !difference.startsWith("+"))).toEqual([]);
    },
  }),
  statement({
    of: `${bulk} > prose > full details for the jobs requested`,
    says: "the full response will list the full details for the segment jobs requested",
    given: async (place) => [await finishedJob(place), await foreignJob(place)],
    ask: (ids) => bulkGet(...ids),
    answer: async ({ body }, { place, given }) => {
      for (const id of given) expect(at(body, `results.${id}`)).toEqual((await place.ask(oneJob(id))).body);
    },
  }),
  statement({
    of: `${bulk} > request > ids`,
    says: "the id values of the segment jobs, and no others",
    given: async (place) => [await finishedJob(place), await finishedJob(place), await finishedJob(place)],
    ask: ([first = "", , third = ""]) => bulkGet(third, first),
    answer: ({ body }, { given: [first, , third] }) =>
      expect(Object.keys(at(body, "results") ?? {}).sort()).toEqual([first, third].sort()),
  }),
  statement({
    of: `${bulk} > prose > children.segments differs with more than 1500`,
    says: "segments is * for a job of more than 1500 segment definitions",
    given: (place) => foreignJob(place, { segmentIds: many(1501) }),
    ask: (id) => bulkGet(id),
    answer: ({ body }, { given }) => expect(at(body, `results.${given}.segments`)).toEqual([{ segmentId: "*" }]),
  }),
];

export const deleteStatements: readonly Statement[] = [
  statement({
    of: [`${remove} > example`, `${remove} > prose > HTTP status 204 with an empty body`],
    says: "HTTP status 204 with an empty response body",
    given: (place) => startJob(place),
    ask: (id) => cancelJob(id),
    answer: ({ status, text }) => {
      expect(status).toBe(204);
      expect(text).toBe("");
    },
    decides: "delete-body",
  }),
  statement({
    of: [`${remove} > prose > the response is immediate`, `${remove} > prose > the actual deletion is asynchronous`],
    says: "there is a time difference between when the delete request is made and when it is applied",
    given: (place) => startJob(place),
    ask: (id) => [cancelJob(id), oneJob(id)],
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "status")).toBe("CANCELLING");
      await place.advance(step - 1);
      expect(at((await place.ask(oneJob(given))).body, "status")).toBe("CANCELLING");
      await place.advance(1);
      expect(at((await place.ask(oneJob(given))).body, "status")).toBe("CANCELLED");
    },
  }),
  statement({
    of: `${remove} > request > SEGMENT_JOB_ID`,
    says: "the id of the segment job you want to delete, and no other",
    given: async (place) => [
      await foreignJob(place, { status: "QUEUED" }),
      await foreignJob(place, { status: "QUEUED" }),
    ],
    ask: ([first = ""]) => [cancelJob(first), { path: jobsPath, query: { status: "CANCELLING" } }],
    answer: ({ body }, { given }) => expect(pluck(at(body, "children"), "id")).toEqual([given[0]]),
  }),
  statement({
    of: `${remove} > prose > the actual deletion is asynchronous`,
    says: "a job of all segment definitions is cancelled in the same way",
    given: (place) => startJob(place, jobForAll),
    ask: (id) => [cancelJob(id), oneJob(id)],
    answer: ({ body }) => expect(at(body, "status")).toBe("CANCELLING"),
  }),
];
