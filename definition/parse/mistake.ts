import { quote } from "../shorten";

/** Something wrong in a definition, and where. */
export interface Mistake {
  /** Where, seen from the definition: `container.pred.preds[2].val.name`; empty for the definition itself. */
  readonly path: string;
  /** What was found there, and what is allowed. */
  readonly message: string;
}

/** A key of an object or an index of a list. */
export type Key = string | number;

/** Writes keys as a path. Keys that would be misread, because of a dot for example, stand in brackets and quotes. */
export function pathOf(keys: readonly Key[]): string {
  return keys.map(segmentOf).join("");
}

function segmentOf(key: Key, index: number): string {
  if (typeof key === "number") return `[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${quote(key)}]`;
  return index === 0 ? key : `.${key}`;
}
