import { quoted } from "../definition/sentences/quote";

/** Somebody's words in one line, with everything that shows nothing, or turns the line around, written as an escape. */
export const escapeInvisible = (text: string): string =>
  quoted(text)
    .slice(1, -1)
    .replace(/\\(["\\])/g, "$1");
