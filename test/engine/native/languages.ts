/** What programs in other languages than those of Node need, where this machine has it. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const finder = resolve(__dirname, "../../../tools/languages.mjs");

/** What the words name, a folder for each; undefined, and one line that says so, where this machine has not all of them. */
function found(language: string, ...words: readonly string[]): readonly string[] | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [finder, ...words], { encoding: "utf8" });
  if (status === 0) return stdout.trim().split("\n");
  if (process.env["CI"] === "true") throw new Error(stderr);
  process.stderr.write(`Left out: programs in ${language}: ${stderr.trim().split("\n").at(-1) ?? ""}\n`);
  return undefined;
}

export interface Language {
  readonly name: "yaml" | "python";
  /** To be put on PATH. */
  readonly host: string;
  /** Of Python alone: a virtual environment with Pulumi's SDK. */
  readonly virtualenv?: string | undefined;
}

/** The languages beside those of Node in which this machine can run programs. */
export function languages(): Language[] {
  const [yaml] = found("YAML", "yaml") ?? [];
  const [python, virtualenv] = found("Python", "python", "virtualenv") ?? [];
  return [
    ...(yaml === undefined ? [] : [{ name: "yaml", host: yaml } as const]),
    ...(python === undefined ? [] : [{ name: "python", host: python, virtualenv } as const]),
  ];
}
