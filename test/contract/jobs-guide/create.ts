import { at, pluck, textAt } from "../json";
import { definitionIds, finishedJob, jobFor, jobForAll, jobsPath, oneJob } from "../jobs";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Difference, type Statement } from "../statement";

const create = "POST /segment/jobs";
const many = (count: number) => Array.from({ length: count }, (_, index) => `segment-${index}`);
const post = { method: "POST", path: jobsPath } as const;

/** The samples show a scheduled job that is nearly over; the text says that the job is new, and it is the API's. */
function newJob(sample: string): Difference<undefined> {
  return {
    ledger: "new-job",
    here: ({ body }) => {
      expect(sameShape(recorded(sample), body ?? null)).toEqual([
        "- metrics.totalTime.endTimeInMs",
        "- metrics.totalTime.totalTimeInMs",
        "- metrics.profileSegmentationTime.startTimeInMs",
        "- metrics.profileSegmentationTime.endTimeInMs",
        "- metrics.profileSegmentationTime.totalTimeInMs",
        "- properties",
      ]);
      expect(body).toMatchObject({ status: "NEW", source: "api" });
    },
  };
}

export const createStatements: readonly Statement[] = [
  statement({
    of: `${create} > example > at most 1500`,
    says: "the sample request has the sample's answer",
    ask: { ...post, body: recorded("job-create.request") },
    answer: ({ body }) => expect(sameShape(recorded("job-create.answer"), body ?? null)).toEqual([]),
    differs: newJob("job-create.answer"),
  }),
  statement({
    of: `${create} > example > more than 1500`,
    says: "the sample request has the sample's answer",
    ask: { ...post, body: recorded("job-create-all.request") },
    answer: ({ body }) => expect(sameShape(recorded("job-create-all.answer"), body ?? null)).toEqual([]),
    differs: newJob("job-create-all.answer"),
  }),
  statement({
    of: [
      `${create} > prose > HTTP status 200 with the new job`,
      "intro > an asynchronous process that creates an audience on demand",
    ],
    says: "HTTP status 200 with information about your newly created segment job, at once",
    ask: jobFor(...definitionIds),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      const one = await place.ask(oneJob(textAt(body, "id")));
      expect(one.body).toEqual(body);
    },
  }),
  statement({
    of: `${create} > request > segmentId`,
    says: "the ID of the segment definition that you want to create a segment job for",
    ask: jobFor("one-definition"),
    answer: ({ body }) => expect(pluck(at(body, "segments"), "segmentId")).toEqual(["one-definition"]),
    decides: "segments-not-looked-up",
  }),
  statement({
    of: `${create} > response > id`,
    says: "a system-generated identifier, of the newly created job",
    given: finishedJob,
    ask: jobFor(...definitionIds),
    answer: ({ body }, { given }) => {
      expect(at(body, "id")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(at(body, "id")).not.toBe(given);
    },
  }),
  ...[jobFor(...definitionIds), jobForAll].map((ask, index) =>
    statement({
      of: `${create} > response > status always NEW`,
      says: `since the segment job is newly created, the status will always be NEW (${["some", "all"][index]})`,
      ask,
      answer: ({ body }) => expect(at(body, "status")).toBe("NEW"),
    }),
  ),
  statement({
    of: [`${create} > response > segments`, `${create} > response > segments.segment.id`],
    says: "the segment definitions that this segment job is running for, with the IDs that you provided",
    ask: jobFor(...definitionIds),
    answer: ({ body }) => {
      expect(pluck(at(body, "segments"), "segmentId")).toEqual(definitionIds);
      expect(pluck(at(body, "segments"), "segment.id")).toEqual(definitionIds);
    },
  }),
  statement({
    of: `${create} > response > segments.segment.expression`,
    says: "information about the segment definition's expression, written in PQL",
    ask: jobFor(...definitionIds),
    answer: ({ body }) => {
      expect(at(body, "segments.0.segment.expression.type")).toBe("PQL");
      expect(["pql/json", "pql/text"]).toContain(at(body, "segments.0.segment.expression.format"));
    },
  }),
  statement({
    of: `${create} > request > schema.name`,
    says: "the name of the schema for the segment definitions",
    ask: { ...post, body: { schema: { name: "_xdm.context.account" }, segments: [{ segmentId: "*" }] } },
    answer: ({ body }) => expect(at(body, "schema")).toEqual({ name: "_xdm.context.account" }),
  }),
  statement({
    of: [
      `${create} > request > segments.segmentId`,
      `${create} > prose > more than 1500: pass *`,
      `${create} > response > * means all the segment definitions of the organization`,
    ],
    says: "pass * as the segment ID to signify that you want to run with all the segments",
    ask: jobForAll,
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "segments")).toEqual([{ segmentId: "*" }]);
    },
  }),
  statement({
    of: `${create} > response > segments`,
    says: "1500 segment definitions are all listed",
    ask: jobFor(...many(1500)),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(pluck(at(body, "segments"), "segmentId")).toEqual(many(1500));
    },
  }),
  statement({
    of: `${create} > prose > more than 1500 is possible, highly not recommended`,
    says: "you can create a segment job with more than 1500 segment definitions; it displays *",
    ask: jobFor(...many(1501)),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "segments")).toEqual([{ segmentId: "*" }]);
    },
    decides: "many-segments",
  }),
  statement({
    of: [
      `${create} > prose > different merge policies`,
      "intro > it references a segment definition and its merge policies",
    ],
    says: "these segment definitions can belong to different merge policies: each names its own",
    ask: jobFor(...many(20)),
    answer: ({ body }) => {
      const segments = at(body, "segments");
      expect(pluck(segments, "segment.mergePolicyId")).toEqual(pluck(segments, "segment.mergePolicy.id"));
      expect(new Set(pluck(segments, "segment.mergePolicyId")).size).toBeGreaterThan(1);
    },
  }),
  statement({
    of: "getting started > required headers",
    says: "a request without x-sandbox-name is refused",
    ask: { ...jobFor(...definitionIds), headers: { "x-sandbox-name": undefined } },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect(at((await place.ask({ path: jobsPath })).body, "children")).toEqual([]);
    },
    decides: "sandbox-header",
  }),
];
