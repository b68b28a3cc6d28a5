import type { Json } from "../json/value";
import { order } from "../order";
import type { LevelWords } from "./levels";
import { json, quoted } from "./quote";

/** What an ID is called, and the ID itself where the name alone could be another's. */
export interface Named {
  readonly text: string;
  readonly id?: string;
}

/** A way of putting the same clauses into words. */
export interface Style {
  /** `bare` is the ID without its prefix. */
  readonly named: (id: string, bare: string) => Named;
  /** The values of a set. */
  readonly list: (values: readonly Json[]) => string;
  /** Whose words for the levels of data. */
  readonly levels: LevelWords;
  /** Whether clauses also say how they go with their neighbours: "first", "then". */
  readonly connected: boolean;
}

/** Words in a style. */
export type Words = (style: Style) => string;

/** Values with commas between. */
export function enumerated(values: readonly Json[]): string {
  return values.map(json).join(", ");
}

/** The words by which clauses are compared: the same for the same meaning, whatever the names and the order of a set. */
export const EXACT: Style = {
  named: (id) => ({ text: quoted(id) }),
  list: (values) => enumerated(values.toSorted(order)),
  levels: "api",
  connected: false,
};
