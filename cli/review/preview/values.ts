import { isObject } from "../../../definition/json";
import { UNKNOWN } from "../../../model/is-unknown";

/** What stands in a plan for a value of one type that only the run will tell (the engine's marker for it). */
const UNKNOWN_OF_TYPE = /^(?:1c4a061d|6a19a0b0|030794c1|eeb24dce|e48ece36|dd056dcd)-[0-9a-f-]{27}$/;
/** The key of an object that stands for a secret, an output, an asset: the engine's signature. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value that the run will tell. */
export const KNOWN_LATER = "(known after up)";
/** A value that is not shown. */
export const SECRET = "(secret)";

/** Values of a plan in words that a reader understands: no marker of the engine, and nothing of a secret. */
export function readableValue(value: unknown): unknown {
  if (value === UNKNOWN || (typeof value === "string" && UNKNOWN_OF_TYPE.test(value))) return KNOWN_LATER;
  if (value === "[secret]") return SECRET;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(readableValue);
  if (!isObject(value as never)) return value;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  if (entries.some(([key]) => key === SIGNATURE)) return readSignedValue(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([key, inner]) => [key, readableValue(inner)]));
}

const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** An output that is known and no secret counts as its value; any other signed value is not shown. */
function readSignedValue(value: Readonly<Record<string, unknown>>): unknown {
  if (value[SIGNATURE] !== OUTPUT || value["secret"] === true) return SECRET;
  return "value" in value ? readableValue(value["value"]) : KNOWN_LATER;
}
