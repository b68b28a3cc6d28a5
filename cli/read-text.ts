import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

/** A text in UTF-8, or in what its first bytes say: PowerShell's `>` writes UTF-16, and editors of Windows a mark before UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  // It leaves out the mark.
  return new TextDecoder(encoding).decode(bytes);
}

export const readTextFile = (path: string): string => decodeText(readFileSync(path));

export const readTextStream = async (stream: NodeJS.ReadableStream): Promise<string> =>
  decodeText(await buffer(stream));
