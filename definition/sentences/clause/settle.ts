import { isList, isObject } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { below } from "../path";
import type { Path } from "../path";
import { areKnown } from "./known";

/** A node without the junctions around it and in it that say nothing, as `canonical` leaves them out. */
export interface Settled {
  readonly json: Json | undefined;
  readonly path: Path;
  /** For an `and` or an `or` of known conditions: what it holds, with the same junctions inside it made flat. */
  readonly entries?: readonly Settled[];
}

/** Makes `and` in `and` flat (and `or` in `or`), and leaves out those with a single entry. The order stays as written. */
export function settle(json: Json | undefined, path: Path): Settled {
  if (!isJunction(json) || !isList(json["preds"]) || !areKnown(json["preds"], "predicate")) return { json, path };
  const entries = json["preds"].flatMap((pred, index) => {
    const inner = settle(pred, below(path, "preds", index));
    const same = isJunction(inner.json) && inner.json["func"] === json["func"] && isBare(inner.json);
    return same && inner.entries !== undefined && inner.entries.length > 0 ? inner.entries : [inner];
  });
  const [only] = entries;
  return only !== undefined && entries.length === 1 && isBare(json) ? only : { json, path, entries };
}

/** Whether a junction says nothing about itself. */
export function isBare(junction: JsonObject): boolean {
  return Object.keys(junction).every((key) => key === "func" || key === "preds");
}

function isJunction(json: Json | undefined): json is JsonObject {
  return isObject(json) && (json["func"] === "and" || json["func"] === "or");
}
