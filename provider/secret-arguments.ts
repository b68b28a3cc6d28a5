import { z } from "zod";
import { isObject } from "../definition/json/value";
import { referencedAudiences } from "../definition/pql/references";
import { textOf, tokensOf } from "../definition/pql/tokens";
import type { Values } from "./lifecycle";
import type { Path } from "./program-resource";

/** Under what a state keeps where its secrets are: the engine tells a dynamic provider values, and never that they are secret. */
export const SECRETS_KEY = "__secrets";

const pathsSchema = z.array(z.array(z.string())).catch([]);

/** What a program said (see sdk/secret-paths.ts), or a state holds. */
export const secretPaths = (value: unknown): readonly Path[] => pathsSchema.parse(value);

/** Words of the language and of the arguments, which nobody keeps secret: without them no message could be read. */
const NEVER_SECRET_KEYS: ReadonlySet<string> = new Set([
  ...["func", "context", "limit", "unit", "container"],
  ...["nodeType", "literalType", "fnName"],
  ...["to", "locale", "deletionPolicy", "timeout"],
]);

/** The texts and numbers that stand at these places; where one of them is not there any more, all of what it was in. */
export const secretTexts = (values: Values, secretPlaces: readonly Path[]): string[] =>
  secretPlaces.flatMap((path) => {
    let key = "";
    let found: unknown = values;
    for (const step of path) {
      if (!isContainer(found) || !Object.hasOwn(found, step)) break;
      [key, found] = [step, found[step]];
    }
    return key === "" ? [] : textsIn(found, key);
  });

function textsIn(value: unknown, key: string): string[] {
  if (typeof value === "string" && key === "expression") return [value, ...valuesInExpression(value)];
  if (typeof value === "string") return NEVER_SECRET_KEYS.has(key) ? [] : [value];
  if (typeof value === "number") return [String(value)];
  if (!isContainer(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, Array.isArray(value) ? key : name));
}

/**
 * The texts and numbers of an expression: what refuses it names them one by one. The names of fields and functions are those of the
 * organisation's schema and of the language, without which no message could be read; the same goes for the IDs of other audiences.
 */
function valuesInExpression(expression: string): string[] {
  const { tokens, comments, unknown, mistake } = tokensOf(expression);
  const ids = new Set(referencedAudiences(expression).map(({ id }) => id));
  const values = tokens.flatMap((token) =>
    token.kind === "text" ? [textOf(token)] : token.kind === "number" ? [token.source] : [],
  );
  // Behind what cannot be read, anything may be a text.
  const uncertain = unknown ?? (mistake && tokens.at(-1));
  const rest = uncertain ? expression.slice(uncertain.start).split(/["']/) : [];
  const words = comments.map(({ source }) => source.replace(/^\/[/*]|\*\/$/g, "").trim());
  return [...values.filter((value) => !ids.has(value)), ...words, ...rest];
}

/** A list, too. */
const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The engine's form of a secret, which it takes in answers, too: it writes the value encrypted, and shows it to nobody. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

export const asSecret = (value: unknown) => ({ [SIGNATURE_KEY]: SECRET_SIGNATURE, value });

/** Whether a value is a secret in the engine's form. */
export const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isObject(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE;

/**
 * A state in which what repeats a secret is secret, too: the engine marks only what has the name of a secret argument.
 *
 * @param holdsSecret whether a text has a secret in it
 */
export function markRepeatedSecrets(state: Values, inputs: Values, holdsSecret: (text: string) => boolean): Values {
  const mark = (value: unknown): unknown => {
    if (typeof value === "string") return holdsSecret(value) ? asSecret(value) : value;
    if (Array.isArray(value)) return value.map(mark);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mark(one)])) : value;
  };
  const entries = Object.entries(state).map(([key, value]) => [key, Object.hasOwn(inputs, key) ? value : mark(value)]);
  return Object.fromEntries(entries) as Values;
}
