import type { Clause, ClauseKind } from "./clause/clause";
import type { Style } from "./style";

/** Clauses that are told in one line: each says something of the next, and the last has a list inside or nothing. */
export interface Row {
  readonly heads: readonly Clause[];
  readonly core: Clause;
}

const READS_ON: ReadonlySet<ClauseKind> = new Set(["definition", "container", "negation", "step"]);

/** The clause, and those that are told in the same line. */
export function rowOf(clause: Clause): Row {
  const heads: Clause[] = [];
  let core = clause;
  for (let [inner] = core.inner; inner !== undefined && READS_ON.has(core.is); [inner] = core.inner) {
    heads.push(core);
    core = inner;
  }
  return { heads, core };
}

/** Several clauses in one line. */
export function textOf(clauses: readonly Clause[], style: Style): string {
  return clauses
    .map(({ words }) => words(style))
    .filter((text) => text !== "")
    .join(" ");
}
