import { inert } from "../definition/sentences/sanitize-output";
import { CjaError } from "./http/errors";
import { WrongSettingsError } from "./settings-errors";

/** Whether the message of an error says all: of any other one, a mistake of ours, the stack is worth reading, too. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof CjaError || error instanceof WrongSettingsError;

/**
 * The engine prints the message of an error with the resource. Before, the host prints `${error}: ${error.stack}` with the
 * stack, for some methods: there a few words say where to look, so that nothing is told twice.
 *
 * @param tried what failed, in a few words.
 */
export function pointing(message: string, tried: string): Error {
  return Object.assign(new Error(inert(message)), {
    toString: () => inert(tried),
    stack: "the resource's own error says why",
  });
}

/**
 * An error in a form that is worth reading, whatever was thrown.
 *
 * @param told what this process has told already: wrong credentials, or a URL where no API is, fail every resource for the same
 *   reason, and once in full is enough.
 */
export function presentable(thrown: unknown, redact: (text: string) => string, told: Set<string>): Error {
  const { tried, message } = wording(thrown);
  const cause = (thrown instanceof CjaError ? thrown.common : undefined) ?? message;
  const again = told.has(cause);
  told.add(cause);
  return pointing(redact(again ? `${tried}: the error of another resource says why.` : message), redact(tried));
}

function wording(thrown: unknown): { tried: string; message: string } {
  if (thrown instanceof CjaError) return { tried: `Could not ${thrown.operation}`, message: thrown.message };
  if (isExpected(thrown)) return { tried: "The settings are wrong", message: thrown.message };
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const message = `${stack}\nThis is a mistake in pulumi-cja: please report it, with these lines.`;
  return { tried: "pulumi-cja failed", message };
}
