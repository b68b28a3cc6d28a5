import { stringify } from "yaml";
import { sortedBy } from "../../definition/sorted";
import type { EnvironmentIds } from "../../model/environment/environment-ids";
import { type Kind, KINDS, singularOf } from "../../model/environment/kinds";
import { logicalReference, renameReferences, findReferences } from "../../model/environment/references";
import { findShareIds } from "../../model/environment/share-ids";
import { quoted } from "../../definition/sentences/quote";
import type { ExportedSegment } from "./exported-segment";
import { camelCase, slug } from "./resource-names";
import type { ResolvedEnvironment } from "../../model/environment/resolve";

/** An ID, or a name that Adobe has in its place, which may have a logical name. */
export interface MappedId {
  readonly kind: Kind;
  readonly id: string;
}

/** The logical names of one environment, as exported programs use them. */
export class LogicalNames {
  constructor(private readonly ids: EnvironmentIds) {}

  get environment(): string {
    return this.ids.name;
  }

  /** Undefined, too, where the name would not lead to the very same text, or could not stand in braces. */
  nameOf(kind: Kind, id: string): string | undefined {
    const name = this.ids.nameOf(kind, id);
    return name !== undefined && this.ids.idOf(kind, name) === id && !/[{}]/.test(name) ? name : undefined;
  }

  /** `env.dimension("product")`. */
  toCall(kind: Kind, id: string): string | undefined {
    const name = this.nameOf(kind, id);
    return name === undefined ? undefined : `env.${singularOf(kind)}(${quoted(name)})`;
  }

  /** A definition with `variables/{product}`, or shares with `{analysts}`, in the place of IDs. */
  withLogicalNames<T>(definitionOrShares: T): T {
    return renameReferences(definitionOrShares, ({ kind, text }) => {
      const name = this.nameOf(kind, text);
      return name === undefined ? undefined : logicalReference(kind, name);
    }) as T;
  }

  /** Those of some IDs that have no logical name, each once, sorted. */
  findUnmapped(ids: readonly MappedId[]): MappedId[] {
    const all = new Map<string, MappedId>();
    for (const { kind, id } of ids) if (this.nameOf(kind, id) === undefined) all.set(`${kind} ${id}`, { kind, id });
    return sortedBy(all, ([key]) => key).map(([, id]) => id);
  }

  /** Those of some IDs that are another environment's: a program that has them here is refused. */
  foreignIdTexts(ids: readonly MappedId[]): string[] {
    return ids.flatMap(({ kind, id }) => {
      const foreign = this.ids.findForeign(kind, id);
      return foreign ? [`${kind}: ${quoted(id)} is ${quoted(foreign.name)} of ${foreign.environment}`] : [];
    });
  }

  /** The names that a program with some IDs uses. */
  usedNames(ids: readonly MappedId[]): GivenName[] {
    const all = new Map<string, GivenName>();
    for (const { kind, id } of ids) {
      const name = this.nameOf(kind, id);
      if (name !== undefined) all.set(`${kind} ${name}`, { environment: this.environment, kind, name, id });
    }
    return sortedBy(all, ([key]) => key).map(([, name]) => name);
  }

  /** The lines to add to `environments.yaml`, with names made of the IDs. */
  linesToAdd(unmapped: readonly MappedId[]): string {
    const kinds: Partial<Record<Kind, Record<string, string>>> = {};
    for (const { kind, id } of unmapped) {
      const names = (kinds[kind] ??= {});
      const taken = new Set([...this.ids.namesOf(kind), ...Object.keys(names)]);
      names[findFreeName(kind, id, taken)] = id;
    }
    return stringify({ [this.environment]: kinds }, { lineWidth: 0 });
  }
}

/** All IDs that a program says of a segment and that may have logical names. */
export const idsOfSegment = ({ dataViewId, definition, shares }: ExportedSegment): MappedId[] => [
  { kind: "dataViews", id: dataViewId },
  ...findReferences(definition).map(({ kind, text }) => ({ kind, id: text })),
  ...findShareIds(shares).flatMap(([, kind, id]) => (typeof id === "string" ? [{ kind, id }] : [])),
];

/** Their IDs say nothing; and a sandbox is called by what sets it apart from the others, which a logical name must not. */
const WITHOUT_WORDS: ReadonlySet<Kind> = new Set(["users", "groups", "audiences", "sandboxes"]);

/** The last word of an ID that says something, `variables/web.product` → `product`. */
function findFreeName(kind: Kind, id: string, taken: ReadonlySet<string>): string {
  const baseName = camelCase(slug(id.replace(/^.*[/.]/, "")));
  const isWord = !WITHOUT_WORDS.has(kind) && /^[a-z]/.test(baseName) && !/\d{4}/.test(baseName);
  const base = isWord ? baseName : singularOf(kind);
  for (let number = isWord ? 1 : taken.size + 1; ; number += 1) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** A logical name, and what it stands for in an environment. */
interface GivenName {
  readonly environment: string;
  readonly kind: Kind;
  readonly name: string;
  readonly id: string;
}

type Environments = ReadonlyMap<string, ResolvedEnvironment>;

/** All names of all environments. */
export const listGivenNames = (environments: Environments): GivenName[] =>
  [...environments].flatMap(([environment, { ids }]) =>
    KINDS.flatMap((kind) => [...ids[kind]].map(([name, id]) => ({ environment, kind, name, id }))),
  );

/** Those of some names that other environments do not have, or have for something else. */
export const missingNames = (names: readonly GivenName[], otherEnvironments: Environments): GivenName[] =>
  names.filter(({ environment, kind, name, id }) => otherEnvironments.get(environment)?.ids[kind].get(name) !== id);

/** As they are written in `environments.yaml`. */
export function formatYamlLines(names: readonly GivenName[]): string {
  const lines: Record<string, Partial<Record<Kind, Record<string, string>>>> = {};
  for (const { environment, kind, name, id } of names) {
    const kinds = (lines[environment] ??= {});
    (kinds[kind] ??= {})[name] = id;
  }
  return stringify(lines, { lineWidth: 0 });
}
