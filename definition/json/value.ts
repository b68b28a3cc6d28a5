import { isExactNumber, type ExactNumber } from "./exact-number";

/** A JSON value: what the API can send and receive. */
export type Json = null | boolean | number | ExactNumber | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An object with entries: no list, and no number that JavaScript cannot hold. */
export function isObject(value: Json | undefined): value is JsonObject;
export function isObject(value: unknown): value is Readonly<Record<string, unknown>>;
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);
}

export function isNumber(value: Json | undefined): value is number | ExactNumber {
  return typeof value === "number" || isExactNumber(value);
}

/** The entries that have a value: an absent one and `null` are the same to a program. */
export const withoutNullish = <T extends object>(entries: T): T =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== null)) as T;
