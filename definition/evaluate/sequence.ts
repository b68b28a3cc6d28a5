import type { Context, LogicGroup, Sequence } from "../grammar/definition";
import { below, type Path } from "../sentences/clause/clause";
import { groupMembers, NEVER } from "./checkpoint";
import { firstEnd, lastStart } from "./match";
import { onLevel, rememberedNumber } from "./levels";
import { levelIn, MISTAKEN, type Scope } from "./scope";
import { stream, type Stream } from "./stream";
import { spans, unitAround, type Test, type UnitNumber } from "./timeline";

/** Compiles a sequence: whether a unit has it, or the events after or before it. */
export function sequencePredicate(node: Sequence, level: Context, scope: Scope, path: Path): Test {
  const { context: named } = node;
  const context = named === undefined || named === null ? level : levelIn(scope, named, below(path, "context"));
  const steps = stream(node.stream, scope, below(path, "stream"));
  if (context === undefined) return MISTAKEN;
  switch (node.func) {
    case "sequence": {
      const spanOf = spans(context);
      return onLevel(context, (person, unit) => firstEnd(steps, spanOf(person, unit)) !== NEVER, level);
    }
    case "sequence-prefix": {
      const edge = edgeOf(context, steps, firstEnd);
      const after: Test = (person, event) => event >= edge(person, unitAround(person, "hits", event, context));
      return onLevel("hits", after, level);
    }
    case "sequence-suffix": {
      const edge = edgeOf(context, steps, lastStart);
      const before: Test = (person, event) => event <= edge(person, unitAround(person, "hits", event, context));
      return onLevel("hits", before, level);
    }
  }
}

/** Where the events of a unit begin or end that lie after or before a sequence, as a position among the person's; found once. */
function edgeOf(level: Context, steps: Stream, find: typeof firstEnd): UnitNumber {
  const spanOf = spans(level);
  return rememberedNumber(level, (person, unit) => {
    const span = spanOf(person, unit);
    const place = find(steps, span);
    return place === -1 || place === NEVER ? place : span.at(place);
  });
}

/** A logic group outside of a sequence: whether all (one) of its checkpoints have a place in the unit. */
export function groupPredicate(node: LogicGroup, level: Context, scope: Scope, path: Path): Test {
  const members = groupMembers(node, scope, path);
  const spanOf = spans(level);
  const every = node.func === "sequence-and";
  return (person, unit) => {
    const span = spanOf(person, unit);
    for (const member of members) if ((member.firstEnd(span, 0) !== NEVER) !== every) return !every;
    return every;
  };
}
