import { isJsonObject } from "../json";
import { badPlatformBody } from "../platform";
import type { JobFields, JobRecord } from "./job";
import type { Store } from "../store";

/** What a POST body runs: a list of `{segmentId}`, or the object with "*" for all segments. */
export function segmentsToRun(body: unknown): Pick<JobFields, "segmentIds" | "schemaName"> {
  if (Array.isArray(body)) {
    const segmentIds = body.map((item: unknown) => (isJsonObject(item) ? item["segmentId"] : undefined));
    const named = segmentIds.filter((id): id is string => typeof id === "string" && id !== "" && id !== "*");
    if (named.length === 0 || named.length < segmentIds.length) {
      throw badPlatformBody("Each item of the segment job request must have a segmentId");
    }
    return { segmentIds: named };
  }
  const schemaName = isJsonObject(body) && isJsonObject(body["schema"]) ? body["schema"]["name"] : undefined;
  const segments: unknown = isJsonObject(body) ? body["segments"] : undefined;
  if (typeof schemaName !== "string" || schemaName === "") throw badPlatformBody("schema.name is missing");
  const only: unknown = Array.isArray(segments) && segments.length === 1 ? segments[0] : undefined;
  if (!isJsonObject(only) || only["segmentId"] !== "*") throw badPlatformBody('segments must be [{"segmentId":"*"}]');
  return { segmentIds: ["*"], schemaName };
}

export function createJob(store: Store, fields: JobFields, now: number): JobRecord {
  const scheduled = fields.source === "scheduler";
  const schedule = scheduled ? { scheduleId: store.nextUuid("schedule"), runId: store.nextUuid("run") } : null;
  return store.jobs.put({
    id: store.nextUuid("job"),
    schemaName: "_xdm.context.profile",
    requestId: schedule ? `${schedule.scheduleId}-${now}` : store.nextUuid("request"),
    schedule,
    computeJobId: 8000 + store.nextNumber(),
    created: now,
    cancelRequested: null,
    fixed: null,
    ...fields,
  });
}
