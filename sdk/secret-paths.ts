import * as pulumi from "@pulumi/pulumi";
import { isOutputOrPromise } from "./output-args";

/**
 * Where secrets stand in the arguments of a resource. The engine takes the mark off before a dynamic provider gets the values, which
 * could not keep them out of its messages then.
 *
 * @param args without mistakes: they end somewhere
 */
export async function findSecretPaths(args: unknown, path: string[] = []): Promise<string[][]> {
  const paths = [...deferredValues(args, path)].map(async ({ value, path }) => {
    try {
      if (value instanceof Promise) return await findSecretPaths(await value, path);
      return (await pulumi.isSecret(value as pulumi.Output<unknown>)) ? [path] : [];
    } catch {
      // The resource tells why.
      return [];
    }
  });
  return (await Promise.all(paths)).flat();
}

/** All that is known later; nothing else is secret. */
function* deferredValues(
  value: unknown,
  path: string[],
): Generator<{ readonly value: unknown; readonly path: string[] }> {
  if (isOutputOrPromise(value)) yield { value, path };
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* deferredValues(inner, [...path, key]);
}
