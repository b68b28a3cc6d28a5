import type { ResourceIds } from "./existing-program";
import { readStackState } from "../compare/side";
import { parseStackResources } from "../compare/stack-segments";
import type { ExportedKind } from "./kinds";
import type { CommandContext } from "../terminal";

/** Which resources of a kind stacks have. */
interface HeldResources {
  /** At Adobe. */
  readonly allIds: ReadonlySet<string>;
  /** By the names of their resources; one that several resources have names none. */
  readonly ids: ResourceIds;
}

/** Reads the states of stacks. */
export async function readHeldResources(
  stacks: readonly string[],
  cwd: string | undefined,
  context: CommandContext,
  kind: ExportedKind,
): Promise<HeldResources> {
  const allIds = new Set<string>();
  const byName = new Map<string, Set<string>>();
  for (const stack of stacks) {
    for (const { id, key } of parseStackResources(await readStackState(stack, cwd, context), kind)) {
      allIds.add(id);
      // The key has the components before the name.
      const name = key.split(" › ").at(-1) ?? key;
      byName.set(name, (byName.get(name) ?? new Set<string>()).add(id));
    }
  }
  const ids = [...byName].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0] ?? ""] as const] : []));
  return { allIds, ids: new Map(ids) };
}

export function heldResourcesText(count: number, stacks: readonly string[]): string {
  const [stack, has] = stacks.length === 1 ? ["the stack", "has"] : ["the stacks", "have"];
  return `${count} that ${stack} ${stacks.join(", ")} already ${has}`;
}
