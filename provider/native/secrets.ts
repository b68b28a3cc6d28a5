import { isObject } from "../../definition/json/value";
import type { Values } from "../lifecycle";
import type { Path } from "../program-resource";
import { asSecret, isSecret } from "../secret-arguments";

/** Values without the engine's marks of secrets, and the paths where these were. */
export function withoutMarks(marked: Values): { readonly values: Values; readonly secrets: readonly Path[] } {
  const secrets: Path[] = [];
  const plain = (value: unknown, path: Path): unknown => {
    if (isSecret(value)) {
      secrets.push(path);
      return plain(value.value, path);
    }
    if (Array.isArray(value)) return value.map((one, i) => plain(one, [...path, String(i)]));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, [...path, key])]));
  };
  return { values: plain(marked, []) as Values, secrets };
}

/** Values with marks at the paths of secrets. A list with a secret is marked as a whole, because its entries may move. */
export const withMarks = (values: Values, secrets: readonly Path[]): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, marked(value, below(secrets, key))]));

const below = (secrets: readonly Path[], key: string): Path[] =>
  secrets.flatMap(([first, ...rest]) => (first === key ? [rest] : []));

function marked(value: unknown, secrets: readonly Path[]): unknown {
  if (secrets.length === 0) return value;
  // If the path no longer exists, the secret may be anywhere in the value that contained it.
  const isWhole = ([key]: Path) => key === undefined || !isObject(value) || !Object.hasOwn(value, key);
  return secrets.some(isWhole) ? asSecret(value) : withMarks(value as Values, secrets);
}
