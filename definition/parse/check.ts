import { checkNode } from "./check-node";
import { checkRoot } from "./check-root";
import { checkValue } from "./check-value";
import { checkNodes } from "./check-nodes";
import { enterKeys, enterList } from "./enter";
import { MAX_DEPTH } from "../limits";
import { numberMistake } from "./number-mistake";
import { shapeOf, type Shape } from "../shape";
import { isInItself, type Expectation, type Visit } from "./visit";
import type { Walk } from "./walk";

type Known = Exclude<Shape, { is: "foreign" }>;

/** Checks one value, and asks the walk to look at what is inside it. */
export function check(walk: Walk, visit: Visit): void {
  const found = shapeOf(visit.value);
  if (found.is === "foreign") return walk.error(visit, foreign(found.name));
  if (found.is === "object" || found.is === "list") {
    if (isInItself(visit)) return walk.error(visit, "contains itself, which JSON has no way to write");
    if (visit.depth > MAX_DEPTH) return walk.error(visit, `nested deeper than ${MAX_DEPTH} levels`);
    // Before anything goes through them: a list of holes costs nothing to make.
    if (!walk.hasRoomFor(visit, found.is === "object" ? found.keys.length : found.length)) return;
  }
  const mistake = found.is === "number" ? numberMistake(found, visit.expected) : undefined;
  if (mistake !== undefined) return walk.error(visit, mistake);
  dispatch(walk, visit, found);
}

function dispatch(walk: Walk, visit: Visit, found: Known): void {
  const { expected } = visit;
  if (expected.is === "root") return checkRoot(walk, visit, found);
  if (expected.is === "anything") return enterAll(walk, visit, found, expected);
  if (expected.is === "entries") return enterAll(walk, visit, found, { is: "node", place: expected.place });
  if (expected.optional && found.is === "null") return;
  if (expected.is === "node") return checkNode(walk, visit, found, expected);
  if (expected.is === "nodes") return checkNodes(walk, visit, found, expected);
  checkValue(walk, visit, found, expected);
}

function enterAll(walk: Walk, visit: Visit, found: Known, expected: Expectation): void {
  if (found.is === "object") enterKeys(walk, visit, found, () => expected);
  if (found.is === "list") enterList(walk, visit, found, expected);
}

function foreign(name: string): string {
  if (name === "undefined") return "found undefined, give it a value or leave the key out";
  return `found ${name}, which JSON has no way to write`;
}
