/** Child processes of the tools: every one is known here, so that an interrupt ends these and nothing else. */
import { spawn } from "node:child_process";

const children = new Set();
let ending = false;

/**
 * Ends what this process started, by process ID: asks first (`pulumi` then ends its own plugins), insists after `patience`.
 */
export async function endChildren({ patience = 10_000 } = {}) {
  const ended = Promise.all([...children].map((child) => new Promise((resolve) => child.once("close", resolve))));
  for (const child of children) signal(child, "SIGINT");
  const insist = setTimeout(() => children.forEach((child) => signal(child, "SIGKILL")), patience);
  await ended;
  clearTimeout(insist);
}

/** Each child leads a group of its own, in which is also what it has started itself: workers of jest, for example. */
function signal(child, name) {
  if (process.platform === "win32") child.kill(name);
  else if (child.pid) process.kill(-child.pid, name);
}

/** Whether the user has interrupted: what fails from then on is no failure. */
export const interrupted = () => ending;

/** Runs `cleanUp` and ends when the user interrupts, or stops reading what is printed. A second interrupt ends at once. */
export function onInterrupt(cleanUp = () => {}) {
  const interrupt = async (signal) => {
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
    if (ending) return;
    ending = true;
    await endChildren();
    // What waited for them cleans up first.
    await new Promise((resolve) => setImmediate(resolve));
    await cleanUp();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  process.stdout.on("error", interrupt);
}

/** A command that ended with another code than 0. */
export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`\`${command}\` ended with ${code}`);
    this.name = "CommandFailed";
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a command to its end and returns what it printed.
 *
 * - `onText`: gets its output as it comes.
 * - `terminal`: it writes to ours directly; nothing is returned then.
 * - `timeout`: milliseconds after which it is ended.
 * - `cleansUp`: it is part of what is done after an interrupt, too.
 */
export function run(command, args, { onText = () => {}, terminal = false, cleansUp = false, ...options } = {}) {
  if (ending && !cleansUp) return Promise.reject(new Error("interrupted"));
  const shell = process.platform === "win32" && /\.(cmd|bat)$/.test(command);
  const stdio = terminal ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"];
  // A group of its own: an interrupt typed into the terminal reaches only us, and the child once, from `endChildren`.
  const child = spawn(command, args, { detached: process.platform !== "win32", ...options, stdio, shell });
  children.add(child);
  let stdout = "";
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    output += text;
    onText(text);
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output += text;
    onText(text);
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      children.delete(child);
      reject(error);
    });
    child.once("close", (code, signal) => {
      children.delete(child);
      if (code === 0) resolve({ stdout, output });
      else reject(new CommandFailed([command, ...args].join(" "), code ?? signal, output));
    });
  });
}

/** npm as the one that started this script, or the one on PATH: `[command, ...first arguments]`. */
export function npm(env = process.env) {
  if (/npm-cli\.c?js$/.test(env.npm_execpath ?? "")) return [process.execPath, env.npm_execpath];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}
