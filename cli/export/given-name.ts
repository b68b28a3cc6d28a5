import { stringify } from "yaml";
import { KINDS, type Kind } from "../../model/environment/kinds";
import type { ResolvedEnvironment } from "../../model/environment/resolve";

/** A logical name, and what it stands for in an environment. */
export interface GivenName {
  readonly environment: string;
  readonly kind: Kind;
  readonly name: string;
  readonly id: string;
}

type Environments = ReadonlyMap<string, ResolvedEnvironment>;

/** All names of all environments. */
export const namesGiven = (environments: Environments): GivenName[] =>
  [...environments].flatMap(([environment, { ids }]) =>
    KINDS.flatMap((kind) => [...ids[kind]].map(([name, id]) => ({ environment, kind, name, id }))),
  );

/** Those of some names that other environments do not have, or have for something else. */
export const lacking = (names: readonly GivenName[], there: Environments): GivenName[] =>
  names.filter(({ environment, kind, name, id }) => there.get(environment)?.ids[kind].get(name) !== id);

/** As they are written in `environments.yaml`. */
export function linesWith(names: readonly GivenName[]): string {
  const lines: Record<string, Partial<Record<Kind, Record<string, string>>>> = {};
  for (const { environment, kind, name, id } of names) {
    const kinds = (lines[environment] ??= {});
    (kinds[kind] ??= {})[name] = id;
  }
  return stringify(lines, { lineWidth: 0 });
}
