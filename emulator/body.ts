import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { readJson, writeJson } from "../definition/json";
import { badBody } from "./errors";
import { isJsonObject, type JsonObject } from "./json";

/** The body of a request as JSON, or a 400. */
export async function jsonOf(c: Context): Promise<unknown> {
  try {
    return readJson(await c.req.text());
  } catch (cause) {
    throw badBody(`Bad JSON input; request not formatted correctly: ${String(cause)}`);
  }
}

/** The body of a request that must be an object, or a 400. */
export async function objectOf(c: Context): Promise<JsonObject> {
  const body = await jsonOf(c);
  if (!isJsonObject(body)) throw badBody("Bad JSON input; the body must be a JSON object");
  return body;
}

/** The body in the form that a schema describes, or a 400 that names the first place where it is not. */
export async function bodyAs<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const result = schema.safeParse(await jsonOf(c));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badBody(`Bad JSON input; ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as described"}`);
}

/** An answer with numbers as they came in: Hono's own would refuse those that JavaScript cannot hold. */
export const jsonAnswered = (c: Context, body: object, status: ContentfulStatusCode = 200): Response =>
  c.body(writeJson(body), status, { "content-type": "application/json" });
