import { pathOf, type Key } from "../mistake";

/** A position in a definition, as the way back to the top; undefined is the definition itself. */
export type Path = { readonly key: Key; readonly parent: Path } | undefined;

/** The position below another one. */
export function below(parent: Path, ...keys: readonly Key[]): Path {
  return keys.reduce<Path>((path, key) => ({ key, parent: path }), parent);
}

/** The position as `parse` writes it in mistakes. */
export function written(path: Path): string {
  const keys: Key[] = [];
  for (let at = path; at !== undefined; at = at.parent) keys.push(at.key);
  return pathOf(keys.reverse());
}
