import { PlatformRefusal } from "../errors";
import { isJsonObject } from "../json";
import type { JobFields } from "./job";

/** Refuses a body that the service cannot take. */
export const badJobBody = (message: string): PlatformRefusal => new PlatformRefusal(400, "113434", message);

/** The most IDs of one bulk-get. */
const mostIds = 100;

/** What a POST body runs: a list of `{segmentId}`, or the object with "*" for all segments. */
export function segmentsToRun(body: unknown): Pick<JobFields, "segmentIds" | "schemaName"> {
  if (Array.isArray(body)) {
    const segmentIds = body.map((item: unknown) => (isJsonObject(item) ? item["segmentId"] : undefined));
    const named = segmentIds.filter((id): id is string => typeof id === "string" && id !== "" && id !== "*");
    if (named.length === 0 || named.length < segmentIds.length) {
      throw badJobBody("Each item of the segment job request must have a segmentId");
    }
    return { segmentIds: named };
  }
  const schemaName = isJsonObject(body) && isJsonObject(body["schema"]) ? body["schema"]["name"] : undefined;
  const segments: unknown = isJsonObject(body) ? body["segments"] : undefined;
  if (typeof schemaName !== "string" || schemaName === "") throw badJobBody("schema.name is missing");
  const only: unknown = Array.isArray(segments) && segments.length === 1 ? segments[0] : undefined;
  if (!isJsonObject(only) || only["segmentId"] !== "*") throw badJobBody('segments must be [{"segmentId":"*"}]');
  return { segmentIds: ["*"], schemaName };
}

/** The IDs of a bulk-get body, `{"ids":[{"id":…}]}`. */
export function idsToGet(body: unknown): string[] {
  const items: unknown = isJsonObject(body) ? body["ids"] : undefined;
  if (!Array.isArray(items)) throw badJobBody("ids must be a list");
  if (items.length === 0 || items.length > mostIds) {
    const message = "The number of requested IDs is invalid. Cannot be 0 or exceed 100.";
    throw new PlatformRefusal(400, "113015", message);
  }
  return items.map((item: unknown) => {
    const id = isJsonObject(item) ? item["id"] : undefined;
    if (typeof id !== "string") throw badJobBody("Each item of ids must have an id");
    return id;
  });
}
