/** A value in a definition, and where it stands. */
export interface Position {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly parent: unknown;
}

/** Every value in a JSON value, itself first. */
export function positions(value: unknown, path: readonly (string | number)[] = [], parent?: unknown): Position[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          positions(child, [...path, Array.isArray(value) ? Number(key) : key], value),
        )
      : [];
  return [{ path, value, parent }, ...inner];
}

/** A path as `parse` writes it. */
export function written(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
}
