import type { Kind } from "../../model/environment/kinds";
import { logicalReference } from "../../model/environment/references";
import type { ResolvedEnvironment } from "../../model/environment/resolve";

/** One of the two sides of a comparison. */
export type SideIndex = 0 | 1;

/** The logical names that both sides of a comparison have: a name of one side alone would make a difference where there is none. */
export class CommonNames {
  private readonly ids: readonly [ResolvedEnvironment["ids"], ResolvedEnvironment["ids"]] | undefined;

  constructor([a, b]: readonly [ResolvedEnvironment | undefined, ResolvedEnvironment | undefined]) {
    this.ids = a && b && [a.ids, b.ids];
  }

  /** What stands on a side for a value: its logical name, if both sides have that. Of several, the first. */
  nameOf(kind: Kind, side: SideIndex, value: string): string | undefined {
    const [name] = this.namesOf(kind, side, value);
    return name === undefined ? undefined : logicalReference(kind, name);
  }

  /** The values of both sides as logical names. Of several names of a value, one that both values have. */
  rename(kind: Kind, [a, b]: readonly [string, string]): readonly [string, string] {
    const onRight = this.namesOf(kind, 1, b);
    const shared = this.namesOf(kind, 0, a).find((name) => onRight.includes(name));
    if (shared !== undefined) return [logicalReference(kind, shared), logicalReference(kind, shared)];
    return [this.nameOf(kind, 0, a) ?? a, this.nameOf(kind, 1, b) ?? b];
  }

  private namesOf(kind: Kind, side: SideIndex, value: string): readonly string[] {
    if (!this.ids) return [];
    const [own, other] = side === 0 ? this.ids : [this.ids[1], this.ids[0]];
    return [...own[kind]].flatMap(([name, id]) => (id === value && other[kind].has(name) ? [name] : [])).sort();
  }
}
