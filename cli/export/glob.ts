/** A pattern with `*` for anything, `?` for one character and `\` before either for itself; capitals do not matter. */
export function glob(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/\\([\s\S])|[\s\S]/gu, (found, escaped?: string) => {
    if (escaped !== undefined) return literal(escaped);
    return found === "*" ? "[\\s\\S]*" : found === "?" ? "[\\s\\S]" : literal(found);
  });
  const expression = new RegExp(`^${source.replace(/(?:\[\\s\\S\]\*)+/g, "[\\s\\S]*")}$`, "iu");
  return (text) => expression.test(text);
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
