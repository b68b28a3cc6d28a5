import type { Json } from "../../json";
import type { Key, Position } from "../../mistake";
import { json } from "../quote";
import type { Words, Style } from "../style";

/** Where something stands in a definition; undefined is the definition itself. */
export type Path = Position | undefined;

/** The position below another one. */
export function below(parent: Path, ...keys: readonly Key[]): Path {
  return keys.reduce<Path>((path, key) => ({ key, parent: path }), parent);
}

/** What a clause does with the clauses inside it. */
type ClauseKind =
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
interface Topic {
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

/** Makes a clause of the JSON at a path. */
export type ClauseParser = (json: Json | undefined, path: Path) => Clause;

/** What cannot be put into words: quoted as it stands. */
export function unknownText(found: Json | undefined): string {
  return found === undefined ? "nothing" : `unknown ${json(found)}`;
}

/** A condition that cannot be put into words. */
export function unknown(found: Json | undefined, path: Path): Clause {
  const text = unknownText(found);
  return { is: "condition", path, words: () => text, inner: [] };
}

/** Clauses that share one line: each says something of the next, and the last has a list inside or nothing. */
export interface ClauseLine {
  readonly leading: readonly Clause[];
  readonly main: Clause;
}

const SINGLE_LINE_KINDS: ReadonlySet<ClauseKind> = new Set(["definition", "container", "negation", "step"]);

/** The clause, and those that share its line. */
export function splitLine(clause: Clause): ClauseLine {
  const leading: Clause[] = [];
  let main = clause;
  for (let [inner] = main.inner; inner !== undefined && SINGLE_LINE_KINDS.has(main.is); [inner] = main.inner) {
    leading.push(main);
    main = inner;
  }
  return { leading, main };
}

/** Several clauses in one line. */
export function joinWords(clauses: readonly Clause[], style: Style): string {
  return clauses
    .map(({ words }) => words(style))
    .filter((text) => text !== "")
    .join(" ");
}
