import { systemClock, type Clock } from "../provider/clock";
import { textOfStream } from "./read-text";

/** What asking a service needs of the process: its settings, and where its warnings go. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** For warnings and progress. */
  readonly say: (line: string) => void;
}

/** What commands need of the process that they run in. */
export interface Terminal extends Surroundings {
  readonly write: (text: string) => void;
  readonly standardInput: () => Promise<string>;
  readonly exit: (status: number) => void;
  /** Whether what is written can be written over. */
  readonly live: boolean;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves when the user or the system asks to stop. */
  readonly stopped: () => Promise<void>;
}

/** This process, but for what is given. */
export const processTerminal = (given: Partial<Terminal> = {}): Terminal => ({
  environment: process.env,
  say: (line) => void process.stderr.write(`${line}\n`),
  write: (text) => void process.stdout.write(text),
  standardInput: () => textOfStream(process.stdin),
  exit: (status) => void (process.exitCode = status),
  live: process.stdout.isTTY && !process.env["CI"],
  clock: systemClock,
  now: Date.now,
  stopped: () =>
    new Promise((resolve) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
    }),
  ...given,
});
