import { sortedBy } from "../../../definition/sorted";
import type { Preview, Step } from "../preview/preview";
import { KNOWN_LATER, SECRET } from "../preview/values";
import type { Place, ReviewOptions } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** How a view calls what a plan has by its ID: `Web (dv_dev)` where the name is known, else `dv_dev`, with a word where it was asked for. */
export type NameLookup = (id: string) => string;

/** What a stack's report needs to know beside its preview. */
export interface StackOptions extends ReviewOptions {
  readonly nameOf: NameLookup;
}

/** Names by ID: those that the reader gave, then what the service was asked, then what the states of the plan tell. */
export function createNameLookup(
  { names = {}, asked = new Map<string, string>() }: ReviewOptions,
  preview: Preview,
): NameLookup {
  const given =
    names instanceof Map
      ? (names as ReadonlyMap<string, string>)
      : Object.entries(names as Readonly<Record<string, string>>);
  const known = new Map([...findNames(preview), ...[...asked].filter(hasName), ...[...given].filter(hasName)]);
  return (id) => {
    const name = known.get(id);
    if (name !== undefined) return `${name} (${id})`;
    return asked.has(id) ? `${id} (name not known)` : id;
  };
}

const hasName = ([, name]: readonly [id: string, name: string]): boolean => name !== "";

/** Names of data views, of segments' owners and of audiences, as the last deployment or a refresh was told them. */
export function findNames({ steps }: Preview): [id: string, name: string][] {
  // Of two names for one the engine's order, which is of chance, is not to choose.
  return sortedBy(steps, ({ key }) => key).flatMap(({ kind, before }) => {
    const { dataViewName, owner } = before?.outputs ?? {};
    const { id, name } = (owner ?? {}) as Values;
    return [
      ...pair(before?.inputs["dataViewId"], dataViewName),
      ...pair(id, name),
      ...(kind === "Audience" ? pair(before?.id, before?.inputs["name"]) : []),
    ];
  });
}

const pair = (id: unknown, name: unknown): [id: string, name: string][] =>
  isKnown(id) && isKnown(name) ? [[id, name]] : [];

export const isKnown = (value: unknown): value is string =>
  typeof value === "string" && value !== KNOWN_LATER && value !== SECRET;

export function toPlace({ urn, key, before, after }: Step): Place {
  return {
    resource: urn.name,
    components: urn.types.slice(0, -1).filter((type) => type !== "pulumi:pulumi:Stack"),
    urn: key,
    protected: (after ?? before)?.protect ?? false,
  };
}
