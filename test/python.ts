import { spawnSync } from "node:child_process";

let known: boolean | undefined;

/** Whether this machine has Python. One line says where it has none; in CI that is a failure. */
export function hasPython(): boolean {
  if (known !== undefined) return known;
  known = spawnSync("python3", ["--version"]).status === 0;
  if (!known && process.env["CI"] === "true") throw new Error("There is no Python (python3), which CI has to have.");
  if (!known) process.stderr.write("Left out: what Python makes of it, since there is no python3 here.\n");
  return known;
}
