import { createHash } from "node:crypto";
import { isList, isObject, type Json } from "../json";
import { MAX_DEPTH } from "../limits";
import { describe, read, shapeOf } from "../shape";
import { shorten } from "../mistake";
import { toJson } from "../to-json";

/** Text in a definition, in UTF-16 units. More is nothing that could be read, and nears what one text can hold. */
const MAX_TEXT = 20_000_000;

/** Values that are told of what is no definition anyway. */
const MAX_BROKEN_VALUES = 5_000;

/** Stands for a value that JSON has no way to write. No field of the language takes an object like this. */
const unreadable = (what: string): Json => ({ unreadable: what });

/**
 * Anything as JSON with its keys in order. Where something is no JSON, contains itself or has no end, the rest is kept and
 * the part is replaced by what it is; it never throws.
 */
export function readable(value: unknown): Json {
  return whole(value) ?? new Excerpt().copy(value, 1, []);
}

function whole(value: unknown): Json | undefined {
  try {
    const json = toJson(value);
    return isShort(json) ? json : undefined;
  } catch {
    // Why it cannot be copied is told in the excerpt, at the place.
    return undefined;
  }
}

/** Goes no further than it must: one long text costs nothing to stand in very many places. */
function isShort(json: Json): boolean {
  const ahead: Json[] = [json];
  let length = 0;
  for (let at = ahead.pop(); at !== undefined && length <= MAX_TEXT; at = ahead.pop()) {
    if (typeof at === "string") length += at.length;
    else if (isList(at)) for (const entry of at) ahead.push(entry);
    else if (isObject(at)) {
      for (const [key, value] of Object.entries(at)) {
        length += key.length;
        ahead.push(value);
      }
    }
  }
  return length <= MAX_TEXT;
}

class Excerpt {
  #values = 0;

  copy(value: unknown, depth: number, around: readonly unknown[]): Json {
    try {
      return this.#copy(value, depth, around);
    } catch {
      // A proxy may answer what no list or error would, and make a failure of every question about it.
      return unreadable("something that cannot be read");
    }
  }

  #copy(value: unknown, depth: number, around: readonly unknown[]): Json {
    const found = shapeOf(value);
    this.#values += 1;
    if (found.is === "foreign") return unreadable(found.name);
    if (found.is === "text") return found.value.length > MAX_BROKEN_VALUES ? cut(found.value) : found.value;
    if (found.is !== "object" && found.is !== "list") return found.value;
    if (around.includes(value)) return unreadable("contains itself");
    if (depth > MAX_DEPTH) return unreadable(`${describe(found)} more than ${MAX_DEPTH} levels deep`);
    if (this.#isFull()) return unreadable(`${describe(found)}, left out`);
    const inside = [...around, value];
    const inner = (key: PropertyKey): Json => {
      const reading = read(found.value, key);
      return "failure" in reading ? unreadable(reading.failure) : this.copy(reading.value, depth + 1, inside);
    };
    if (found.is === "list") return this.#entries(found.length, inner);
    const keys = found.keys.slice(0, MAX_BROKEN_VALUES).sort();
    return Object.fromEntries(keys.map((key) => [shorten(key), inner(key)]));
  }

  #entries(length: number, inner: (index: number) => Json): Json {
    const entries: Json[] = [];
    for (let index = 0; index < length; index += 1) {
      if (this.#isFull()) return [...entries, unreadable(`${length - index} more`)];
      entries.push(inner(index));
    }
    return entries;
  }

  #isFull(): boolean {
    return this.#values >= MAX_BROKEN_VALUES;
  }
}

/** A text that is too long, so that another one is still told apart. */
function cut(text: string): Json {
  const fingerprint = createHash("sha256").update(text).digest("hex");
  return unreadable(`${shorten(text)} (${text.length} characters, SHA-256 ${fingerprint})`);
}
