import { readJson } from "../definition/json";
import type { SentenceOptions } from "../definition";
import { readTextFile } from "./read-text";

/** The option of every command that tells of plans, and what it takes. */
export const NAMES_OPTION = [
  "--names <file>",
  "JSON with names by ID: dimensions, metrics, date ranges, segments, data views, users, groups, audiences",
] as const;

/** The option of every command that prints sentences, and what it says. */
export const API_WORDS_OPTION = [
  "--api-words",
  "use the API's words for containers (hits, visits, visitors), not the UI's (Event, Session, Person)",
] as const;

/** What `--api-words` means for sentences. */
export const levelWordsFor = (apiWords: boolean | undefined): Pick<SentenceOptions, "levels"> =>
  apiWords === true ? { levels: "api" } : {};

/** The names of dimensions, metrics, date ranges and segments by ID, as `--names` takes them. */
export function readNamesFile(file: string): Record<string, string> {
  const json = readJson(readTextFile(file));
  const isMap =
    typeof json === "object" && json !== null && Object.values(json).every((name) => typeof name === "string");
  if (!isMap) throw new Error(`${file} is not a list of names such as {"variables/web.page": "Page"}`);
  return json as Record<string, string>;
}
