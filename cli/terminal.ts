import { systemClock, type Clock } from "../provider/clock";
import { readTextStream } from "./read-text";

/** What asking a service needs of the process: its settings, and where its warnings go. */
export interface CommandContext {
  readonly environment: NodeJS.ProcessEnv;
  /** For warnings and progress. */
  readonly log: (line: string) => void;
}

/** What commands need of the process that they run in. */
export interface Terminal extends CommandContext {
  readonly write: (text: string) => void;
  readonly standardInput: () => Promise<string>;
  readonly exit: (status: number) => void;
  /** Whether what is written can be written over. */
  readonly isInteractive: boolean;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves when the user or the system asks to stop. */
  readonly stopRequested: () => Promise<void>;
}

/** This process, but for what is given. */
export const processTerminal = (overrides: Partial<Terminal> = {}): Terminal => ({
  environment: process.env,
  log: (line) => void process.stderr.write(`${line}\n`),
  write: (text) => void process.stdout.write(text),
  standardInput: () => readTextStream(process.stdin),
  exit: (status) => void (process.exitCode = status),
  isInteractive: process.stdout.isTTY && !process.env["CI"],
  clock: systemClock,
  now: Date.now,
  stopRequested: () =>
    new Promise((resolve) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
    }),
  ...overrides,
});
