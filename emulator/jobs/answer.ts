import { uuidOf } from "../identifiers";
import type { JsonObject } from "../json";
import { type JobRecord, progressOf, type Progress } from "./job";
import { sandboxAnswer } from "../platform";

/** Above this many segments a job's list of them is answered as "*" (jobs guide, "More than 1500"). */
const mostListed = 1500;

const profilesScanned = 13_146_432;

/** A job as the jobs guide shows it. */
export function jobAnswer(job: JobRecord, orgId: string, now: number): JsonObject {
  const progress = progressOf(job, now);
  const listed = job.segmentIds.length > mostListed ? ["*"] : job.segmentIds;
  const href = `/segment/jobs/${job.id}`;
  const updateEpoch = Math.floor(progress.since / 1000);
  return {
    id: job.id,
    imsOrgId: orgId,
    sandbox: sandboxAnswer(job.sandbox),
    profileInstanceId: "ups",
    source: job.source,
    status: progress.status,
    batchId: uuidOf(`batch ${job.id}`),
    computeJobId: job.computeJobId,
    computeGatewayJobId: uuidOf(`gateway ${job.id}`),
    segments: listed.map(segmentAnswer),
    metrics: metricsAnswer(job, listed, progress),
    ...(progress.status === "FAILED" && { errors: job.outcome.errors }),
    requestId: job.requestId,
    schema: { name: job.schemaName },
    ...(job.schedule && { properties: job.schedule }),
    _links: { cancel: { href, method: "DELETE" }, checkStatus: { href, method: "GET" } },
    updateTime: updateEpoch * 1000,
    creationTime: job.created,
    updateEpoch,
  };
}

/** One of five, the most that a sandbox may have: https://experienceleague.adobe.com/en/docs/experience-platform/profile/guardrails */
const mergePolicyOf = (segmentId: string): string => uuidOf(`merge policy ${numberOf(segmentId) % 5}`);

function segmentAnswer(segmentId: string): JsonObject {
  if (segmentId === "*") return { segmentId };
  const mergePolicyId = mergePolicyOf(segmentId);
  return {
    segmentId,
    segment: {
      id: segmentId,
      expression: { type: "PQL", format: "pql/text", value: 'workAddress.country = "US"' },
      mergePolicyId,
      mergePolicy: { id: mergePolicyId, version: 1 },
    },
  };
}

/** A job at work shows when it was asked for and no more; counts come with success. */
function metricsAnswer(job: JobRecord, listed: readonly string[], progress: Progress): JsonObject {
  const { computeStart, end } = progress;
  const totalTime = period(job.created, end);
  const profileSegmentationTime = end === undefined || computeStart === undefined ? {} : period(computeStart, end);
  if (progress.status !== "SUCCEEDED") return { totalTime, profileSegmentationTime };
  return { totalTime, profileSegmentationTime, totalProfiles: profilesScanned, ...counters(listed) };
}

function period(startTimeInMs: number, endTimeInMs: number | undefined): JsonObject {
  return endTimeInMs === undefined
    ? { startTimeInMs }
    : { startTimeInMs, endTimeInMs, totalTimeInMs: endTimeInMs - startTimeInMs };
}

function counters(listed: readonly string[]): JsonObject {
  const ids = listed.filter((id) => id !== "*");
  if (ids.length === 0) return {};
  // Between 1,000 and 17,383 profiles in each segment.
  const each = (value: (size: number) => unknown): JsonObject =>
    Object.fromEntries(ids.map((id) => [id, value(1000 + (numberOf(id) % 16384))]));
  return {
    segmentedProfileCounter: each((size) => size),
    segmentedProfileByNamespaceCounter: each((size) => ({ email: size, ecid: size })),
    segmentedProfileByStatusCounter: each((size) => ({
      realized: size,
      existing: size * 4,
      exited: Math.floor(size / 10),
    })),
    totalProfilesByMergePolicy: Object.fromEntries(ids.map((id) => [mergePolicyOf(id), profilesScanned])),
  };
}

/** Always the same for the same segment. */
function numberOf(segmentId: string): number {
  return parseInt(uuidOf(segmentId).slice(0, 8), 16);
}
