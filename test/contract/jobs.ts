import type { Json, JsonObject } from "./json";
import { step, type Ask, type Place } from "./place";
import { idOf } from "./segments";

/** Where segment jobs live on the emulator's one port. */
export const jobsPath = "/data/core/ups/segment/jobs";

/** IDs of segment definitions, as the guide's sample request has them. */
export const definitionIds = ["7863c010-e092-41c8-ae5e-9e533186752e", "07d39471-05d1-4083-a310-d96978fd7c85"] as const;

/** The request that starts a job for these segment definitions. */
export function jobFor(...ids: readonly string[]): Ask {
  return { method: "POST", path: jobsPath, body: ids.map((segmentId) => ({ segmentId })) };
}

/** The request that starts a job for every segment definition of the sandbox. */
export const jobForAll: Ask = {
  method: "POST",
  path: jobsPath,
  body: { schema: { name: "_xdm.context.profile" }, segments: [{ segmentId: "*" }] },
};

/** Starts a job; its ID. */
export async function startJob(place: Place, ask: Ask = jobFor(...definitionIds)): Promise<string> {
  return idOf((await place.ask(ask)).body);
}

/** Starts a job and lets it end; its ID. */
export async function finishedJob(place: Place, ask: Ask = jobFor(...definitionIds)): Promise<string> {
  const id = await startJob(place, ask);
  await place.advance(4 * step);
  return id;
}

/** A job that somebody else ran: the nightly schedule unless told otherwise. */
export async function foreignJob(place: Place, fields: JsonObject = {}): Promise<string> {
  const job = { source: "scheduler", segmentIds: [...definitionIds], sandbox: "prod", status: "SUCCEEDED", ...fields };
  return idOf(await place.control("POST", "/jobs", job));
}

/** One job of each status, a second apart; the statuses in the order of making. */
export async function jobOfEachStatus(place: Place): Promise<void> {
  for (const status of statuses) {
    await foreignJob(place, { status });
    await place.advance(1);
  }
}

/** Every status that the guide's filter and the OpenAPI document know. */
export const statuses = ["NEW", "QUEUED", "PROCESSING", "SUCCEEDED", "FAILED", "CANCELLING", "CANCELLED"] as const;

/** One job by its ID. */
export function oneJob(id: string): Ask {
  return { path: `${jobsPath}/${id}` };
}

/** Several jobs by their IDs, as the sample request does. */
export function bulkGet(...ids: readonly string[]): Ask {
  return { method: "POST", path: `${jobsPath}/bulk-get`, body: { ids: ids.map((id) => ({ id })) } };
}

/** The request that cancels a job. */
export function cancelJob(id: string): Ask {
  return { method: "DELETE", path: `${jobsPath}/${id}` };
}

/**
 * The metrics of a finished job that the samples leave out and the table (or the OpenAPI document's example) adds, as
 * `sameShape` reports them.
 */
export function metricsBesideSample(path: string): string[] {
  const names = [
    "totalProfiles",
    "segmentedProfileCounter",
    "segmentedProfileByNamespaceCounter",
    "segmentedProfileByStatusCounter",
    "totalProfilesByMergePolicy",
  ];
  return names.map((name) => `+ ${path}metrics.${name}`);
}

/** Any value of an object, for maps whose keys are IDs. */
export function anyValue(map: Json | undefined): Json | undefined {
  return Object.values((map ?? {}) as JsonObject)[0];
}
