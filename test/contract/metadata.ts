import { at, isArray, type Json, type JsonObject } from "./json";
import type { Ask, Place } from "./place";

/** Where tags are. */
export const tagsPath = "/componentmetadata/tags";

/** Where shares are. */
export const sharesPath = "/componentmetadata/shares";

/** A component by its name, as bodies write it. */
export function componentOf(componentType: string, componentId: string): JsonObject {
  return { componentType, componentId };
}

/** The request that makes these the only tags of a component. */
export function tagItems(componentType: string, componentId: string, ...names: readonly string[]): Ask {
  const tags = names.map((name) => ({ name, description: "" }));
  return { method: "PUT", path: `${tagsPath}/tagitems`, body: [{ ...componentOf(componentType, componentId), tags }] };
}

/** The request that makes these the only shares of a segment. */
export function sharesOf(componentId: string, ...shares: readonly JsonObject[]): Ask {
  return { method: "PUT", path: sharesPath, body: [{ ...componentOf("segment", componentId), shares: [...shares] }] };
}

/** The requests that search for what several components have. */
export function componentSearch(path: string, componentIds: readonly string[], query: Ask["query"] = {}): Ask {
  const body = { componentType: "segment", componentIds: [...componentIds] };
  return { method: "POST", path: `${path}/component/search`, query, body };
}

/** The tags of a component, as the search answers them. */
export async function tagsOf(place: Place, componentType: string, componentId: string): Promise<Json[]> {
  const query = { componentType, componentId };
  return listed((await place.ask({ path: `${tagsPath}/search`, query })).body);
}

/** The tag of this name of a component; its ID. */
export async function tagId(place: Place, componentType: string, componentId: string, name: string): Promise<number> {
  const found = (await tagsOf(place, componentType, componentId)).find((tag) => at(tag, "name") === name);
  return numberAt(found, "id");
}

/** The shares of a segment, as the search answers them. */
export async function sharesFound(place: Place, componentId: string): Promise<Json[]> {
  const { body } = await place.ask(componentSearch(sharesPath, [componentId]));
  return listed(at(body, "content.0.shares"));
}

/** The ID of a segment's only share. */
export async function shareId(place: Place, componentId: string): Promise<number> {
  return numberAt((await sharesFound(place, componentId))[0], "shareId");
}

/** A number; throws when there is none, so that a broken setup is not taken for a finding. */
export function numberAt(value: Json | undefined, path: string): number {
  const number = at(value, path);
  if (typeof number !== "number") throw new Error(`no number at ${path} in ${JSON.stringify(value)}`);
  return number;
}

function listed(value: Json | undefined): Json[] {
  if (!isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return [...value];
}
