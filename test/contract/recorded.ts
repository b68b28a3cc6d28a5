import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "./json";

/**
 * A body as a document prints it, or a trimmed part of an OpenAPI document.
 *
 * @param name a file of `recorded/` without `.json`: `segments-list.answer`, `cja.openapi`
 */
export function recorded(name: string): Json {
  return JSON.parse(readFileSync(join(__dirname, "recorded", `${name}.json`), "utf8")) as Json;
}

/** A document's outline: one line for each sample, table row, allowed value, default, limit and error. */
export function outline(name: string): readonly string[] {
  return recorded(`${name}.outline`) as readonly string[];
}
