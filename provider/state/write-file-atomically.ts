import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Puts a text in the place of a file in one step: whoever reads it meanwhile, or after a failure, has the old one whole.
 *
 * @param mode its rights; what the system gives, unless given.
 */
export function writeFileAtomically(file: string, text: string, mode?: number): void {
  const temporaryFile = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  // Nothing that is there is written to, be it a link that somebody put there.
  const descriptor = openSync(temporaryFile, "wx", mode);
  try {
    try {
      writeFileSync(descriptor, text);
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o777);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporaryFile, file);
  } catch (error) {
    rmSync(temporaryFile, { force: true });
    throw error;
  }
}

/** The name of the file that a killed process was about to write; undefined where the name is none of a draft. */
export const targetOfTemporaryFile = (name: string): string | undefined => /^(.+)\.[0-9a-f]{12}\.tmp$/s.exec(name)?.[1];
