import { isDeepStrictEqual } from "node:util";
import { equal } from "../../definition";
import { readJson } from "../../definition/json";
import { CLEARED_FIELDS, isSameValue, segmentField } from "../../model/segment-fields";
import { jsonText } from "./segment-json";

/**
 * A file of JSON with the fields of an export, and all others that it has. Undefined where it says them already, in whatever
 * order and layout.
 *
 * @param wanted as the export writes it
 */
export function updatedJson(there: string, wanted: string): string | undefined {
  const fieldsOf = (text: string) => readJson(text) as Readonly<Record<string, unknown>>;
  const [before, next] = [fieldsOf(there), fieldsOf(wanted)];
  // To say what leaving it out means is to say nothing.
  const cleared = CLEARED_FIELDS.filter((name) => !isSameValue(name, before[name], undefined));
  const absent = Object.fromEntries(cleared.map((name) => [name, segmentField(name).absent]));
  const after: typeof before = { ...before, ...absent, ...next };
  const isSame = Object.entries(after).every(([key, value]) =>
    key === "definition" ? equal(before[key], value) : isDeepStrictEqual(before[key], value),
  );
  return isSame ? undefined : jsonText(after);
}
