import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { GATES, type Gate } from "./report/outcome";
import type { Service } from "../post/post";
import { wholeNumber } from "../parse-whole-number";

export const FORMATS = ["markdown", "text", "json"] as const;

export interface ReviewFlags {
  readonly format: (typeof FORMATS)[number];
  readonly maxLength?: number;
  readonly failOn?: readonly Gate[];
  readonly names?: string;
  readonly apiWords?: boolean;
  readonly ask?: boolean;
  readonly out?: string;
  readonly html?: string;
  readonly post?: Service;
  readonly repository?: string;
  readonly pullRequest?: number;
}

/** Below it not even the summary of a plan fits. */
const SHORTEST = 1_000;

/**
 * Flags and files that cannot be meant together. Nothing has been read by then.
 *
 * @throws Error that says which, and the way out
 */
export function refuseWrongFlags(files: readonly string[], flags: ReviewFlags): void {
  if (files.filter((file) => file === "-").length > 1)
    throw new Error("standard input is named twice: leave one - out");
  if (flags.post === undefined && (flags.repository !== undefined || flags.pullRequest !== undefined))
    throw new Error("--repository and --pull-request say where to post: add --post github or --post gitlab");
  const taken = new Map<string, string>(
    files.flatMap((file) => (file === "-" ? [] : [[whole(file), `${file}, which is read`] as const])),
  );
  if (flags.names !== undefined) taken.set(whole(flags.names), `${flags.names}, which is read`);
  for (const option of ["out", "html"] as const) {
    const file = flags[option];
    if (file === undefined) continue;
    const said = `--${option} ${file}`;
    if (file === "-" && option === "out") throw new Error(`${said}: leave it out to print, or name a file`);
    if (file === "-") throw new Error(`${said}: a page is not printed; name a file`);
    const other = taken.get(whole(file));
    if (other !== undefined) throw new Error(`${said} would overwrite ${other}: name another file`);
    taken.set(whole(file), `the file of ${said}`);
  }
}

/** One file may have several names. */
function whole(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

export function lengthOf(text: string): number {
  const length = wholeNumber(text);
  if (length < SHORTEST) throw new InvalidArgumentError(`The least is ${SHORTEST}.`);
  return length;
}

/** What was given before stays: a workflow may add its gates one by one. */
export function gatesOf(text: string, before: readonly Gate[] = []): readonly Gate[] {
  const gates = text.split(",").map((word) => {
    const gate = GATES.find((known) => known === word.trim());
    if (!gate) throw new InvalidArgumentError(`Known are ${GATES.join(", ")}.`);
    return gate;
  });
  return [...new Set([...before, ...gates])];
}
