import { z } from "zod";
import type { StateFolder } from "./http/state-folder";

/** A line about one thing, by the name of the thing. */
export interface Note {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whose it is, where it belongs to somebody. */
  readonly by?: string;
}

const content: z.ZodType<Note> = z.object({ name: z.string(), at: z.number(), by: z.string().exactOptional() });

/** So many may pile up in a file before the ones that nobody needs any more are thrown out. */
const STALE_LINES = 64;

/** The file of a name like `claim-5f0c…`. A file for every note would be thousands, and one for all would be read for each. */
export const bucketOf = (name: string): string => name.slice(0, name.indexOf("-") + 3);

/** What is noted beside the name in its file; of two notes about one thing the first comes first. */
export const readNotes = (folder: StateFolder, name: string): Note[] =>
  folder.readLines(bucketOf(name)).flatMap((line) => content.safeParse(line).data ?? []);

/**
 * Adds a note.
 *
 * @param known what `readNotes` gave for the name
 * @param oldest what is older may go
 */
export function addNote(folder: StateFolder, note: Note, known: readonly Note[], oldest: number): void {
  const kept = known.filter(({ at }) => at >= oldest);
  if (known.length - kept.length < STALE_LINES) folder.addLine(bucketOf(note.name), note);
  else folder.writeLines(bucketOf(note.name), [...kept, note]);
}
