import { readJson } from "../../definition/json";

/**
 * The persons that a definition is to select: a list in JSON, or one a line.
 *
 * @param place the file's name, for messages
 * @throws Error where it names nobody and does not say so
 */
export function readExpectedPersons(place: string, text: string): ReadonlySet<string> {
  const trimmed = text.trim();
  // What wrote the file may have failed, and nobody would notice.
  if (trimmed === "") throw new Error(`${place} is empty: name the persons that are to be in, or write [] for none`);
  if (!trimmed.startsWith("["))
    return new Set(
      trimmed
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ""),
    );
  const advice = 'write the persons as a list of strings, such as ["p1", "p3"], or one a line';
  let json: unknown;
  try {
    json = readJson(trimmed);
  } catch (error) {
    throw new Error(`${place} is not JSON: ${error instanceof Error ? error.message : String(error)}; ${advice}`, {
      cause: error,
    });
  }
  if (!Array.isArray(json) || !json.every((one) => typeof one === "string")) throw new Error(`${place}: ${advice}`);
  return new Set<string>(json);
}
