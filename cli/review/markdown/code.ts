import { escapeInvisible } from "../../escape-invisible";

// Letters that are written from right to left would take the signs beside them along.
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Somebody's words in Markdown: in code, where nothing is markup, a mention, a link or an emoji's name, and where every character
 * can be seen.
 */
export function code(text: string): string {
  const shown = escapeInvisible(text);
  if (shown === "") return "_empty_";
  const fence = "`".repeat(longestTicks(shown) + 1);
  const room = /^[` ]|[` ]$/.test(shown) ? " " : "";
  const span = `${fence}${room}${shown}${room}${fence}`;
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${span}\u2069` : span;
}

/** Lines of somebody's words. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestTicks(line) + 1)));
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}

const longestTicks = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
