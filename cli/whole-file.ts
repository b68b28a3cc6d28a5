import { lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file in one step: whoever reads it meanwhile, or after a failure, has the old one whole. What is no file, as a
 * device or a pipe, is written to as it is.
 */
export function writeWhole(file: string, text: string): void {
  const place = existing(file);
  if (place !== undefined && !lstatSync(place).isFile()) return writeFileSync(place, text);
  const target = place ?? file;
  const beside = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw failureOf(file, error);
  }
}

/** Names the file that was asked for: the one beside it is nobody's. */
function failureOf(file: string, error: unknown): Error {
  const said = error instanceof Error ? error.message : String(error);
  const reason = said.replace(/, \w+(?: '.*)?$/s, "");
  return new Error(`${reason}, write '${file}'`, { cause: error });
}

/** Where a link leads, so that it stays one. */
function existing(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
