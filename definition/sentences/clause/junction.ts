import { GRAMMAR } from "../../grammar/grammar";
import { isList } from "../../json/value";
import type { JsonObject } from "../../json/value";
import { extrasOf, parenthesis } from "../notes";
import { below } from "../path";
import { unknown } from "./clause";
import type { Clause } from "./clause";
import { isBare, settle } from "./settle";
import type { Settled } from "./settle";

/** `all of` and `any of`, with a list. */
export function junction(
  node: JsonObject,
  func: "and" | "or",
  { path, entries }: Settled,
  tell: (settled: Settled) => Clause,
): Clause {
  const { preds } = node;
  if (!isList(preds) || preds.length === 0) return unknown(node, path);
  const text = (func === "and" ? "all of" : "any of") + parenthesis(extrasOf(node, GRAMMAR[func].fields));
  const held = entries ?? preds.map((pred, index) => settle(pred, below(path, "preds", index)));
  const clause = { is: "junction", path, words: () => text, inner: held.map(tell) } as const;
  if (entries === undefined) return { ...clause, ordered: true };
  return isBare(node) ? { ...clause, bare: true } : clause;
}
