import * as builder from "../definition/builder";
import { camelCase } from "./slug";

/** Words of the language, and names that a module of TypeScript or of Node has already. */
const WORDS =
  "abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval exports extends false finally for from function get global globalThis if implements import in infer infinity instanceof interface is keyof let module namespace nan native never new null number object of package private process promise protected prototype public readonly require return set static string super switch symbol then this throw true try type undefined unique unknown var void while with yield";

/** What the exported program calls something else. */
const PROGRAM = "cja env adopted index segments segment";

/** Devices of Windows, which no file can be called, whatever its ending. */
const DEVICE = /^(con|prn|aux|nul|clock|com\d|lpt\d)$/;

const RESERVED: ReadonlySet<string> = new Set([...WORDS.split(" "), ...PROGRAM.split(" "), ...Object.keys(builder)]);

/** Whether something in small letters with dashes can be no name of a file or of a constant. */
export const isReserved = (words: string): boolean =>
  words === "" || /^\d/.test(words) || DEVICE.test(words) || RESERVED.has(camelCase(words));
