import { stringify } from "yaml";
import type { EnvironmentIds } from "../environment/environment-ids";
import type { Kind } from "../environment/kinds";
import { logicalReference, rebound, referencesOf } from "../environment/rebind";
import { quoted } from "../definition/sentences/quote";
import type { GivenName } from "./given-name";
import type { ExportedSegment } from "./exported-segment";
import { camelCase, slug } from "./slug";

/** An ID that has no logical name. */
export interface UnmappedId {
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
  call(kind: Kind, id: string): string | undefined {
    const name = this.nameOf(kind, id);
    return name === undefined ? undefined : `env.${kind.replace(/s$/, "")}(${quoted(name)})`;
  }

  /** The definition with `variables/{product}` in the place of IDs. */
  logical(definition: unknown): unknown {
    return rebound(definition, ({ kind, text }) => {
      const name = this.nameOf(kind, text);
      return name === undefined ? undefined : logicalReference(kind, name);
    });
  }

  /** All IDs of some segments that have no logical name, each once, sorted. */
  unmapped(segments: readonly ExportedSegment[]): UnmappedId[] {
    const all = new Map<string, UnmappedId>();
    const note = (kind: Kind, id: string): void => {
      if (this.nameOf(kind, id) === undefined) all.set(`${kind} ${id}`, { kind, id });
    };
    for (const { dataViewId, definition } of segments) {
      note("dataViews", dataViewId);
      for (const { kind, text } of referencesOf(definition)) note(kind, text);
    }
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
  }

  /** Those of some IDs that are another environment's: a program that has them here is refused. */
  foreign(ids: readonly UnmappedId[]): string[] {
    return ids.flatMap(({ kind, id }) => {
      const foreign = this.ids.foreignOf(kind, id);
      return foreign ? [`${kind}: ${quoted(id)} is ${quoted(foreign.name)} of ${foreign.environment}`] : [];
    });
  }

  /** The names that a program with some segments uses. */
  used(segments: readonly ExportedSegment[]): GivenName[] {
    const all = new Map<string, GivenName>();
    const note = (kind: Kind, id: string): void => {
      const name = this.nameOf(kind, id);
      if (name !== undefined) all.set(`${kind} ${name}`, { environment: this.environment, kind, name, id });
    };
    for (const { dataViewId, definition } of segments) {
      note("dataViews", dataViewId);
      for (const { kind, text } of referencesOf(definition)) note(kind, text);
    }
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  }

  /** The lines to add to `environments.yaml`, with names made of the IDs. */
  linesToAdd(unmapped: readonly UnmappedId[]): string {
    const kinds: Partial<Record<Kind, Record<string, string>>> = {};
    for (const { kind, id } of unmapped) {
      const names = (kinds[kind] ??= {});
      const taken = new Set([...this.ids.namesOf(kind), ...Object.keys(names)]);
      names[freeName(kind, id, taken)] = id;
    }
    return stringify({ [this.environment]: kinds }, { lineWidth: 0 });
  }
}

/** The last word of an ID that says something, `variables/web.product` → `product`. */
function freeName(kind: Kind, id: string, taken: ReadonlySet<string>): string {
  const word = camelCase(slug(id.replace(/^.*[/.]/, "")));
  const isWord = /^[a-z]/.test(word) && !/\d{4}/.test(word);
  const base = isWord ? word : kind.replace(/s$/, "");
  for (let number = isWord ? 1 : taken.size + 1; ; number += 1) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!taken.has(name)) return name;
  }
}
