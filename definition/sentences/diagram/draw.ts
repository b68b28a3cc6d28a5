import type { Clause } from "../clause/clause";
import { textOf } from "../row";
import type { Style } from "../style";
import type { Drawing, Edge } from "./drawing";

/** Draws a clause and everything inside it; answers its node. */
export function draw(drawing: Drawing, style: Style, clause: Clause, edge?: Edge): string | undefined {
  const { told, rest } = together(clause);
  const last = told.at(-1) ?? clause;
  const text = textOf(told, style);
  if (text === "") return rest.map((inner) => draw(drawing, style, inner, edge)).at(0);
  const id = drawing.node(SHAPES[last.is], text, edge);
  const from = id === undefined ? undefined : { from: id };
  if (last.is === "sequence") drawSteps(drawing, style, rest, id);
  else for (const inner of rest) draw(drawing, style, inner, from);
  return id;
}

const SHAPES = {
  condition: "condition",
  definition: "container",
  container: "container",
  negation: "logic",
  step: "condition",
  junction: "logic",
  group: "logic",
  sequence: "sequence",
} as const;

/** Containers are told in one node with what is directly inside them, if that has nothing inside itself. */
function together(clause: Clause): { readonly told: readonly Clause[]; readonly rest: readonly Clause[] } {
  const told: Clause[] = [clause];
  let last = clause;
  for (let [inner] = last.inner; inner !== undefined && (last.is === "definition" || last.is === "container");) {
    if (inner.is !== "container" && inner.is !== "condition") return { told, rest: [inner] };
    told.push(inner);
    last = inner;
    [inner] = last.inner;
  }
  return { told, rest: last.inner };
}

/** Each step hangs on the one before it; a step that must not happen hangs on it too, and nothing hangs on that. */
function drawSteps(drawing: Drawing, style: Style, steps: readonly Clause[], sequence: string | undefined): void {
  let from = sequence;
  for (const step of steps) {
    const [inner] = step.inner;
    const said = step.words(style);
    const label = inner === undefined ? {} : { label: said.replace(/,$/, "") };
    const edge =
      from === undefined ? undefined : { from, ...label, ...(step.excluded ? { dotted: true as const } : {}) };
    const id = inner === undefined ? drawing.node("condition", said, edge) : draw(drawing, style, inner, edge);
    if (!step.excluded) from = id;
  }
}
