import { GRAMMAR } from "../../grammar/grammar";
import type { JsonObject } from "../../json/value";
import { levelOf, manyOf } from "../levels";
import { extrasOf, notesOf, parenthesis } from "../notes";
import { below } from "../path";
import type { Path } from "../path";
import { json } from "../quote";
import type { Words } from "../style";
import type { Clause, Tell } from "./clause";

/** `Sessions where …`. `func` is the guide's word where it stands deeper than the guide shows it. */
export function container(node: JsonObject, func: "container" | "segment", path: Path, tell: Tell): Clause {
  const level = levelOf(node["context"]);
  const notes = [
    ...(level?.notes ?? []),
    ...(func === "segment" ? ['as a "segment"'] : []),
    ...notesOf(node, GRAMMAR.container.fields),
  ];
  const none = node["context"] === undefined ? "no context" : `context ${json(node["context"])}`;
  const inner = tell(node["pred"], below(path, "pred"));
  const link = inner.is === "container" ? "with" : "where";
  const words: Words = ({ levels, connected }) =>
    `${level ? manyOf(level, levels) : none}${parenthesis(notes)} ${connected ? link : "where"}`;
  return { is: "container", path, words, inner: [inner] };
}

/** `without` is what the UI writes; `not` is told in words that are not the same, since it may not mean the same. */
export function negation(node: JsonObject, func: "without" | "not", path: Path, tell: Tell): Clause {
  const inner = tell(node["pred"], below(path, "pred"));
  const notes = parenthesis(extrasOf(node, GRAMMAR[func].fields));
  const without = inner.is === "container" && notes === "" ? "there are no" : `it is not true${notes} that`;
  const text = func === "not" ? `not${notes}:` : without;
  return { is: "negation", path, words: () => text, inner: [inner] };
}
