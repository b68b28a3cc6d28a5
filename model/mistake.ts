/** One thing that is wrong in what a program gave to a resource, with the place and the way out. */
export interface Mistake {
  /** Where, in the program's own words: `definition.container.context`, `segmentIds[3]`. Empty for the whole. */
  readonly path: string;
  /** What was found and what is allowed instead. */
  readonly message: string;
}

/** A mistake within an argument, with its place in all of them. */
export const prefixPath = (argument: string, { path, message }: Mistake): Mistake => ({
  path: path === "" || path.startsWith("[") ? `${argument}${path}` : `${argument}.${path}`,
  message,
});

/**
 * The mistake without the value that was found. What the program could not check were outputs, and the engine does not tell
 * which of them are secret.
 */
export const withoutValue = ({ path, message }: Mistake): Mistake => ({
  path,
  message: message
    .replace(/\bfound (?:the \w+ )?"(?:[^"\\]|\\.)*"/g, "found a string")
    .replace(/\bfound the (?:number|bigint) [^\s,]+/g, "found a number"),
});

/** A definition made by a broken generator can have thousands; nobody reads them, and the first tell what is wrong. */
const MAX_LINES = 100;

/** One line of a report: `definition.container.context: found "session", …`. */
export const formatMistake = ({ path, message }: Mistake): string => (path === "" ? message : `${path}: ${message}`);

/** The lines of a report on one resource, each mistake once, indented by two blanks. */
export function formatMistakes(mistakes: readonly Mistake[]): string[] {
  const lines = [...new Set(mistakes.map((mistake) => `  ${formatMistake(mistake)}`))];
  const hiddenCount = lines.length - MAX_LINES;
  return hiddenCount > 0 ? [...lines.slice(0, MAX_LINES), `  … and ${hiddenCount} more`] : lines;
}

/** `1 mistake`, `48 mistakes`. */
export const pluralize = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;
