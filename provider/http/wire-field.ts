import type { z } from "zod";
import { exactNumbers } from "../../definition/exact-numbers";
import { isExactNumber } from "../../definition/json";

/** Told of every field of an answer that is not of the documented shape. */
export type Complain = (field: string, expected: string) => void;

/** A JSON object of an answer, or undefined when it is none. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/**
 * Reads one field of an answer. A field of another shape is reported and left out: the rest of the answer is still true,
 * and throwing it away after a write would lose a segment that exists.
 *
 * @param names the field's names, one for each dialect, the first found counts.
 */
export function field<T>(
  body: Readonly<Record<string, unknown>>,
  names: readonly string[],
  schema: z.ZodType<T>,
  complain: Complain,
): T | undefined {
  const name = names.find((n) => body[n] !== undefined && body[n] !== null);
  if (name === undefined) return undefined;
  const parsed = schema.safeParse(body[name]);
  if (parsed.success) return parsed.data;
  const issues = () => parsed.error.issues.map((issue) => issue.message.replace(/^Invalid input: /, "")).join("; ");
  const value = body[name];
  complain(name, isExactNumber(value) ? notHeld(`the number ${value.text}`) : issues());
  return undefined;
}

/** The entries of an object that have a value, so that absent fields stay absent. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/**
 * An object of an answer without the entries that a program cannot hold, at any depth. They are reported with their numbers;
 * of a list that has one nothing is kept, since its other entries would move.
 */
export function held(
  body: Readonly<Record<string, unknown>>,
  name: string,
  complain: Complain,
): Readonly<Record<string, unknown>> {
  if (exactNumbers(body).length === 0) return body;
  const entries = Object.entries(body).flatMap(([key, value]) => {
    const place = `${name}.${key}`;
    const [number] = exactNumbers(value);
    if (!number) return [[key, value] as const];
    const inner = isExactNumber(value) ? undefined : asObject(value);
    if (inner) return [[key, held(inner, place, complain)] as const];
    complain(`${place}${number.path}`, notHeld(number.message));
    return [];
  });
  return Object.fromEntries(entries);
}

const notHeld = (found: string): string => `expected a number that JavaScript can hold, found ${found}`;
