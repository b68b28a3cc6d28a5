import { lstatSync, realpathSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomically } from "../provider/state/write-file-atomically";

export { targetOfTemporaryFile } from "../provider/state/write-file-atomically";

/**
 * Writes a file in one step: whoever reads it meanwhile, or after a failure, has the old one whole. One that is there keeps its
 * rights. What is no file, as a device or a pipe, is written to as it is.
 *
 * @throws Error that names the file
 */
export function writeOutputFile(file: string, text: string): void {
  refuseForeignLink(file);
  const target = resolveLink(file);
  const existingStats = target === undefined ? undefined : lstatSync(target);
  if (target !== undefined && existingStats?.isFile() === false) return writeFileSync(target, text);
  try {
    writeFileAtomically(target ?? file, text, existingStats?.mode);
  } catch (error) {
    throw withFileName(file, error);
  }
}

/**
 * In a folder that everybody may write to, as /tmp, a link may be a trap. The rule is that of Linux (`protected_symlinks`), which
 * does not see this case, since what a link leads to is replaced and not opened.
 */
function refuseForeignLink(file: string): void {
  const linkStats = lstatSync(file, { throwIfNoEntry: false });
  if (!linkStats?.isSymbolicLink() || process.getuid === undefined) return;
  const folderStats = lstatSync(realpathSync(dirname(file)));
  const isSharedFolder = (folderStats.mode & 0o1002) === 0o1002;
  if (isSharedFolder && linkStats.uid !== process.getuid() && linkStats.uid !== folderStats.uid)
    throw new Error(`it is a link that another user made in a shared folder, and nothing was written: '${file}'`);
}

/** Names the file that was asked for: the one beside it is nobody's. */
function withFileName(file: string, error: unknown): Error {
  const original = error instanceof Error ? error.message : String(error);
  const reason = original.replace(/, \w+(?: '.*)?$/s, "");
  return new Error(`${reason}, write '${file}'`, { cause: error });
}

/** Where a link leads, so that it stays one. */
function resolveLink(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
