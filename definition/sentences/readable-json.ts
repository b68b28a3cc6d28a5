import { createHash } from "node:crypto";
import { isList, isObject, type Json } from "../json";
import { MAX_DEPTH } from "../limits";
import { describeShape, read, shapeOf } from "../shape";
import { shorten } from "../mistake";
import { toJson } from "../to-json";

/** Text in a definition, in UTF-16 units. More is nothing that could be read, and nears what one text can hold. */
const MAX_TEXT = 20_000_000;

/** How many values are copied of JSON that is no definition anyway. */
const MAX_BROKEN_VALUES = 5_000;

/** Stands for a value that JSON has no way to write. No field of the language takes an object like this. */
const placeholder = (what: string): Json => ({ unreadable: what });

/**
 * Anything as JSON with its keys in order. Where something is no JSON, contains itself or has no end, the rest is kept and
 * the part is replaced by what it is; it never throws.
 */
export function toReadableJson(value: unknown): Json {
  return tryToJson(value) ?? new SafeCopy().copy(value, 1, []);
}

function tryToJson(value: unknown): Json | undefined {
  try {
    const json = toJson(value);
    return isShort(json) ? json : undefined;
  } catch {
    // The safe copy shows at the place why it cannot be copied.
    return undefined;
  }
}

/** Goes no further than it must: one long text costs nothing to stand in very many places. */
function isShort(json: Json): boolean {
  const pending: Json[] = [json];
  let length = 0;
  for (let at = pending.pop(); at !== undefined && length <= MAX_TEXT; at = pending.pop()) {
    if (typeof at === "string") length += at.length;
    else if (isList(at)) for (const entry of at) pending.push(entry);
    else if (isObject(at)) {
      for (const [key, value] of Object.entries(at)) {
        length += key.length;
        pending.push(value);
      }
    }
  }
  return length <= MAX_TEXT;
}

class SafeCopy {
  #values = 0;

  copy(value: unknown, depth: number, ancestors: readonly unknown[]): Json {
    try {
      return this.#copy(value, depth, ancestors);
    } catch {
      // A proxy may answer what no list or error would, and make a failure of every question about it.
      return placeholder("something that cannot be read");
    }
  }

  #copy(value: unknown, depth: number, ancestors: readonly unknown[]): Json {
    const found = shapeOf(value);
    this.#values += 1;
    if (found.is === "foreign") return placeholder(found.name);
    if (found.is === "text") return found.value.length > MAX_BROKEN_VALUES ? shortenWithHash(found.value) : found.value;
    if (found.is !== "object" && found.is !== "list") return found.value;
    if (ancestors.includes(value)) return placeholder("contains itself");
    if (depth > MAX_DEPTH) return placeholder(`${describeShape(found)} more than ${MAX_DEPTH} levels deep`);
    if (this.#isFull()) return placeholder(`${describeShape(found)}, left out`);
    const newAncestors = [...ancestors, value];
    const inner = (key: PropertyKey): Json => {
      const reading = read(found.value, key);
      return "failure" in reading ? placeholder(reading.failure) : this.copy(reading.value, depth + 1, newAncestors);
    };
    if (found.is === "list") return this.#entries(found.length, inner);
    const keys = found.keys.slice(0, MAX_BROKEN_VALUES).sort();
    return Object.fromEntries(keys.map((key) => [shorten(key), inner(key)]));
  }

  #entries(length: number, inner: (index: number) => Json): Json {
    const entries: Json[] = [];
    for (let index = 0; index < length; index += 1) {
      if (this.#isFull()) return [...entries, placeholder(`${length - index} more`)];
      entries.push(inner(index));
    }
    return entries;
  }

  #isFull(): boolean {
    return this.#values >= MAX_BROKEN_VALUES;
  }
}

/** A text that is too long, so that another one is still told apart. */
function shortenWithHash(text: string): Json {
  const fingerprint = createHash("sha256").update(text).digest("hex");
  return placeholder(`${shorten(text)} (${text.length} characters, SHA-256 ${fingerprint})`);
}
