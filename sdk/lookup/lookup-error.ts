import * as pulumi from "@pulumi/pulumi";
import { inert } from "../../definition/sentences/inert";

/**
 * The error of a lookup, whose text is all that there is to say.
 *
 * The host prints the message of a `RunError`, but the stack of what fails when the program has been read to its end. And the
 * SDK writes the name of every property that wanted the value before the message of the one error that all of them get: with
 * a hundred segments in a data view that is not found, a hundred names. So this one stays as it is.
 */
export function lookupError(words: string): pulumi.RunError {
  const text = inert(words);
  const error = new pulumi.RunError(text);
  const fixed = { get: () => text, set: () => undefined, configurable: true, enumerable: false };
  return Object.defineProperties(error, { message: fixed, stack: fixed, [WORDS]: { value: words } });
}

const WORDS = Symbol("words");

/** The text as it was given: in it, a value stands as it is. */
export const wordsOf = (error: pulumi.RunError & { readonly [WORDS]?: string }): string =>
  error[WORDS] ?? error.message;
