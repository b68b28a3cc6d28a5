import type { Command } from "commander";
import type { Terminal } from "../../../cli/terminal";

/** What a command printed, said beside that, and ended with. */
export interface Told {
  out: string;
  said: string[];
  status: number;
}

/** Runs a command as if it had been typed. @param terminal what of it is not that of a test */
export async function runCommand(
  commandOf: (terminal: Partial<Terminal>) => Command,
  args: readonly string[],
  terminal: Partial<Terminal>,
): Promise<Told> {
  const told: Told = { out: "", said: [], status: 0 };
  const command = commandOf({
    write: (text) => void (told.out += text),
    log: (line) => void told.said.push(line),
    exit: (status) => void (told.status = status),
    ...terminal,
  });
  command.exitOverride().configureOutput({ writeErr: (text) => void told.said.push(text) });
  await command.parseAsync(args, { from: "user" });
  return told;
}
