import type { Entry, EnvironmentFile, WrittenEnvironment } from "./environment-file";
import { inDefinition, KINDS, type IdMaps, type Kind } from "./kinds";
import type { FileMistake } from "./mistake";

/** An environment with all that it inherits. */
export interface ResolvedEnvironment {
  readonly name: string;
  readonly ids: IdMaps;
  /** The line to add a missing name at: that of the kind, or else the environment's own. */
  readonly lineOf: (kind: Kind) => number;
}

export interface ResolvedEnvironments {
  readonly environments: ReadonlyMap<string, ResolvedEnvironment>;
  readonly mistakes: readonly FileMistake[];
}

/** Fills in what environments inherit: the nearest one that names something wins. */
export function resolveEnvironments({ environments, mistakes }: EnvironmentFile): ResolvedEnvironments {
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  const found: FileMistake[] = [...mistakes];
  const resolved = new Map<string, ResolvedEnvironment>();
  for (const environment of environments) {
    const chain = chainOf(environment, byName);
    if ("message" in chain) found.push(chain);
    else resolved.set(environment.name, inherited(environment, chain.chain));
  }
  return { environments: resolved, mistakes: found };
}

/** The environment itself, then what it extends, and so on. */
function chainOf(
  environment: WrittenEnvironment,
  byName: ReadonlyMap<string, WrittenEnvironment>,
): { readonly chain: readonly WrittenEnvironment[] } | FileMistake {
  const chain = [environment];
  for (let last = environment; last.extends !== undefined;) {
    const at = last.extendsAt ?? { line: last.line, column: last.column };
    const base = byName.get(last.extends);
    if (!base) {
      const known = [...byName.keys()].join(", ");
      return { ...at, message: `there is no environment ${JSON.stringify(last.extends)}; the file has ${known}` };
    }
    if (chain.includes(base)) {
      const circle = [...chain.slice(chain.indexOf(base)), base].map(({ name }) => name).join(" → ");
      return { ...at, message: `environments extend each other in a circle: ${circle}` };
    }
    chain.push((last = base));
  }
  return { chain };
}

function inherited(environment: WrittenEnvironment, chain: readonly WrittenEnvironment[]): ResolvedEnvironment {
  const ids = Object.fromEntries(
    KINDS.map((kind) => {
      const all = chain.toReversed().flatMap(({ ids }) => [...(ids[kind] ?? new Map<string, Entry>())]);
      return [kind, new Map(all.map(([name, { id }]) => [name, inDefinition(kind, id)]))];
    }),
  ) as unknown as IdMaps;
  return {
    name: environment.name,
    ids,
    lineOf: (kind) => environment.kindLines[kind] ?? environment.line,
  };
}
