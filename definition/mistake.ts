/** Something wrong in a definition, and where. */
export interface Mistake {
  /** Where, seen from the definition: `container.pred.preds[2].val.name`; empty for the definition itself. */
  readonly path: string;
  /** What was found there, and what is allowed. */
  readonly message: string;
}

/** A key of an object or an index of a list. */
export type Key = string | number;

/** A place in a definition: its key, and the place around it. The definition itself has neither. */
export interface Position {
  readonly key?: Key;
  readonly parent?: Position | undefined;
}

/** Where a position is, as a path. */
export function pathTo(position: Position | undefined, ...further: readonly Key[]): string {
  const keys: Key[] = [];
  for (let at = position; at !== undefined; at = at.parent) if (at.key !== undefined) keys.push(at.key);
  return pathOf([...keys.reverse(), ...further]);
}

/** Writes keys as a path. Keys that would be misread, because of a dot for example, stand in brackets and quotes. */
export function pathOf(keys: readonly Key[]): string {
  return keys.map(segmentOf).join("");
}

/** Whether a path is a place or leads into it: `definition.container` and `shares[0]` are within `definition` and `shares`. */
export const isWithin = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

function segmentOf(key: Key, index: number): string {
  if (typeof key === "number") return `[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${quote(key)}]`;
  return index === 0 ? key : `.${key}`;
}

/** Cuts a text that is too long to be read in a message. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A text in quotes, short enough for a message. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text));
}
