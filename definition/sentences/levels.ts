import { CONTEXTS, UI_CONTEXTS } from "../grammar/context";
import type { Context } from "../grammar/context";
import type { Json } from "../json/value";
import { quoted } from "./quote";

/** Whose words for the levels of data: Customer Journey Analytics' (Event, Session, Person), or those of the API (hits, visits, visitors). */
export type LevelWords = "cja" | "api";

const LEVELS: Readonly<Record<LevelWords, Readonly<Record<Context, readonly [one: string, many: string]>>>> = {
  cja: { hits: ["Event", "Events"], visits: ["Session", "Sessions"], visitors: ["Person", "Persons"] },
  api: { hits: ["Hit", "Hits"], visits: ["Visit", "Visits"], visitors: ["Visitor", "Visitors"] },
};

/** A level of data, and what is to be said about how it was written. */
export interface Level {
  readonly context: Context;
  readonly notes: readonly string[];
}

/** The level that a context names, also in the UI's words; undefined when it names none. */
export function levelOf(context: Json | undefined): Level | undefined {
  if (typeof context !== "string") return undefined;
  const known = CONTEXTS.find((name) => name === context);
  if (known !== undefined) return { context: known, notes: [] };
  const meant = UI_CONTEXTS.get(context);
  return meant === undefined ? undefined : { context: meant, notes: [`written as ${quoted(context)}`] };
}

/** `Person` */
export const oneOf = ({ context }: Level, words: LevelWords): string => LEVELS[words][context][0];

/** `Persons` */
export const manyOf = ({ context }: Level, words: LevelWords): string => LEVELS[words][context][1];
