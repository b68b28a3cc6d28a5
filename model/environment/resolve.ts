import type { IdEntry, EnvironmentFile, EnvironmentDeclaration } from "./environment-file";
import { withPrefix, KINDS, type IdMaps, type Kind } from "./kinds";
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
  const allMistakes: FileMistake[] = [...mistakes];
  const resolved = new Map<string, ResolvedEnvironment>();
  for (const environment of environments) {
    const chain = resolveChain(environment, byName);
    if ("message" in chain) allMistakes.push(chain);
    else resolved.set(environment.name, mergeChain(environment, chain.chain));
  }
  return { environments: resolved, mistakes: allMistakes };
}

/** The environment itself, then what it extends, and so on. */
function resolveChain(
  environment: EnvironmentDeclaration,
  byName: ReadonlyMap<string, EnvironmentDeclaration>,
): { readonly chain: readonly EnvironmentDeclaration[] } | FileMistake {
  const chain = [environment];
  for (let current = environment; current.extends !== undefined;) {
    const position = current.extendsAt ?? { line: current.line, column: current.column };
    const base = byName.get(current.extends);
    if (!base) {
      const knownNames = [...byName.keys()].join(", ");
      return {
        ...position,
        message: `there is no environment ${JSON.stringify(current.extends)}; the file has ${knownNames}`,
      };
    }
    if (chain.includes(base)) {
      const cycle = [...chain.slice(chain.indexOf(base)), base].map(({ name }) => name).join(" → ");
      return { ...position, message: `environments extend each other in a circle: ${cycle}` };
    }
    chain.push((current = base));
  }
  return { chain };
}

function mergeChain(
  environment: EnvironmentDeclaration,
  chain: readonly EnvironmentDeclaration[],
): ResolvedEnvironment {
  const ids = Object.fromEntries(
    KINDS.map((kind) => {
      const entries = chain.toReversed().flatMap(({ ids }) => [...(ids[kind] ?? new Map<string, IdEntry>())]);
      return [kind, new Map(entries.map(([name, { id }]) => [name, withPrefix(kind, id)]))];
    }),
  ) as unknown as IdMaps;
  return {
    name: environment.name,
    ids,
    lineOf: (kind) => environment.kindLines[kind] ?? environment.line,
  };
}
