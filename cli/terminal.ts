import { textOfStream } from "./decoded";

/** What commands need of the process that they run in; each names its part. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** For warnings and progress. */
  readonly say: (line: string) => void;
  readonly standardInput: () => Promise<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly exit: (status: number) => void;
}

export function processTerminal(): Terminal {
  return {
    write: (text) => void process.stdout.write(text),
    say: (line) => void process.stderr.write(`${line}\n`),
    standardInput: () => textOfStream(process.stdin),
    environment: process.env,
    exit: (status) => void (process.exitCode = status),
  };
}
