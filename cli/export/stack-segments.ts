import type { ResourceIds } from "./existing-program";
import { stackSegments } from "../compare/side";
import type { Surroundings } from "../terminal";

/** Which segments stacks have. */
interface HeldByStacks {
  readonly held: ReadonlySet<string>;
  /** By the names of their resources; one that several resources have names none. */
  readonly ids: ResourceIds;
}

/** Reads the states of stacks. */
export async function heldByStacks(
  stacks: readonly string[],
  cwd: string | undefined,
  surroundings: Surroundings,
): Promise<HeldByStacks> {
  const held = new Set<string>();
  const byName = new Map<string, Set<string>>();
  for (const stack of stacks) {
    for (const { id, key } of await stackSegments(stack, cwd, surroundings)) {
      held.add(id);
      // The key has the components before the name.
      const name = key.split(" › ").at(-1) ?? key;
      byName.set(name, (byName.get(name) ?? new Set<string>()).add(id));
    }
  }
  const ids = [...byName].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0] ?? ""] as const] : []));
  return { held, ids: new Map(ids) };
}

export function heldText(count: number, stacks: readonly string[]): string {
  const [stack, has] = stacks.length === 1 ? ["the stack", "has"] : ["the stacks", "have"];
  return `${count} that ${stack} ${stacks.join(", ")} ${has} already`;
}
