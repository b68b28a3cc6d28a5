import { lstatSync, realpathSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomically } from "../provider/state/write-file-atomically";

export { targetOfTemporaryFile as draftOf } from "../provider/state/write-file-atomically";

/**
 * Writes a file in one step: whoever reads it meanwhile, or after a failure, has the old one whole. One that is there keeps its
 * rights. What is no file, as a device or a pipe, is written to as it is.
 *
 * @throws Error that names the file
 */
export function writeWhole(file: string, text: string): void {
  refuseForeignLink(file);
  const place = existing(file);
  const before = place === undefined ? undefined : lstatSync(place);
  if (place !== undefined && before?.isFile() === false) return writeFileSync(place, text);
  try {
    writeFileAtomically(place ?? file, text, before?.mode);
  } catch (error) {
    throw failureOf(file, error);
  }
}

/**
 * In a folder that everybody may write to, as /tmp, a link may be a trap. The rule is that of Linux (`protected_symlinks`), which
 * does not see this case, since what a link leads to is replaced and not opened.
 */
function refuseForeignLink(file: string): void {
  const link = lstatSync(file, { throwIfNoEntry: false });
  if (!link?.isSymbolicLink() || process.getuid === undefined) return;
  const folder = lstatSync(realpathSync(dirname(file)));
  const isEverybodys = (folder.mode & 0o1002) === 0o1002;
  if (isEverybodys && link.uid !== process.getuid() && link.uid !== folder.uid)
    throw new Error(
      `it is a link that another user made in a folder of everybody's, and nothing was written: '${file}'`,
    );
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
