/** Levels that a YAML text may have: environments have three, and Pulumi's own files not many more. */
export const MAX_YAML_DEPTH = 100;

/**
 * Whether a YAML text is nested too deeply to be parsed: the library exhausts the stack, and ends the whole process for a line
 * of twenty thousand `- - -`. It counts brackets that are open, and how far lines are indented, and so rather too much.
 */
export function isTooDeepYaml(text: string): boolean {
  let open = 0;
  let blanks = 0;
  let signs = 0;
  let isContent = false;
  for (const character of text) {
    if (character === "\n") [blanks, signs, isContent] = [0, 0, false];
    else if (isContent || character === "\r") continue;
    else if (character === " " || character === "\t") blanks += 1;
    else if (character === "-" || character === "?" || character === ":") signs += 1;
    else {
      isContent = true;
      if (blanks > 2 * MAX_YAML_DEPTH && character !== "#") return true;
    }
    if (signs > MAX_YAML_DEPTH) return true;
  }
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    open += bracket === "[" || bracket === "{" ? 1 : open > 0 ? -1 : 0;
    if (open > MAX_YAML_DEPTH) return true;
  }
  return false;
}
