import type { Json, JsonObject } from "../json";
import { order } from "../canonical";
import { json, quoted } from "./quote";
import type { Context } from "../grammar/definition";
import { isContext, UI_CONTEXTS } from "../grammar/grammar";
import type { Fields } from "../grammar/place";

/** What an ID is called, and the ID itself where the name alone could be another's. */
interface Named {
  readonly text: string;
  readonly id?: string;
}

/** A way of putting the same clauses into words. */
export interface Style {
  /** `bare` is the ID without its prefix. */
  readonly named: (id: string, bare: string) => Named;
  /** The values of a set. */
  readonly list: (values: readonly Json[]) => string;
  /** Whose words for the levels of data. */
  readonly levels: LevelWords;
  /** Whether clauses also say how they go with their neighbours: "first", "then". */
  readonly connected: boolean;
}

/** Words in a style. */
export type Words = (style: Style) => string;

/** Values with commas between. */
export function joinValues(values: readonly Json[]): string {
  return values.map(json).join(", ");
}

/** The words by which clauses are compared: the same for the same meaning, whatever the names and the order of a set. */
export const CANONICAL_STYLE: Style = {
  named: (id) => ({ text: quoted(id) }),
  list: (values) => joinValues(values.toSorted(order)),
  levels: "api",
  connected: false,
};

/** Whose words for the levels of data: Customer Journey Analytics' (Event, Session, Person), or those of the API (hits, visits, visitors). */
export type LevelWords = "cja" | "api";

const LEVELS: Readonly<Record<LevelWords, Readonly<Record<Context, readonly [one: string, many: string]>>>> = {
  cja: { hits: ["Event", "Events"], visits: ["Session", "Sessions"], visitors: ["Person", "Persons"] },
  api: { hits: ["Hit", "Hits"], visits: ["Visit", "Visits"], visitors: ["Visitor", "Visitors"] },
};

/** A level of data, and what is to be said about how it was written. */
interface Level {
  readonly context: Context;
  readonly notes: readonly string[];
}

/** The level that a context names, also in the UI's words; undefined when it names none. */
export function levelOf(context: Json | undefined): Level | undefined {
  if (typeof context !== "string") return undefined;
  if (isContext(context)) return { context, notes: [] };
  const suggestion = UI_CONTEXTS.get(context);
  return suggestion === undefined ? undefined : { context: suggestion, notes: [`written as ${quoted(context)}`] };
}

/** `Person` */
export const singularOf = ({ context }: Level, words: LevelWords): string => LEVELS[words][context][0];

/** `Persons` */
export const pluralOf = ({ context }: Level, words: LevelWords): string => LEVELS[words][context][1];

/** What a node says beside its own meaning: its label, and fields that the language does not know. */
export function notesOf(node: JsonObject, fields: Fields): string[] {
  const label = "description" in fields ? labelOf(node) : [];
  return [...label, ...unknownFieldNotes(node, fields)];
}

/** Notes in parentheses, ready to follow a text; empty when there are none. */
export function inParentheses(notes: readonly string[]): string {
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}

/** Fields that the language does not know. */
export function unknownFieldNotes(node: JsonObject, fields: Fields): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    key === "func" || Object.hasOwn(fields, key) ? [] : [`also ${quoted(key)}: ${json(value)}`],
  );
}

function labelOf({ description = null }: JsonObject): string[] {
  if (description === null || description === "") return [];
  return [
    typeof description === "string" ? `labelled ${quoted(description)}` : `also "description": ${json(description)}`,
  ];
}
