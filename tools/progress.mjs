/** What the tools say: numbered steps with their time, colour only where somebody looks. */
import { stripVTControlCharacters } from "node:util";
import { interrupted } from "./process.mjs";

/** Milliseconds after which a step says that it still works. */
const signOfLife = 20_000;

/** A writer of steps to `stream`. `total` is how many there will be. */
export function progress(total, { stream = process.stdout, env = process.env, now = () => performance.now() } = {}) {
  const coloured = wantsColour(stream, env);
  const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const write = (line) => stream.write(`${line}\n`);
  const started = now();
  let count = 0;
  return {
    coloured,
    bold: (text) => paint("1", text),
    /**
     * Runs one step below its heading. `help` is what to do when it fails, unless the error knows better (`error.help`); it goes along
     * with the error. `talks`: the work itself shows that it goes on.
     */
    async step(title, help, work, { talks = false } = {}) {
      count += 1;
      const since = now();
      write(`\n${paint("1;36", `${count}/${total}`)} ${paint("1", title)}`);
      const sign = talks || setInterval(() => write(paint("2", `    … ${seconds(now() - since)}`)), signOfLife);
      try {
        const result = await work();
        write(paint("2", `    ${seconds(now() - since)}`));
        return result;
      } catch (error) {
        throw new StepFailed(`${count}/${total} ${title}`, error.help ?? help, error);
      } finally {
        clearInterval(sign);
      }
    },
    note: (line) => write(`    ${line}`),
    /** Passes a command's lines on, indented, without those that only say that something goes on. */
    relay: (omit = /^$/) =>
      lines((line) => {
        if (!omit.test(stripVTControlCharacters(line))) write(`    ${paint("2", "│")} ${line}`);
      }),
    done: (line) => write(`\n${paint("1;32", line)} ${paint("2", `(${seconds(now() - started)} in all)`)}`),
    failed(error) {
      if (interrupted())
        return write("\nInterrupted. Run the same command again; what is done already is not repeated.");
      const { title = "the tool itself", help, cause = error } = error;
      const mistakeOfOurs = cause instanceof TypeError || cause instanceof ReferenceError;
      write(`\n${paint("1;31", `Failed: ${title}`)}\n${mistakeOfOurs ? cause.stack : cause.message}`);
      if (help) write(`\n${paint("1", "What to do:")} ${help}`);
    },
  };
}

/** A step that did not work, with what to do about it. */
export class StepFailed extends Error {
  constructor(title, help, cause) {
    super(`${title}: ${cause.message}`, { cause });
    this.name = "StepFailed";
    this.title = title;
    this.help = help;
  }
}

/** https://no-color.org */
function wantsColour(stream, env) {
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== "dumb";
}

function seconds(milliseconds) {
  const rounded = milliseconds / 1000;
  return rounded < 60 ? `${rounded.toFixed(1)} s` : `${Math.floor(rounded / 60)} min ${Math.round(rounded % 60)} s`;
}

/** Cuts a stream of text into lines. */
function lines(onLine) {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop();
    parts.forEach(onLine);
  };
}
