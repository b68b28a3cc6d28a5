/** What programs in other languages than those of Node need, where this machine has it. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const finder = resolve(__dirname, "../../../tools/languages.mjs");

/** The folder to put on PATH for programs in a language; undefined, and one line that says so, where there is none. */
export function languageHost(language: "yaml" | "python"): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [finder, language], { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  if (process.env["CI"] === "true") throw new Error(stderr);
  process.stderr.write(`Left out: programs in ${language}: ${stderr.trim().split("\n").at(-1) ?? ""}\n`);
  return undefined;
}
