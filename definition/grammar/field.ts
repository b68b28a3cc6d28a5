/** A position in a definition that holds nodes. */
export type Place =
  | "outermost"
  | "predicate"
  | "step"
  | "checkpoint"
  | "attribute"
  | "number"
  | "ranged"
  | "metric"
  | "model"
  | "interval";

/** What a field of a node holds. */
export type FieldKind =
  | { readonly is: "node"; readonly place: Place }
  /** `unordered`: the order of the nodes has no meaning. */
  | { readonly is: "nodes"; readonly place: Place; readonly unordered?: true }
  /** Any text, the empty one included. */
  | { readonly is: "text" }
  /** A text that is not empty, and begins with the prefix. */
  | { readonly is: "name"; readonly prefix: "" | "variables/" | "metrics/" }
  | { readonly is: "number" }
  /** A number, or the same as text. */
  | { readonly is: "count" }
  /** A set of texts or numbers: their order has no meaning. */
  | { readonly is: "texts" }
  | { readonly is: "numbers" }
  /** `why` explains why other words are refused. */
  | { readonly is: "word"; readonly words: readonly string[]; readonly why?: string }
  | { readonly is: "version" };

/** A field of a node. An optional one may also be null, which is the same as absent. */
export type FieldRule = FieldKind & { readonly optional?: true };

/** The fields of a node beside `func`. */
export type Fields = Readonly<Record<string, FieldRule>>;
