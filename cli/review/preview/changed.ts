import type { Step } from "./preview";

/** Whether a step changes what stands under a key, or under one of its own keys: also where that is secret. */
export function changes({ changed }: Pick<Step, "changed">, key: string, inner?: string): boolean {
  const paths = inner === undefined ? [key] : [`${key}.${inner}`, `${key}[${JSON.stringify(inner)}]`];
  return changed.some((found) =>
    paths.some((path) => found === path || found.startsWith(`${path}.`) || found.startsWith(`${path}[`)),
  );
}
