import { at, type Json, type JsonObject } from "./json";
import { dataViews, type Place } from "./place";

/** A valid definition in the form that the product's UI writes. */
export const mobileHits: JsonObject = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "hits",
    pred: { func: "exists", val: { func: "attr", name: "variables/mobiledevicetype" } },
  },
};

/** Another valid one. */
export const orderVisits: JsonObject = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visits",
    pred: { func: "event-exists", evt: { func: "event", name: "metrics/orders" } },
  },
};

/** A body for POST /segments in the guide's words. */
export const guideBody: JsonObject = { name: "Mobile", rsid: dataViews.guide, definition: mobileHits };

/** A body for POST /segments in the OpenAPI document's words. */
export const referenceBody: JsonObject = { name: "Mobile", dataId: dataViews.guide, definition: mobileHits };

/** A segment made through the API, hence owned by the client's technical account; its ID. */
export async function ownSegment(place: Place, fields: JsonObject = {}): Promise<string> {
  const body = { ...(place.dialect === "guide" ? guideBody : referenceBody), ...fields };
  const answer = await place.ask({ method: "POST", path: "/segments", body });
  return idOf(answer.body);
}

/** Own segments with these names, a minute apart; their IDs in the same order. */
export async function ownSegments(place: Place, ...names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    ids.push(await ownSegment(place, { name }));
    await place.advance(60_000);
  }
  return ids;
}

/** A segment that a colleague made in the UI; its ID. */
export async function colleaguesSegment(place: Place, fields: JsonObject = {}): Promise<string> {
  const body = { name: "Colleague's", description: "", dataViewId: dataViews.guide, definition: mobileHits, ...fields };
  return idOf(await place.control("POST", "/segments", body));
}

/** Changes a segment as somebody does in the UI, without the API. */
export async function editInUi(place: Place, id: string, patch: JsonObject): Promise<void> {
  await place.control("PATCH", `/segments/${id}`, patch);
}

/** The ID of an answered object; throws when there is none, so that a broken setup is not taken for a finding. */
export function idOf(body: Json | undefined): string {
  const id = at(body, "id") ?? at(body, "0.id");
  if (typeof id !== "string") throw new Error(`no id in ${JSON.stringify(body)}`);
  return id;
}
