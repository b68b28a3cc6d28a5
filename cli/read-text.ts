import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { TextDecoder } from "node:util";

/** For UTF-8, or what the first bytes say: PowerShell's `>` writes UTF-16, and editors of Windows a mark before UTF-8. It leaves out the mark. */
export function decoderFor([first, second]: Uint8Array): TextDecoder {
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding);
}

export const decodeText = (bytes: Uint8Array): string => decoderFor(bytes).decode(bytes);

export const readTextFile = (path: string): string => decodeText(readFileSync(path));

export const readTextStream = async (stream: NodeJS.ReadableStream): Promise<string> =>
  decodeText(await buffer(stream));
