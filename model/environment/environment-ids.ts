import { withPrefix, KINDS, type IdMaps, type Kind } from "./kinds";
import type { ResolvedEnvironment } from "./resolve";

/** An ID that is another environment's. */
export interface ForeignId {
  /** The logical name that it has there. */
  readonly name: string;
  readonly environment: string;
  /** What the same name stands for here, if it does. */
  readonly idHere: string | undefined;
}

/** The IDs of one environment by their names, the names by their IDs, and the IDs of the others. */
export class EnvironmentIds {
  private readonly namesById: Readonly<Record<Kind, ReadonlyMap<string, string>>>;
  private readonly foreignIds: Readonly<Record<Kind, ReadonlyMap<string, ForeignId>>>;

  /** @param others the environments beside it: an ID of theirs that is none of its own is a mistake */
  constructor(
    readonly name: string,
    private readonly ids: IdMaps,
    others: readonly ResolvedEnvironment[] = [],
  ) {
    this.namesById = mapKinds((kind) => new Map([...ids[kind]].map(([name, id]) => [id, name])));
    this.foreignIds = mapKinds(
      (kind) =>
        new Map(
          others
            .filter((other) => other.name !== name)
            .flatMap((other) =>
              [...other.ids[kind]].map(
                ([logical, id]) =>
                  [id, { name: logical, environment: other.name, idHere: ids[kind].get(logical) }] as const,
              ),
            )
            .filter(([id]) => !this.namesById[kind].has(id)),
        ),
    );
  }

  idOf(kind: Kind, name: string): string | undefined {
    return this.ids[kind].get(name);
  }

  /** The logical name of an ID. Where several names stand for it, the last one. */
  nameOf(kind: Kind, id: string): string | undefined {
    return this.namesById[kind].get(withPrefix(kind, id));
  }

  /** Whose an ID is, where it is another environment's and not this one's. */
  findForeign(kind: Kind, id: string): ForeignId | undefined {
    return this.foreignIds[kind].get(withPrefix(kind, id));
  }

  namesOf(kind: Kind): readonly string[] {
    return [...this.ids[kind].keys()];
  }
}

const mapKinds = <T>(forKind: (kind: Kind) => T): Readonly<Record<Kind, T>> =>
  Object.fromEntries(KINDS.map((kind) => [kind, forKind(kind)])) as Readonly<Record<Kind, T>>;
