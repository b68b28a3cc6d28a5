import type { Json } from "../../json/value";
import type { Path } from "../path";
import { json } from "../quote";
import type { Words } from "../style";

/** What a clause does with the clauses inside it. */
export type ClauseKind =
  /** Nothing: it has none inside. */
  | "condition"
  /** They read on in the same line. */
  | "definition"
  | "container"
  | "negation"
  | "step"
  /** They are a list. */
  | "junction"
  | "group"
  | "sequence";

/** What a comparison compares, for telling which one of several was changed. */
export interface Topic {
  readonly func: string;
  readonly subject: Words;
  readonly values: Words;
  /** The values themselves, where they are a set. */
  readonly list?: readonly Json[];
}

/** One thing that a definition says. */
export interface Clause {
  readonly is: ClauseKind;
  readonly path: Path;
  /** What it says itself, without what is inside. */
  readonly words: Words;
  readonly inner: readonly Clause[];
  /** The order of what is inside has a meaning. */
  readonly ordered?: true;
  /** It says nothing but its kind, so that around a single clause it would say nothing. */
  readonly bare?: true;
  /** A step that must not happen. */
  readonly excluded?: true;
  readonly topic?: Topic;
}

/** Puts what stands at a path into a clause. */
export type Tell = (json: Json | undefined, path: Path) => Clause;

/** What cannot be put into words: quoted as it stands. */
export function unknownText(found: Json | undefined): string {
  return found === undefined ? "nothing" : `unknown ${json(found)}`;
}

/** A condition that cannot be put into words. */
export function unknown(found: Json | undefined, path: Path): Clause {
  const text = unknownText(found);
  return { is: "condition", path, words: () => text, inner: [] };
}
