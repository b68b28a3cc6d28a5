/** One difference between two definitions, in words. */
export interface DefinitionChange {
  readonly kind: "changed" | "added" | "removed";
  /** Where, from the outside in: `in Sessions where all of`, `in Persons, step 2 of the sequence`; `at the top`. */
  readonly place: string;
  /** What was said: a line, or several where conditions are inside. Missing where something was added. */
  readonly before?: string;
  /** What is said now. Missing where something was removed. */
  readonly after?: string;
}
