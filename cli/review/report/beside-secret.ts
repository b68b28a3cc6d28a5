import { equal } from "../../../definition";
import { isExactNumber, writeJson } from "../../../definition/json";
import { SECRET } from "../preview/values";

/** What stands in the place of a value that would tell what the other side keeps secret. */
export const HIDDEN = "(not shown, as it is secret on the other side)";

/** Whether a value is secret, or a part of it. */
export const holdsSecret = (value: unknown): boolean => secretsIn(value) > 0;

const secretsIn = (value: unknown): number => writeJson(value ?? null).split(SECRET).length - 1;

/**
 * A value as it may stand beside another one: without what is secret there. Where more than that differs, the same text may stand at
 * another place, and nothing of it is shown.
 */
export function besideSecret(value: unknown, other: unknown): unknown {
  if (value === undefined || value === "" || secretsIn(value) >= secretsIn(other)) return value;
  const hidden = withSecretsOf(value, other);
  return hidden !== SECRET && sameMeaning(hidden, other) ? hidden : HIDDEN;
}

/** The value with a secret at every place where the other one has one. */
function withSecretsOf(value: unknown, other: unknown): unknown {
  if (other === SECRET) return SECRET;
  if (!isTree(value) || !isTree(other)) return value;
  if (Array.isArray(value)) return value.map((inner, at) => withSecretsOf(inner, other[at]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecretsOf(inner, other[key])]));
}

const isTree = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === "object" && value !== null && !isExactNumber(value);

/** By meaning where both are definitions. */
export function sameMeaning(one: unknown, other: unknown): boolean {
  try {
    return equal(one, other);
  } catch {
    return writeJson(one) === writeJson(other);
  }
}
