import type { Source } from "./report/create-report";
import { readPreviews, type Preview } from "./preview/preview";
import { readTextFile } from "../read-text";

/** What previews are read from: files, and standard input for `-` or where none is named. */
export function readSources(files: readonly string[], standardInput: () => Promise<string>): Promise<Source[]> {
  const names = files.length === 0 ? ["-"] : files;
  return Promise.all(
    names.map(async (name) =>
      name === "-" ? { name: STANDARD_INPUT, text: await standardInput() } : fileSource(name),
    ),
  );
}

/** The review reports what cannot be read. */
export function parsePreviews({ text, missing }: Source): Preview[] {
  try {
    return missing === undefined ? readPreviews(text) : [];
  } catch {
    return [];
  }
}

export const STANDARD_INPUT = "standard input";

/** A file that is not there is what a preview left that could not even begin: the review reports that like any other failure. */
function fileSource(name: string): Source {
  try {
    return { name, text: readTextFile(name) };
  } catch (error) {
    return { name, text: "", missing: error instanceof Error ? error.message : String(error) };
  }
}
