import { isVisible } from "./quote";

/**
 * The words of the language that can stand at the beginning of a line, or right before or after a name. A name with one of
 * them in it is quoted, or it could be read as more than a name.
 */
const RESERVED: ReadonlySet<string> = new Set(
  [
    "is does equals contains starts ends matches comes lies exists occurs applies where with",
    "the unnamed unknown nothing it there no not all any at these only first then but never and or",
    "after before within hits visits visitors context",
  ].flatMap((words) => words.split(" ")),
);

const WORD = /^[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_.$/&+%-]*$/u;

/** Whether a name can be told without quotes and still be taken for nothing but a name. */
export function isPlainName(name: string): boolean {
  return (
    /\p{L}/u.test(name) &&
    isVisible(name) &&
    name.split(" ").every((word) => WORD.test(word) && !RESERVED.has(word.toLowerCase()))
  );
}
