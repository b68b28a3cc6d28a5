import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import { CjaError } from "./http/errors";
import { InvalidSettingsError } from "./settings-errors";

/** Whether an error is one that users can act on. Any other error is a mistake of ours, and its stack is worth reading, too. */
export const isExpectedError = (error: unknown): error is Error =>
  error instanceof CjaError || error instanceof InvalidSettingsError;

/**
 * The engine prints the message of an error with the resource. Before, the host prints `${error}: ${error.stack}` with the
 * stack, for some methods: there a few words say where to look, so that the message is not printed twice.
 *
 * @param action what failed, in a few words.
 */
export function hostError(message: string, action: string): Error {
  return Object.assign(new Error(sanitizeOutput(message)), {
    toString: () => sanitizeOutput(action),
    stack: "see the error reported on the resource",
  });
}

/**
 * Turns whatever was thrown into an error that users can read.
 *
 * @param reported what this process has reported already: wrong credentials, or a URL where no API is, fail every resource for the same
 *   reason, and once in full is enough.
 */
export function toUserError(error: unknown, redact: (text: string) => string, reported: Set<string>): Error {
  const { action, message } = describeError(error);
  const cause = (error instanceof CjaError ? error.sharedCause : undefined) ?? message;
  const isRepeated = reported.has(cause);
  reported.add(cause);
  return hostError(
    redact(isRepeated ? `${action}: same cause as the error reported on another resource.` : message),
    redact(action),
  );
}

function describeError(error: unknown): { action: string; message: string } {
  if (error instanceof CjaError) return { action: `Could not ${error.operation}`, message: error.message };
  if (isExpectedError(error)) return { action: "The settings are wrong", message: error.message };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `${stack}\nThis is a bug in pulumi-cja: please report it, with these lines.`;
  return { action: "pulumi-cja failed", message };
}
