import type { Json, JsonObject } from "./json";
import { textAt } from "./json";
import type { Answer, Ask, Place } from "./place";

/** Where previews live on the emulator's one port. */
export const previewPath = "/data/core/ups/preview";

/** Where their estimates live, under the same IDs. */
export const estimatePath = "/data/core/ups/estimate";

/** An expression as the guide's sample asks about it. */
export const question: JsonObject = {
  predicateExpression: "xEvent.metrics.commerce.abandons.value > 0",
  predicateType: "pql/text",
  predicateModel: "_xdm.context.profile",
  graphType: "none",
};

export const askAbout = (fields: JsonObject = {}): Ask => ({
  method: "POST",
  path: previewPath,
  body: { ...question, ...fields },
});

/** Asks about an expression; the preview's ID. */
export async function newPreview(place: Place, fields: JsonObject = {}): Promise<string> {
  return textAt((await place.ask(askAbout(fields))).body, "previewId");
}

export const estimateOf = (id: string): Ask => ({ path: `${estimatePath}/${id}` });

/** Asks about an expression, and for its estimate until it is there. */
export async function finished(place: Place, fields: JsonObject = {}): Promise<string> {
  const id = await newPreview(place, fields);
  for (let read = 0; read < 2; read += 1) await place.ask(estimateOf(id));
  return id;
}

/** The bodies of several reads, one after the other. */
export async function reads(place: Place, ask: Ask, count: number): Promise<(Json | undefined)[]> {
  const answers: Answer[] = [];
  for (let read = 0; read < count; read += 1) answers.push(await place.ask(ask));
  return answers.map(({ body }) => body);
}
