import { z } from "zod";
import { exactNumbers } from "../../definition/exact-numbers";
import { isExactNumber, type ExactNumber } from "../../definition/json";
import { isObject } from "../../definition/json/value";

/** Called for every field of an answer that does not have the documented shape. */
export type OnBadField = (field: string, expected: string) => void;

/** An ID as text: some of the service's are numbers in one document and texts in another, of any number of digits. */
export const idText = z.union([z.string(), z.number(), z.custom<ExactNumber>(isExactNumber)]).transform(String);

/** A JSON object of an answer, or undefined when it is none. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined;
}

/**
 * Reads one field of an answer. A field of another shape is reported and left out: the rest of the answer is still true,
 * and throwing it away after a write would lose a segment that exists.
 *
 * @param names the field's names, one for each dialect, the first found counts.
 */
export function readField<T>(
  body: Readonly<Record<string, unknown>>,
  names: readonly string[],
  schema: z.ZodType<T>,
  onBadField: OnBadField,
): T | undefined {
  const name = names.find((n) => body[n] !== undefined && body[n] !== null);
  if (name === undefined) return undefined;
  const parsed = schema.safeParse(body[name]);
  if (parsed.success) return parsed.data;
  const issues = () => parsed.error.issues.map((issue) => issue.message.replace(/^Invalid input: /, "")).join("; ");
  const value = body[name];
  onBadField(name, isExactNumber(value) ? unsafeNumberText(`the number ${value.text}`) : issues());
  return undefined;
}

/** The entries of an object that have a value, so that absent fields stay absent. */
export function withoutUndefined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/**
 * An object of an answer without the entries that a program cannot hold, at any depth. They are reported with their numbers;
 * of a list that has one nothing is kept, since its other entries would move.
 */
export function withoutUnsafeNumbers(
  body: Readonly<Record<string, unknown>>,
  name: string,
  onBadField: OnBadField,
): Readonly<Record<string, unknown>> {
  if (exactNumbers(body).length === 0) return body;
  const entries = Object.entries(body).flatMap(([key, value]) => {
    const path = `${name}.${key}`;
    const [number] = exactNumbers(value);
    if (!number) return [[key, value] as const];
    if (isObject(value)) return [[key, withoutUnsafeNumbers(value, path, onBadField)] as const];
    onBadField(`${path}${number.path}`, unsafeNumberText(number.message));
    return [];
  });
  return Object.fromEntries(entries);
}

const unsafeNumberText = (found: string): string => `expected a number that JavaScript can hold, found ${found}`;
