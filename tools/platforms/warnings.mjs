/** What no user should read: lines of an installation or a run that warn of what the package, or a library that it brings, does. */

/** What Node, npm, pnpm, yarn and bun print. */
const unwelcome = [
  /\w+Warning: /,
  /^\s*npm warn EBADENGINE/i,
  /^\s*(npm )?warn(ing)?\b.*\bdeprecated\b/i,
  /YN\d+: .*\bdeprecated\b/,
];

/** The lines that warn, each once. `known` are warnings of others, which nobody here can end. */
export function warningsIn(output, known = []) {
  const lines = output.split("\n").filter((line) => unwelcome.some((pattern) => pattern.test(line)));
  return [...new Set(lines.map((line) => line.trim()))].filter((line) => !known.some((pattern) => pattern.test(line)));
}
