import { readJson } from "../json";
import { textOfFile } from "./decoded";

/** The names of dimensions, metrics, date ranges and segments by ID, as `--names` takes them. */
export function namesIn(file: string): Record<string, string> {
  const json = readJson(textOfFile(file));
  const isMap =
    typeof json === "object" && json !== null && Object.values(json).every((name) => typeof name === "string");
  if (!isMap) throw new Error(`${file} is not a list of names: {"variables/web.page": "Page"} is expected`);
  return json as Record<string, string>;
}
