import type { Preview } from "../preview/preview";
import { LATER, SECRET } from "../preview/values";
import { SEGMENT } from "../preview/planned-segments";
import type { ReviewOptions } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** How a view calls what a plan has by its ID: `Web (dv_dev)` where the name is known, else `dv_dev`. */
export type Named = (id: string) => string;

/** What a stack's report needs to know beside its preview. */
export interface StackOptions extends ReviewOptions {
  readonly named: Named;
}

/** Names by ID: those that the reader gave, then what the service was asked, then what the states of the plan tell. */
export function namedBy({ names = {}, asked = new Map<string, string>() }: ReviewOptions, preview: Preview): Named {
  const given =
    names instanceof Map
      ? (names as ReadonlyMap<string, string>)
      : Object.entries(names as Readonly<Record<string, string>>);
  const known = new Map([...namesIn(preview), ...asked, ...given]);
  return (id) => {
    const name = known.get(id) ?? "";
    return name === "" ? id : `${name} (${id})`;
  };
}

/** Names of data views and of segments' owners, as the last deployment or a refresh was told them. */
function namesIn({ steps }: Preview): [id: string, name: string][] {
  // Of two names for one the engine's order, which is of chance, is not to choose.
  return steps
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ before }) => {
      const { dataViewName, owner } = before?.outputs ?? {};
      const { id, name } = (owner ?? {}) as Values;
      return [...pair(before?.inputs["dataViewId"], dataViewName), ...pair(id, name)];
    });
}

/** What plans have by its ID alone: data views, and segments that are shared with somebody. */
export function namelessIn(previews: readonly Preview[]): {
  readonly dataViews: readonly string[];
  readonly segments: readonly { readonly id: string; readonly orgId: unknown }[];
} {
  const known = new Set(previews.flatMap(namesIn).map(([id]) => id));
  const isNameless = (id: unknown): id is string => isKnown(id) && !known.has(id);
  const steps = previews.flatMap((preview) => preview.steps.filter(({ type }) => type === SEGMENT));
  const dataViews = steps.flatMap(({ before, after }) => [before, after].map((side) => side?.inputs["dataViewId"]));
  const segments = steps.flatMap(({ before, after }) => {
    const id = before?.id ?? after?.inputs["adoptId"];
    const shares = [before, after].flatMap((side) => (side?.inputs["shares"] ?? []) as (Values | null)[]);
    return isKnown(id) && shares.some((share) => isNameless(share?.["id"]))
      ? [[id, before?.outputs["orgId"]] as const]
      : [];
  });
  return {
    dataViews: [...new Set(dataViews.filter(isNameless))],
    segments: [...new Map(segments)].map(([id, orgId]) => ({ id, orgId })),
  };
}

const pair = (id: unknown, name: unknown): [id: string, name: string][] =>
  isKnown(id) && isKnown(name) ? [[id, name]] : [];

const isKnown = (value: unknown): value is string => typeof value === "string" && value !== LATER && value !== SECRET;
