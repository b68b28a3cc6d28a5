import { at, pluck } from "../json";
import { foreignJob, finishedJob, jobForAll, jobsPath, metricsBesideSample, jobOfEachStatus, statuses } from "../jobs";
import { step } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const list = "GET /segment/jobs";
const path = jobsPath;
const ids = ["job-1", "job-2", "job-3", "job-4", "job-5"] as const;

/** Five jobs, a second apart. */
async function five(place: Parameters<typeof foreignJob>[0]): Promise<void> {
  for (const id of ids) {
    await foreignJob(place, { id, segmentIds: [`segment-of-${id}`] });
    await place.advance(step);
  }
}

export const listStatements: readonly Statement[] = [
  statement({
    of: [`${list} > example > at most 1500`, `${list} > prose > HTTP status 200 with a list`],
    says: "the sample request has the sample's answer, with the metrics of the table beside those of the sample",
    given: (place) => foreignJob(place),
    ask: { path },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("jobs-list.answer"), body ?? null)).toEqual(metricsBesideSample("children[]."));
    },
  }),
  statement({
    of: [`${list} > example > more than 1500`, `${list} > prose > more than 1500: *`],
    says: "segments will display * for a job of all segment definitions",
    given: (place) => foreignJob(place, { segmentIds: ["*"] }),
    ask: { path },
    answer: ({ body }) => {
      const sample = recorded("jobs-list-all.answer");
      expect(sameShape(sample, body ?? null)).toEqual([]);
      expect(at(body, "children.0.segments")).toEqual(at(sample, "children.0.segments"));
    },
  }),
  statement({
    of: `${list} > prose > at most 1500: the full list of segment definitions`,
    says: "a full list of all the segment definitions will be displayed",
    given: (place) => foreignJob(place, { segmentIds: Array.from({ length: 1500 }, (_, index) => `segment-${index}`) }),
    ask: { path },
    answer: ({ body }) => {
      const segments = at(body, "children.0.segments");
      expect(pluck(segments, "segmentId")).toEqual(Array.from({ length: 1500 }, (_, index) => `segment-${index}`));
    },
  }),
  statement({
    of: `${list} > prose > more than 1500: *`,
    says: "a job of 1501 segment definitions displays *",
    given: (place) => foreignJob(place, { segmentIds: Array.from({ length: 1501 }, (_, index) => `segment-${index}`) }),
    ask: { path },
    answer: ({ body }) => expect(at(body, "children.0.segments")).toEqual([{ segmentId: "*" }]),
  }),
  statement({
    of: `${list} > prose > no parameters: all jobs of the organization`,
    says: "no parameters will retrieve all jobs",
    given: async (place) => {
      for (let index = 0; index < 120; index += 1) await foreignJob(place, { id: `job-${index}` });
    },
    ask: { path },
    answer: ({ body }) => {
      expect(at(body, "children")).toHaveLength(120);
      expect(at(body, "_page")).toEqual({ totalCount: 120, pageSize: 120 });
      expect(at(body, "_links.next")).toEqual({});
    },
  }),
  statement({
    of: `${list} > prose > multiple parameters separated by ampersands`,
    says: "multiple parameters can be included: start, limit, sort and status together",
    given: five,
    ask: { path, query: { start: 1, limit: 2, sort: "creationTime:asc", status: "SUCCEEDED" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(ids.slice(1, 3)),
  }),
  statement({
    of: `${list} > request > start`,
    says: "the starting offset for the segment jobs returned",
    given: five,
    ask: { path, query: { start: 3, sort: "creationTime:asc" } },
    answer: ({ body }) => {
      expect(pluck(at(body, "children"), "id")).toEqual(ids.slice(3));
      expect(at(body, "_page")).toEqual({ totalCount: 5, pageSize: 2 });
    },
  }),
  statement({
    of: `${list} > request > limit`,
    says: "the number of segment jobs returned per page",
    given: five,
    ask: { path, query: { limit: 2, sort: "creationTime:asc" } },
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "children"), "id")).toEqual(ids.slice(0, 2));
      expect(at(body, "_page")).toEqual({ totalCount: 5, pageSize: 2 });
      expect(at(body, "_links.next")).not.toEqual({});
      const last = await place.ask({ path, query: { start: 4, limit: 2, sort: "creationTime:asc" } });
      expect(at(last.body, "_page")).toEqual({ totalCount: 5, pageSize: 1 });
      expect(at(last.body, "_links.next")).toEqual({});
    },
    decides: "job-list-next",
  }),
  statement({
    of: `${list} > request > status`,
    says: "filters the results based on status; without it all are there",
    given: jobOfEachStatus,
    ask: { path },
    answer: ({ body }) => expect(pluck(at(body, "children"), "status").sort()).toEqual([...statuses].sort()),
  }),
  ...statuses.map((status) =>
    statement({
      of: `${list} > request > status=${status}`,
      says: "a supported value",
      given: jobOfEachStatus,
      ask: { path, query: { status } },
      answer: ({ body }) => {
        expect(pluck(at(body, "children"), "status")).toEqual([status]);
        expect(at(body, "_page.totalCount")).toBe(1);
      },
    }),
  ),
  statement({
    of: [`${list} > request > sort`, `${list} > request > sort=asc`],
    says: "[attributeName]:asc",
    given: five,
    ask: { path, query: { sort: "creationTime:asc" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(ids),
  }),
  statement({
    of: [`${list} > request > sort`, `${list} > request > sort=desc`],
    says: "[attributeName]:desc",
    given: five,
    ask: { path, query: { sort: "creationTime:desc" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual([...ids].reverse()),
  }),
  statement({
    of: `${list} > request > sort`,
    says: "by another attribute: status",
    given: jobOfEachStatus,
    ask: { path, query: { sort: "status:asc" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "status")).toEqual([...statuses].sort()),
  }),
  ...[
    { says: "on the object key: status==FAILED", property: "status==FAILED", expected: ["FAILED"] },
    {
      says: "on a path: sandbox.sandboxName==prod",
      property: "sandbox.sandboxName==prod",
      expected: [...statuses].sort(),
    },
    { says: "exact matches only: status==FAIL", property: "status==FAIL", expected: [] },
  ].map(({ says, property, expected }) =>
    statement({
      of: `${list} > request > property [jsonObjectPath]==[value]`,
      says,
      given: jobOfEachStatus,
      ask: { path, query: { property } },
      answer: ({ body }) => expect(pluck(at(body, "children"), "status").sort()).toEqual(expected),
    }),
  ),
  statement({
    of: `${list} > request > property [arrayTypeAttributeName]~[objectKey]==[value]`,
    says: "filtering within the array",
    given: five,
    ask: { path, query: { property: "segments~segmentId==segment-of-job-4" } },
    answer: ({ body }) => expect(pluck(at(body, "children"), "id")).toEqual(["job-4"]),
  }),
  statement({
    of: `${list} > response > metrics`,
    says: "a job of all segments that was started through the API is listed like the schedule's",
    given: (place) => finishedJob(place, jobForAll),
    ask: { path },
    answer: ({ body }) => {
      const sample = recorded("jobs-list-all.answer");
      // `properties` holds the schedule's and the run's ID: no schedule, no properties (the sample of one job).
      expect(sameShape(sample, body ?? null)).toEqual(["- children[].properties"]);
    },
  }),
];
