import type { z } from "zod";
import { halfCharacters } from "./unpaired-surrogates";
import type { IsUnknown } from "./is-unknown";
import { misnamed, nearestArgument } from "./misnamed-arguments";
import type { Mistake } from "./mistake";
import { show } from "./describe-value";

type Values = Readonly<Record<string, unknown>>;

/** What a resource's arguments have to be. */
export interface Arguments {
  /** A strict object: its keys are the arguments that exist. The text of an issue may have `{found}` in it. */
  readonly schema: z.ZodObject;
  /** How they are given, for messages: `{ name: …, dataViewId: …, definition: … }`. */
  readonly example: string;
  /** Finds what the schema cannot tell. The values stand under their right names. */
  readonly more: (values: Values) => readonly Mistake[];
}

/**
 * Words every mistake in a resource's arguments, in the order of its arguments, leaving out what depends on unknown values.
 *
 * @param given whatever the program gave: in plain JavaScript that may be anything, and nothing counts as `{}`.
 * @example argumentMistakes(SEGMENT, { nmae: "" }, () => false)
 *   // [{ path: "nmae", message: 'there is no such argument; did you mean "name"?' },
 *   //  { path: "nmae", message: 'found the text "", expected the segment\'s name, …' }, …]
 */
export function argumentMistakes(wanted: Arguments, given: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(given)) return [whole("an output or a promise", wanted, "; its values may be outputs")];
  if (typeof (given ?? {}) !== "object" || Array.isArray(given)) return [whole(show(given), wanted)];
  const written = (given ?? {}) as Values;
  const known = Object.keys(wanted.schema.shape);
  const meant = misnamed(written, known);
  const values = Object.fromEntries(Object.entries(written).map(([name, value]) => [meant.get(name) ?? name, value]));
  const unknownNames = Object.keys(written).filter((name) => !known.includes(name));
  const mistakes = [
    ...unknownNames.map((name) => noSuchArgument(name, known)),
    ...schemaMistakes(wanted.schema, values, isUnknown),
    ...wanted.more(values),
  ];
  // Only what is right otherwise can be walked through without care.
  if (mistakes.length === 0) mistakes.push(...halfCharacters(values, isUnknown));
  const names = new Map([...meant].map(([name, argument]) => [argument, name]));
  return inOrder(mistakes, [...known.map((argument) => names.get(argument) ?? argument), ...unknownNames], names);
}

/** `segmentIds[3]`, `triggers.release`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

const whole = (found: string, { example }: Arguments, hint = ""): Mistake => ({
  path: "",
  message: `found ${found} in place of the arguments, expected an object ${example}${hint}`,
});

function noSuchArgument(name: string, known: readonly string[]): Mistake {
  const nearest = nearestArgument(name, known);
  const way =
    nearest === undefined ? `the arguments are ${known.join(", ")}` : `did you mean ${JSON.stringify(nearest)}?`;
  return { path: name, message: `there is no such argument; ${way}` };
}

function schemaMistakes(schema: z.ZodObject, values: Values, isUnknown: IsUnknown): Mistake[] {
  const result = schema.safeParse(values);
  return (result.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return [];
    const { found, unknown } = follow(values, issue.path, isUnknown);
    return unknown
      ? []
      : [{ path: pathText(issue.path), message: issue.message.replace("{found}", () => show(found)) }];
  });
}

function follow(
  values: unknown,
  path: readonly PropertyKey[],
  isUnknown: IsUnknown,
): { found: unknown; unknown: boolean } {
  let found = values;
  for (const part of path) {
    if (isUnknown(found)) return { found, unknown: true };
    found = typeof found === "object" && found !== null ? (found as Record<PropertyKey, unknown>)[part] : undefined;
  }
  return { found, unknown: isUnknown(found) };
}

/** Sorted by argument, under the names that the program wrote. */
function inOrder(
  mistakes: readonly Mistake[],
  order: readonly string[],
  names: ReadonlyMap<string, string>,
): Mistake[] {
  const renamed = mistakes.map(({ path, message }) => {
    const argument = /^[^.[]*/.exec(path)?.[0] ?? "";
    const name = names.get(argument);
    return { path: name === undefined ? path : `${name}${path.slice(argument.length)}`, message };
  });
  const place = ({ path }: Mistake) =>
    order.findIndex((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
  return renamed.sort((a, b) => place(a) - place(b));
}
