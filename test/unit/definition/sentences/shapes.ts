/** Large definitions of all kinds: what is told of them takes as long as they are large (measured in the bench). */
import { around, page, sequenceOf } from "../samples";
import { and, hits, or } from "./rows";

const condition = (index: number) => ({
  func: "streq",
  str: `v${index}`,
  val: { ...page, name: `variables/d${index % 97}` },
});
const conditions = (count: number) => Array.from({ length: count }, (_, index) => condition(index));

export const SHAPES: readonly (readonly [name: string, of: (count: number) => unknown])[] = [
  ["one list", (count) => around(and(...conditions(count)))],
  ["many lists", (count) => around(and(...Array.from({ length: count / 10 }, () => or(...conditions(10)))))],
  ["many containers", (count) => around(or(...conditions(count).map((pred) => hits(pred))))],
  ["one list in another, deep", (count) => deep(count / 20, 20)],
  ["one sequence", (count) => sequenceOf(...conditions(count).map((pred) => hits(pred)))],
];

function deep(each: number, levels: number): Record<string, unknown> {
  const pred = Array.from({ length: levels }).reduce<unknown>(
    (inner, _, level) => ({ func: level % 2 === 0 ? "and" : "or", preds: [...conditions(each), inner] }),
    condition(0),
  );
  return around(pred);
}

/** A list before and after each of its conditions was changed. */
export const changedLists = (count: number): readonly [unknown, unknown] => [list(count, ""), list(count, "x")];

const list = (count: number, end: string) =>
  around(and(...Array.from({ length: count }, (_, index) => ({ func: "streq", str: `v${index}${end}`, val: page }))));
