import type { Context } from "hono";
import { readJson } from "../definition/json";
import { BadRequestRefusal, PlatformRefusal } from "./errors";
import { uuidOf } from "./identifiers";
import { isJsonObject, type JsonObject } from "./json";

/** Sandboxes of the emulated organisation. */
export const sandboxes: readonly string[] = ["prod", "dev", "stage"];

/** The sandbox that a request is for, or the refusal: every platform request must name one. */
export function sandboxOf(c: Context): string {
  const header = c.req.header("x-sandbox-name");
  if (!header) throw new PlatformRefusal(400, "113001", "Missing header x-sandbox-name");
  if (!sandboxes.includes(header)) {
    const message = `Permission denied on some resources. errorMessage=[sandbox ${header} does not exist or is not yours]`;
    throw new PlatformRefusal(403, "113752", message);
  }
  return header;
}

export function sandboxAnswer(sandboxName: string): JsonObject {
  const production = sandboxName === "prod";
  return {
    sandboxId: uuidOf(`sandbox ${sandboxName}`),
    sandboxName,
    type: production ? "production" : "development",
    default: production,
  };
}

/** Refuses a body that the service cannot take. */
export const badPlatformBody = (message: string): PlatformRefusal => new PlatformRefusal(400, "113434", message);

/** The body of a request to the platform as JSON, or a 400. */
export async function platformJsonOf(c: Context): Promise<unknown> {
  const type = c.req.header("content-type");
  if (!type?.startsWith("application/json")) {
    throw new BadRequestRefusal("The header Content-Type must be application/json");
  }
  try {
    return readJson(await c.req.text());
  } catch (cause) {
    throw badPlatformBody(`The request could not be read: ${String(cause)}`);
  }
}

/** What was found under an ID, or the 404. */
export function found<T>(entity: T | undefined, id: string): T {
  if (entity === undefined) throw new PlatformRefusal(404, "113000", `The entity ${id} is not found.`);
  return entity;
}

/** The answer of a bulk-get, `{"ids":[{"id":…}]}` or a bare list of IDs, which aepp sends: what is there, by its ID. */
export async function bulkAnswer(c: Context, shown: (id: string) => JsonObject | undefined): Promise<Response> {
  const results: JsonObject = {};
  for (const id of idsToGet(await platformJsonOf(c))) {
    const one = shown(id);
    if (one !== undefined) results[id] = one;
  }
  return c.json({ results }, 207);
}

/** The most IDs of one bulk-get. */
const mostIds = 100;

function idsToGet(body: unknown): string[] {
  const items: unknown = isJsonObject(body) ? body["ids"] : body;
  if (!Array.isArray(items)) throw badPlatformBody("ids must be a list");
  if (items.length === 0 || items.length > mostIds) {
    const message = "The number of requested IDs is invalid. Cannot be 0 or exceed 100.";
    throw new PlatformRefusal(400, "113015", message);
  }
  return items.map((item: unknown) => {
    const id = isJsonObject(item) ? item["id"] : item;
    if (typeof id !== "string") throw badPlatformBody("Each item of ids must have an id");
    return id;
  });
}
