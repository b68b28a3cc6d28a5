import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import { processTerminal, type Terminal } from "./terminal";

/** The functions through which a command prints. */
interface OutputChannels {
  readonly write?: (text: string) => void;
  readonly log?: (line: string) => void;
}

/** Output functions that print nothing which a terminal or a CI runner would execute. */
export function withSafeChannels<T extends OutputChannels>(output: T): T {
  const { write, log } = output;
  return {
    ...output,
    ...(write && { write: (text: string) => write(sanitizeOutput(text)) }),
    ...(log && { log: (line: string) => log(sanitizeOutput(line)) }),
  };
}

/**
 * Wraps every command: all that it prints, and the error that it ends with, is sanitized, with the names and texts of services in it.
 *
 * @param overrides what of the terminal is not this process's.
 * @example .action(withSafeOutput(overrides, (terminal, source: string) => explain(source, terminal)))
 */
export const withSafeOutput =
  <Args extends unknown[]>(overrides: Partial<Terminal>, run: (terminal: Terminal, ...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> => {
    try {
      await run(withSafeChannels(processTerminal(overrides)), ...args);
    } catch (error) {
      throw toSafeError(error);
    }
  };

function toSafeError(error: unknown): unknown {
  const original = error instanceof Error ? error.message : String(error);
  const message = sanitizeOutput(original);
  return message === original ? error : new Error(message, { cause: error });
}
