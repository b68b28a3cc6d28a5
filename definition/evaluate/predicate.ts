import type { Container, Context, GuideContainer, Junction, Negation, Predicate } from "../grammar/definition";
import type { SegmentRef } from "../grammar/leaf";
import { below, type Path } from "../sentences/clause/clause";
import { leaf } from "./leaf";
import { onLevel } from "./levels";
import { isOneOf, levelIn, MISTAKEN, type Scope } from "./scope";
import { groupPredicate, sequencePredicate } from "./sequence";
import type { Test } from "./timeline";

/** Compiles a condition on the units of a level. */
export function predicate(node: Predicate | GuideContainer, level: Context, scope: Scope, path: Path): Test {
  if (isOneOf(node, "container", "segment")) return container(node, level, scope, path);
  if (isOneOf(node, "and", "or")) return junction(node, level, scope, path);
  if (isOneOf(node, "without", "not")) return negation(node, level, scope, path);
  if (isOneOf(node, "sequence", "sequence-prefix", "sequence-suffix"))
    return sequencePredicate(node, level, scope, path);
  if (isOneOf(node, "sequence-and", "sequence-or")) return groupPredicate(node, level, scope, path);
  if (isOneOf(node, "segment-ref")) return reference(node, level, scope, path);
  return leaf(node, level, scope, path);
}

/** A container on the units of a level: the unit itself, one of the narrower ones inside it, or the wider one around it. */
function container(node: Container | GuideContainer, level: Context, scope: Scope, path: Path): Test {
  const context = levelIn(scope, node.context, below(path, "context"));
  const test = predicate(node.pred, context ?? level, scope, below(path, "pred"));
  return context === undefined ? MISTAKEN : onLevel(context, test, level);
}

function junction({ func, preds }: Junction, level: Context, scope: Scope, path: Path): Test {
  const tests = preds.map((pred, index) => predicate(pred, level, scope, below(path, "preds", index)));
  // One of them that says so decides: a "no" in an "and", a "yes" in an "or".
  const decisive = func === "or";
  return (person, unit) => {
    for (const test of tests) if (test(person, unit) === decisive) return decisive;
    return !decisive;
  };
}

/** `without` is what the UI writes; `not` is the same. */
function negation({ pred }: Negation, level: Context, scope: Scope, path: Path): Test {
  const test = predicate(pred, level, scope, below(path, "pred"));
  return (person, unit) => !test(person, unit);
}

/** Another segment, as its outermost container would stand here. */
function reference(node: SegmentRef, level: Context, scope: Scope, path: Path): Test {
  const other = scope.referred(node, path);
  return other === undefined ? MISTAKEN : other.on(level);
}
