/** A `pulumi` process that can be waited for, or killed half-way together with what it started. */
import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { descendants } from "./process-tree";

export interface Finished {
  /** The exit code; 128 when a signal ended the process. */
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order in which they came. */
  readonly output: string;
  readonly seconds: number;
}

export interface Running<Result> {
  readonly pid: number;
  readonly done: Promise<Result>;
  /** Resolves once this text was printed; rejects when the process ends without. */
  until(text: string): Promise<void>;
  /** Ends the engine, the language host, the program and the provider processes at once, as a power cut would. */
  killAll(): Promise<void>;
  /** Ends the engine only, as the system does when memory runs out. A provider process does not notice and works on until `killAll`. */
  killEngine(): Promise<void>;
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // Ended between the listing and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Starts a command with nothing on its stdin. `settle` makes the result from what the process left. */
export function startProcess<Result>(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
  settle: (finished: Finished) => Result,
): Running<Result> {
  const started = performance.now();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const streams = { stdout: "", stderr: "", both: "" };
  const printed = new EventEmitter();
  const orphans: number[] = [];
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      streams[name] += text;
      streams.both += text;
      printed.emit("text");
    });
  }
  const done = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve({
        code: code ?? 128,
        signal: signal ?? undefined,
        stdout: streams.stdout,
        stderr: streams.stderr,
        output: streams.both,
        seconds: (performance.now() - started) / 1000,
      }),
    );
  }).then(settle);
  const pid = child.pid ?? 0;
  return {
    pid,
    done,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => streams.both.includes(text) && resolve();
        printed.on("text", look);
        look();
        child.once("close", () => reject(new Error(`ended without printing "${text}":\n${streams.both}`)));
      }),
    killEngine: async () => {
      orphans.push(...(await descendants(pid)));
      end(pid);
    },
    killAll: async () => {
      const alive = child.exitCode === null && child.signalCode === null;
      [...(alive ? [pid, ...(await descendants(pid))] : []), ...orphans.splice(0)].forEach(end);
    },
  };
}
