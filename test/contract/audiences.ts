import type { Json, JsonObject } from "./json";
import type { Ask, Place } from "./place";
import { idOf } from "./segments";

/** Where audiences live on the emulator's one port. */
export const audiencesPath = "/data/core/ups/audiences";

/** Where the same audiences live in the older form. */
export const definitionsPath = "/data/core/ups/segment/definitions";

/** Where merge policies live. */
export const mergePoliciesPath = "/data/core/ups/config/mergePolicies";

/** An ID that nothing has. */
export const unknownId = "00000000-0000-4000-8000-000000000000";

/** PQL text as the guides' samples have it. */
export const inTheUs = 'workAddress.country = "US"';

export const pql = (value: string, format = "pql/text"): JsonObject => ({ type: "PQL", format, value });

export const evaluation = (enabled: "batch" | "continuous" | "synchronous"): JsonObject =>
  Object.fromEntries(["batch", "continuous", "synchronous"].map((name) => [name, { enabled: name === enabled }]));

/** The least that a body must have. */
export function content(fields: JsonObject = {}): JsonObject {
  return { name: "Buyers", expression: pql(inTheUs), schema: { name: "_xdm.context.profile" }, ...fields };
}

export const inSandbox = (name: string) => ({ "x-sandbox-name": name });

export const read = (path: string, id: string): Ask => ({ path: `${path}/${id}` });
export const write = (path: string, body: Json): Ask => ({ method: "POST", path, body });
export const remove = (path: string, id: string): Ask => ({ method: "DELETE", path: `${path}/${id}` });
export const patch = (path: string, id: string, body: Json): Ask => ({ method: "PATCH", path: `${path}/${id}`, body });
export const put = (id: string, body: Json): Ask => ({ method: "PUT", path: `${audiencesPath}/${id}`, body });
export const bulkGetOf = (path: string, ids: readonly string[]): Ask =>
  write(`${path}/bulk-get`, { ids: ids.map((id) => ({ id })) });

/** One operation of a JSON Patch. */
export const add = (member: string, value: Json): JsonObject => ({ op: "add", path: `/${member}`, value });

/** Makes an audience through the newer form; its ID. */
export async function newAudience(place: Place, fields: JsonObject = {}, sandbox = "prod"): Promise<string> {
  const answer = await place.ask({ ...write(audiencesPath, content(fields)), headers: inSandbox(sandbox) });
  return idOf(answer.body);
}
