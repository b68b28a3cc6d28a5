import { at, isObject, textAt, type Json } from "../json";
import { anyValue, bulkGet, definitionIds, foreignJob, finishedJob, jobsPath, oneJob } from "../jobs";
import type { Ask, Place } from "../place";
import { statement, type Statement } from "../statement";

/** The three endpoints that answer whole jobs, and where in the answer the job stands. */
interface Endpoint {
  readonly name: string;
  readonly ask: (id: string) => Ask;
  readonly job: (body: Json | undefined, id: string) => Json | undefined;
}

const list: Endpoint = {
  name: "GET /segment/jobs",
  ask: () => ({ path: jobsPath }),
  job: (body) => at(body, "children.0"),
};

const endpoints: readonly Endpoint[] = [
  list,
  { name: "GET /segment/jobs/{SEGMENT_JOB_ID}", ask: (id) => oneJob(id), job: (body) => body },
  {
    name: "POST /segment/jobs/bulk-get",
    ask: (id) => bulkGet(id),
    job: (body, id) => at(body, `results.${id}`),
  },
];

const documentedStatuses = ["NEW", "PROCESSING", "CANCELLING", "CANCELLED", "FAILED", "SUCCEEDED"] as const;
const time = { startTimeInMs: "number", endTimeInMs: "number", totalTimeInMs: "number" };

/** A row of a table "Property, Description": what the job's field must be. */
function row(
  endpoint: Endpoint,
  name: string,
  says: string,
  expected: (job: Json | undefined, id: string) => void,
  given: (place: Place) => Promise<string> = finishedJob,
): Statement {
  return statement({
    of: `${endpoint.name} > response > ${name}`,
    says,
    given,
    ask: endpoint.ask,
    answer: ({ body }, scene) => expected(endpoint.job(body, scene.given), scene.given),
  });
}

/** The same object with the names of the types in place of the values. */
function types(value: Json | undefined): Json {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typeof each]))
    : typeof value;
}

function rows(endpoint: Endpoint): Statement[] {
  return [
    row(endpoint, "id", "a system-generated identifier", (job, id) => expect(at(job, "id")).toBe(id)),
    row(endpoint, "status", "the current status", (job) => expect(at(job, "status")).toBe("SUCCEEDED")),
    ...documentedStatuses.map((status) =>
      row(
        endpoint,
        `status ${status}`,
        "a potential value for the status",
        (job) => expect(at(job, "status")).toBe(status),
        (place) => foreignJob(place, { status }),
      ),
    ),
    row(endpoint, "segments", "information about the segment definitions", (job) =>
      expect(at(job, "segments")).toHaveLength(2),
    ),
    row(endpoint, "segments.segment.id", "the ID of the segment definition", (job) =>
      expect([at(job, "segments.0.segment.id"), at(job, "segments.1.segment.id")]).toEqual(definitionIds),
    ),
    row(endpoint, "segments.segment.expression", "the definition's expression, written in PQL", (job) =>
      expect(types(at(job, "segments.0.segment.expression"))).toEqual({
        type: "string",
        format: "string",
        value: "string",
      }),
    ),
  ];
}

const metrics = (job: Json | undefined) => at(job, "metrics");
const perSegment = (counter: string) => (job: Json | undefined) =>
  expect(types(at(metrics(job), counter))).toEqual(Object.fromEntries(definitionIds.map((id) => [id, "number"])));

const metricRows: readonly Statement[] = [
  row(list, "metrics.totalTime", "when the job started and ended, and the total time", (job) => {
    const total = at(metrics(job), "totalTime");
    expect(types(total)).toEqual(time);
    expect(at(total, "totalTimeInMs")).toBe(Number(at(total, "endTimeInMs")) - Number(at(total, "startTimeInMs")));
  }),
  row(list, "metrics.profileSegmentationTime", "when the evaluation started and ended, and the total time", (job) => {
    const evaluation = at(metrics(job), "profileSegmentationTime");
    expect(types(evaluation)).toEqual(time);
    expect(Number(at(evaluation, "startTimeInMs"))).toBeGreaterThanOrEqual(
      Number(at(metrics(job), "totalTime.startTimeInMs")),
    );
  }),
  statement({
    of: "GET /segment/jobs > response > metrics.segmentProfileCounter",
    says: "profiles qualified on a per segment basis",
    given: (place) => finishedJob(place),
    ask: list.ask(""),
    answer: ({ body }) => perSegment("segmentProfileCounter")(list.job(body, "")),
    differs: {
      ledger: "job-counters",
      here: ({ body }) => {
        perSegment("segmentedProfileCounter")(list.job(body, ""));
        expect(at(metrics(list.job(body, "")), "segmentProfileCounter")).toBeUndefined();
      },
    },
  }),
  row(
    list,
    "metrics.segmentedProfileByNamespaceCounter",
    "for each identity namespace on a per segment basis",
    (job) => {
      const counter = at(metrics(job), "segmentedProfileByNamespaceCounter");
      expect(Object.keys(counter ?? {})).toEqual(definitionIds);
      expect(new Set(Object.values(types(anyValue(counter)) ?? {}))).toEqual(new Set(["number"]));
    },
  ),
  ...["realized", "exited"].map((status) =>
    row(list, `metrics, profiles for each status: ${status}`, "a supported status", (job) =>
      expect(typeof at(anyValue(at(metrics(job), "segmentedProfileByStatusCounter")), status)).toBe("number"),
    ),
  ),
  row(list, "metrics, profiles for each status", "three statuses are supported, on a per segment basis", (job) => {
    const counter = at(metrics(job), "segmentedProfileByStatusCounter");
    expect(Object.keys(counter ?? {})).toEqual(definitionIds);
    // The page prints two of the three; the OpenAPI document's example has the third.
    expect(Object.keys(anyValue(counter) ?? {}).sort()).toEqual(["existing", "exited", "realized"]);
  }),
  row(list, "metrics.totalProfilesByMergePolicy", "merged profiles on a per merge policy basis", (job) => {
    const policies = [0, 1].map((index) => textAt(job, `segments.${index}.segment.mergePolicyId`));
    expect(types(at(metrics(job), "totalProfilesByMergePolicy"))).toEqual(
      Object.fromEntries(policies.map((policy) => [policy, "number"])),
    );
  }),
];

export const responseStatements: readonly Statement[] = [
  ...endpoints.flatMap((endpoint) => rows(endpoint)),
  ...metricRows,
  row(endpoints[1] as Endpoint, "metrics", "diagnostic information about the segment job", (job) =>
    expect(Object.keys(metrics(job) ?? {})).toEqual(expect.arrayContaining(["totalTime", "profileSegmentationTime"])),
  ),
];
