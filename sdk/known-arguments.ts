import * as pulumi from "@pulumi/pulumi";
import { pathOf, type Key } from "../definition/mistake";
import { isObject } from "../definition/json/value";
import { isOutputOrPromise } from "./output-args";

/** The arguments of a resource as the engine gets them. */
export interface KnownArguments {
  /** What is not known in this run, or failed, is undefined. */
  readonly args: unknown;
  /** The places of secrets, with all below them: `definition.container`. */
  readonly secretPaths: ReadonlySet<string>;
}

/**
 * Waits until all outputs and promises in the arguments of a resource are known, or are known to stay unknown in this preview. The
 * arguments themselves are left as they are, so that they keep their marks and what they depend on.
 *
 * @param args without mistakes: they end somewhere
 * @returns undefined where nothing in them is known only later
 */
export async function knownArguments(args: unknown): Promise<KnownArguments | undefined> {
  const secretPaths = new Set<string>();
  let isAnyLater = false;
  const known = async (value: unknown, path: readonly Key[]): Promise<unknown> => {
    if (isOutputOrPromise(value)) {
      isAnyLater = true;
      return knownLater(value, path);
    }
    if (Array.isArray(value)) return Promise.all(value.map((entry, index) => known(entry, [...path, index])));
    // Anything else is no JSON, and may be nested in itself.
    if (!isObject(value) || !isPlain(value)) return value;
    const entries = Object.entries(value).map(
      async ([key, inner]) => [key, await known(inner, [...path, key])] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  };
  const knownLater = async (value: unknown, path: readonly Key[]): Promise<unknown> => {
    let found: unknown;
    // Settles for unknown values, too, for which the function is not called.
    const seen = (pulumi.output(value) as pulumi.Output<unknown>).apply((one) => void (found = one));
    try {
      if (await pulumi.isSecret(seen)) secretPaths.add(pathOf(path));
    } catch {
      // The resource tells why.
    }
    return found;
  };
  const found = await known(args, []);
  return isAnyLater ? { args: found, secretPaths } : undefined;
}

const isPlain = (value: object): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
