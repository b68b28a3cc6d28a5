/** Levels that a YAML text may have: environments have three, and Pulumi's own files not many more. */
export const MAX_YAML_DEPTH = 100;

/**
 * Whether a YAML text is nested too deeply to be parsed: the library exhausts the stack, and ends the whole process for a line
 * of twenty thousand `- - -`. It counts brackets that are open, and how far lines are indented, and so rather too much.
 */
export function isTooDeepYaml(text: string): boolean {
  let openBrackets = 0;
  let indent = 0;
  let indicators = 0;
  let inContent = false;
  for (const character of text) {
    if (character === "\n") [indent, indicators, inContent] = [0, 0, false];
    else if (inContent || character === "\r") continue;
    else if (character === " " || character === "\t") indent += 1;
    else if (character === "-" || character === "?" || character === ":") indicators += 1;
    else {
      inContent = true;
      if (indent > 2 * MAX_YAML_DEPTH && character !== "#") return true;
    }
    if (indicators > MAX_YAML_DEPTH) return true;
  }
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    openBrackets += bracket === "[" || bracket === "{" ? 1 : openBrackets > 0 ? -1 : 0;
    if (openBrackets > MAX_YAML_DEPTH) return true;
  }
  return false;
}
