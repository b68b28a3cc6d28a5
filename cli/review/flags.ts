import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { parseRange } from "../size/size-flags";
import type { SizeRange } from "../../provider/size/size";
import { GATES, GATE_NAMES, type Gate } from "./report/gates";
import type { Service } from "../post/post";
import { parseWholeNumber } from "../parse-whole-number";

export const FORMATS = ["markdown", "text", "json"] as const;

export interface ReviewFlags {
  readonly format: (typeof FORMATS)[number];
  readonly maxLength?: number;
  readonly failOn?: readonly Gate[];
  readonly names?: string;
  readonly apiWords?: boolean;
  readonly ask?: boolean;
  readonly sizes?: SizeRange;
  readonly maxReports: number;
  readonly out?: string;
  readonly html?: string;
  readonly post?: Service;
  readonly repository?: string;
  readonly pullRequest?: number;
}

/** Below it not even the summary of a plan fits. */
const MIN_LENGTH = 1_000;

/**
 * Flags and files that cannot be meant together. Nothing has been read by then.
 *
 * @throws Error that says which, and the way out
 */
export function refuseWrongFlags(files: readonly string[], flags: ReviewFlags): void {
  if (files.filter((file) => file === "-").length > 1) throw new Error("standard input is given twice: remove one -");
  if (flags.post === undefined && (flags.repository !== undefined || flags.pullRequest !== undefined))
    throw new Error("--repository and --pull-request say where to post: add --post github or --post gitlab");
  if (flags.sizes === undefined && flags.failOn?.some((gate) => typeof gate !== "string"))
    throw new Error("--fail-on size>… needs the sizes: add --sizes");
  const usedFiles = new Map<string, string>(
    files.flatMap((file) => (file === "-" ? [] : [[resolveFile(file), `${file}, which is read`] as const])),
  );
  if (flags.names !== undefined) usedFiles.set(resolveFile(flags.names), `${flags.names}, which is read`);
  for (const option of ["out", "html"] as const) {
    const file = flags[option];
    if (file === undefined) continue;
    const flagText = `--${option} ${file}`;
    if (file === "-" && option === "out") throw new Error(`${flagText}: leave it out to print, or name a file`);
    if (file === "-") throw new Error(`${flagText}: a page cannot be printed; name a file`);
    const other = usedFiles.get(resolveFile(file));
    if (other !== undefined) throw new Error(`${flagText} would overwrite ${other}: name another file`);
    usedFiles.set(resolveFile(file), `the file of ${flagText}`);
  }
}

/** One file may have several names. */
function resolveFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

export function parseLength(text: string): number {
  const length = parseWholeNumber(text);
  if (length < MIN_LENGTH) throw new InvalidArgumentError(`Use at least ${MIN_LENGTH}.`);
  return length;
}

/** What was given before stays: a workflow may add its gates one by one. */
export function parseGates(text: string, previousGates: readonly Gate[] = []): readonly Gate[] {
  const gates = text.split(",").map((word) => {
    const percent = /^size>(\d+(?:\.\d+)?)%$/.exec(word.trim())?.[1];
    const gate = percent === undefined ? GATES.find((known) => known === word.trim()) : { sizeOver: Number(percent) };
    if (!gate) throw new InvalidArgumentError(`Use one or more of ${GATE_NAMES.join(", ")}.`);
    return gate;
  });
  return [...new Set([...previousGates, ...gates])];
}

/** `--sizes` alone, or with a number of days. */
export function parseSizes(text: string): SizeRange {
  // What follows the option is taken for its value.
  if (!/^\d/.test(text)) throw new InvalidArgumentError(`Write --sizes=30d, or name ${text} before --sizes.`);
  return parseRange(text);
}
