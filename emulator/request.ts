import { badParameter, badBody } from "./errors";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { readJson, writeJson } from "../definition/json";
import { isJsonObject, type JsonObject } from "./json";

/** Query parameters of one request. A name that nobody asks for is ignored, as live tenants do. */
export class Parameters {
  /** @param values each name's values in the order of the URL. */
  constructor(private readonly values: Readonly<Record<string, readonly string[]>>) {}

  /** The value, several joined by commas; undefined when absent or empty. */
  text(name: string): string | undefined {
    return this.values[name]?.join(",") || undefined;
  }

  /** A comma-delimited list; undefined when absent or empty. */
  list(name: string): string[] | undefined {
    const parts = this.text(name)
      ?.split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return parts === undefined || parts.length === 0 ? undefined : parts;
  }

  /** Each value by itself, for parameters that may be repeated. */
  repeated(name: string): readonly string[] {
    return this.values[name] ?? [];
  }

  /** A whole number within the bounds, or a 400. */
  integer(name: string, bounds: { fallback: number; least: number; most: number }): number {
    const text = this.text(name);
    if (text === undefined) return bounds.fallback;
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < bounds.least || value > bounds.most) {
      throw badParameter(`${name} must be a whole number from ${bounds.least} to ${bounds.most}, not ${text}`);
    }
    return value;
  }

  /** One of the allowed values, or a 400. */
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = allowed.find((candidate) => candidate === text);
    if (value === undefined) throw badParameter(`${name} must be one of ${allowed.join(", ")}, not ${text}`);
    return value;
  }
}

export const parametersOf = (c: Context): Parameters => new Parameters(c.req.queries());

const locales = ["en_US", "fr_FR", "ja_JP", "de_DE", "es_ES", "ko_KR", "pt_BR", "zh_CN", "zh_TW"] as const;

/** Refuses a locale that the segments guide does not list. What the emulator answers is the same in all of them. */
export function checkLocale(parameters: Parameters): void {
  parameters.oneOf("locale", locales, "en_US");
}

/** The body of a request as JSON, or a 400. */
async function jsonOf(c: Context): Promise<unknown> {
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
