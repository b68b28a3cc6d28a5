import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Puts a text in the place of a file in one step: whoever reads it meanwhile, or after a failure, has the old one whole.
 *
 * @param mode its rights; what the system gives, unless given.
 */
export function putWhole(file: string, text: string, mode?: number): void {
  const draft = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  // Nothing that is there is written to, be it a link that somebody put there.
  const descriptor = openSync(draft, "wx", mode);
  try {
    try {
      writeFileSync(descriptor, text);
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o777);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The name of the file that a killed process was about to write; undefined where the name is none of a draft. */
export const draftOf = (name: string): string | undefined => /^(.+)\.[0-9a-f]{12}\.tmp$/s.exec(name)?.[1];
