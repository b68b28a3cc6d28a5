import type { ResourceIds } from "./existing-program";
import { readStackSegments } from "../compare/side";
import type { CommandContext } from "../terminal";

/** Which segments stacks have. */
interface StackSegments {
  readonly segmentIds: ReadonlySet<string>;
  /** By the names of their resources; one that several resources have names none. */
  readonly ids: ResourceIds;
}

/** Reads the states of stacks. */
export async function readHeldSegments(
  stacks: readonly string[],
  cwd: string | undefined,
  context: CommandContext,
): Promise<StackSegments> {
  const segmentIds = new Set<string>();
  const byName = new Map<string, Set<string>>();
  for (const stack of stacks) {
    for (const { id, key } of await readStackSegments(stack, cwd, context)) {
      segmentIds.add(id);
      // The key has the components before the name.
      const name = key.split(" › ").at(-1) ?? key;
      byName.set(name, (byName.get(name) ?? new Set<string>()).add(id));
    }
  }
  const ids = [...byName].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0] ?? ""] as const] : []));
  return { segmentIds, ids: new Map(ids) };
}

export function heldSegmentsText(count: number, stacks: readonly string[]): string {
  const [stack, has] = stacks.length === 1 ? ["the stack", "has"] : ["the stacks", "have"];
  return `${count} that ${stack} ${stacks.join(", ")} already ${has}`;
}
