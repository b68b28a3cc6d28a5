import type { Clause } from "./clause/clause";
import { written } from "./path";
import { rowOf, textOf } from "./row";
import type { Style } from "./style";

/** A line of what a definition says, with the lines that belong to it. */
export interface OutlineLine {
  /** Plain text, without indentation and list signs. It ends with a colon where lines follow inside. */
  readonly text: string;
  /** Where it stands in the definition, as in the mistakes of `parse`: `container.pred.preds[2]`; empty for the whole. */
  readonly path: string;
  /** What it is in the line around it: one of several conditions, a step, or the outermost line itself. */
  readonly role: "definition" | "item" | "step";
  readonly children: readonly OutlineLine[];
}

/** Puts a clause and everything inside it into lines. */
export function lineOf(clause: Clause, style: Style): OutlineLine {
  const { heads, core } = rowOf(clause);
  const text = textOf([...heads, core], style);
  const children = core.inner.map((inner) => lineOf(inner, style));
  const role = clause.is === "definition" || clause.is === "step" ? clause.is : "item";
  return { text: children.length > 0 ? `${text}:` : text, path: written(clause.path), role, children };
}

/** Writes a line and everything inside it, two blanks further in at each level. */
export function print(line: OutlineLine, indentation = ""): string[] {
  const sign = line.role === "item" ? "- " : "";
  const further = `${indentation}  `;
  return [`${indentation}${sign}${line.text}`, ...line.children.flatMap((child) => print(child, further))];
}
