import type { z } from "zod";
import { isWithin } from "../definition/mistake";
import { findUnpairedSurrogates } from "./unpaired-surrogates";
import type { IsUnknown } from "./is-unknown";
import { findMisnamed, nearestArgument } from "./misnamed-arguments";
import type { Mistake } from "./mistake";
import { describeValue } from "./describe-value";

type Values = Readonly<Record<string, unknown>>;

/** What a resource's arguments have to be. */
export interface Arguments {
  /** A strict object: its keys are the arguments that exist. The text of an issue may have `{found}` in it. */
  readonly schema: z.ZodObject;
  /** How they are given, for messages: `{ name: …, dataViewId: …, definition: … }`. */
  readonly example: string;
  /** Finds what the schema cannot tell. The values stand under their right names. */
  readonly findMore: (values: Values) => readonly Mistake[];
}

/**
 * Words every mistake in a resource's arguments, in the order of its arguments, leaving out what depends on unknown values.
 *
 * @param args whatever the program gave: in plain JavaScript that may be anything, and nothing counts as `{}`.
 * @example argumentMistakes(SEGMENT, { nmae: "" }, () => false)
 *   // [{ path: "nmae", message: 'there is no such argument; did you mean "name"?' },
 *   //  { path: "nmae", message: 'found the string "", expected a string that is not empty' }, …]
 */
export function argumentMistakes(expected: Arguments, args: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(args)) return [notAnObject("an output or a promise", expected, "; its values may be outputs")];
  if (typeof (args ?? {}) !== "object" || Array.isArray(args)) return [notAnObject(describeValue(args), expected)];
  const givenArgs = (args ?? {}) as Values;
  const known = Object.keys(expected.schema.shape);
  const suggestedNames = findMisnamed(givenArgs, known);
  const values = Object.fromEntries(
    Object.entries(givenArgs).map(([name, value]) => [suggestedNames.get(name) ?? name, value]),
  );
  const unknownNames = Object.keys(givenArgs).filter((name) => !known.includes(name));
  const mistakes = [
    ...unknownNames.map((name) => unknownArgument(name, known)),
    ...schemaMistakes(expected.schema, values, isUnknown),
    ...expected.findMore(values),
  ];
  // Only what is right otherwise can be walked through without care.
  if (mistakes.length === 0) mistakes.push(...findUnpairedSurrogates(values, isUnknown));
  const writtenNames = new Map([...suggestedNames].map(([name, argument]) => [argument, name]));
  return inArgumentOrder(
    mistakes,
    [...known.map((argument) => writtenNames.get(argument) ?? argument), ...unknownNames],
    writtenNames,
  );
}

/** `segmentIds[3]`, `triggers.release`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

const notAnObject = (value: string, { example }: Arguments, hint = ""): Mistake => ({
  path: "",
  message: `found ${value} instead of the arguments, expected an object ${example}${hint}`,
});

function unknownArgument(name: string, known: readonly string[]): Mistake {
  const suggestion = nearestArgument(name, known);
  const hint =
    suggestion === undefined ? `the arguments are ${known.join(", ")}` : `did you mean ${JSON.stringify(suggestion)}?`;
  return { path: name, message: `there is no such argument; ${hint}` };
}

function schemaMistakes(schema: z.ZodObject, values: Values, isUnknown: IsUnknown): Mistake[] {
  const result = schema.safeParse(values);
  return (result.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return [];
    const { value, unknown } = valueAt(values, issue.path, isUnknown);
    return unknown
      ? []
      : [{ path: pathText(issue.path), message: issue.message.replace("{found}", () => describeValue(value)) }];
  });
}

function valueAt(
  values: unknown,
  path: readonly PropertyKey[],
  isUnknown: IsUnknown,
): { value: unknown; unknown: boolean } {
  let value = values;
  for (const part of path) {
    if (isUnknown(value)) return { value, unknown: true };
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }
  return { value, unknown: isUnknown(value) };
}

/** Sorted by argument, under the names that the program wrote. */
function inArgumentOrder(
  mistakes: readonly Mistake[],
  argumentOrder: readonly string[],
  writtenNames: ReadonlyMap<string, string>,
): Mistake[] {
  const renamed = mistakes.map(({ path, message }) => {
    const argument = /^[^.[]*/.exec(path)?.[0] ?? "";
    const name = writtenNames.get(argument);
    return { path: name === undefined ? path : `${name}${path.slice(argument.length)}`, message };
  });
  const position = ({ path }: Mistake) => argumentOrder.findIndex((name) => isWithin(path, name));
  return renamed.sort((a, b) => position(a) - position(b));
}
