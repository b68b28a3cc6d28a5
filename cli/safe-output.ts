import { inert } from "../definition/sentences/sanitize-output";
import { processTerminal, type Terminal } from "./terminal";

/** What a command speaks with. */
interface Voice {
  readonly write?: (text: string) => void;
  readonly say?: (line: string) => void;
}

/** A voice that says nothing which a terminal or the runner of a CI job obeys. */
export function inertVoice<T extends Voice>(voice: T): T {
  const { write, say } = voice;
  return {
    ...voice,
    ...(write && { write: (text: string) => write(inert(text)) }),
    ...(say && { say: (line: string) => say(inert(line)) }),
  };
}

/**
 * The one door of every command: names and words of a service pass it with whatever is printed, and with the error that the command ends
 * with.
 *
 * @param given what of the terminal is not this process's.
 * @example .action(behindDoor(given, (terminal, source: string) => explain(source, terminal)))
 */
export const behindDoor =
  <Args extends unknown[]>(given: Partial<Terminal>, act: (terminal: Terminal, ...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> => {
    try {
      await act(inertVoice(processTerminal(given)), ...args);
    } catch (error) {
      throw inertError(error);
    }
  };

function inertError(error: unknown): unknown {
  const said = error instanceof Error ? error.message : String(error);
  const message = inert(said);
  return message === said ? error : new Error(message, { cause: error });
}
