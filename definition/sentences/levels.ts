import { CONTEXTS, UI_CONTEXTS } from "../grammar/context";
import type { Context } from "../grammar/context";
import type { Json } from "../json";
import { quoted } from "./quote";

const LEVELS: Readonly<Record<Context, { readonly one: string; readonly many: string }>> = {
  hits: { one: "Hit", many: "Hits" },
  visits: { one: "Visit", many: "Visits" },
  visitors: { one: "Visitor", many: "Visitors" },
};

/** A level of data, and what is to be said about how it was written. */
export interface Level {
  readonly one: string;
  readonly many: string;
  readonly notes: readonly string[];
}

/** The level that a context names, also in the UI's words; undefined when it names none. */
export function levelOf(context: Json | undefined): Level | undefined {
  if (typeof context !== "string") return undefined;
  const known = CONTEXTS.find((name) => name === context);
  if (known !== undefined) return { ...LEVELS[known], notes: [] };
  const meant = UI_CONTEXTS.get(context);
  return meant === undefined ? undefined : { ...LEVELS[meant], notes: [`written as ${quoted(context)}`] };
}
