/** What reading a JSON text will meet. */
export interface Scanned {
  /** Levels of lists and objects inside of each other. */
  readonly depth: number;
  /** Some number has a form that JavaScript's numbers may not hold. */
  readonly suspicious: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Every number of so many characters without an exponent is one that a double holds. */
const SURE_LENGTH = 15;

/**
 * Looks through a JSON text once, without making anything of it: cheap beside the reading itself. It takes any text; what is
 * no JSON is for the reader to say.
 *
 * @param deepest where to stop: what lies deeper is not looked at
 */
export function scan(text: string, deepest = Infinity): Scanned {
  let depth = 0;
  let most = 0;
  let suspicious = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) most = depth;
      if (most > deepest) break;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (!suspicious && (code === MINUS || (code >= 0x30 && code <= 0x39))) {
      NUMBER.lastIndex = at;
      const [number = ""] = NUMBER.exec(text) ?? [];
      suspicious = number.length > SURE_LENGTH || /e|^-[0.]+$/i.test(number);
      if (number !== "") at += number.length - 1;
    }
  }
  return { depth: most, suspicious };
}

/** Where the text in quotes ends that begins here. */
function endOfText(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
