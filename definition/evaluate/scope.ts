import type { Context, Predicate } from "../grammar/definition";
import { isContext, UI_CONTEXTS } from "../grammar/grammar";
import type { SegmentRef } from "../grammar/leaf";
import { quote } from "../mistake";
import { below, type Path } from "../sentences/clause/clause";
import type { EvaluateOptions } from "./sample-event";
import type { Test } from "./timeline";

/** What the parts of a definition need of the whole while they are compiled. */
export interface Scope {
  readonly options: EvaluateOptions;
  /** Reports what has no certain meaning. */
  mistake(path: Path, message: string): void;
  /** Compiles a condition on the units of a level. */
  predicate(node: Predicate, level: Context, path: Path): Test;
  /** The segment that is referred to; undefined after a mistake. */
  referred(node: SegmentRef, path: Path): Referred | undefined;
}

/** Another segment. */
export interface Referred {
  /** The level of its outermost container, and that container's condition on units of this level. */
  readonly level: Context;
  readonly test: Test;
  /** Its outermost container as a condition on the units of any level, compiled once. */
  on(level: Context): Test;
}

/** Stands for a condition with a mistake, so that all other mistakes are found, too. */
export const MISTAKEN: Test = () => false;

/** Reports a node whose function has no meaning here, as one that Adobe may have added: `parse` lets it through. */
export function unknownFunction(scope: Scope, { func }: { readonly func: unknown }, path: Path): void {
  const found = typeof func === "string" ? quote(func) : String(func);
  scope.mistake(below(path, "func"), `found ${found}, a function whose meaning pulumi-cja does not know here`);
}

/** The level that a word names, one of the API or of the UI. */
export function levelIn(scope: Scope, word: unknown, path: Path): Context | undefined {
  const level = isContext(word) ? word : UI_CONTEXTS.get(String(word));
  if (level === undefined)
    scope.mistake(path, `found ${quote(String(word))}, a context whose meaning pulumi-cja does not know`);
  return level;
}

/** Whether a node is of one of some functions. */
export function isOneOf<Of extends { readonly func: string }, Func extends Of["func"]>(
  node: Of,
  ...funcs: readonly Func[]
): node is Extract<Of, { readonly func: Func }> {
  return funcs.some((func) => func === node.func);
}
