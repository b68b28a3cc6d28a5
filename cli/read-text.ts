import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

/** A text in UTF-8, or in what its first bytes say: PowerShell's `>` writes UTF-16, and editors of Windows a mark before UTF-8. */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  // It leaves out the mark.
  return new TextDecoder(encoding).decode(bytes);
}

export const textOfFile = (path: string): string => decoded(readFileSync(path));

export const textOfStream = async (stream: NodeJS.ReadableStream): Promise<string> => decoded(await buffer(stream));
