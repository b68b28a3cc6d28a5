/** Texts that runners and terminals obey, and what of a log they would obey: written from the runners' own rules. */
export const HOSTILE = [
  "::error file=app.js::pwned",
  " \t::stop-commands::x",
  "\u00a0\u2003::add-mask::a",
  "one\n::warning::two",
  "one\r::warning::two",
  "one\u0085::warning::two",
  "##vso[task.setvariable variable=x]y",
  "a##[error]b",
  "###[group]",
  "##teamcity[buildStop]",
  "\u001b[2J\u001b]0;title\u0007",
  "\u009b31m\u007f\u0000",
] as const;

/** What GitHub, Azure Pipelines and TeamCity take for a command, and what a terminal takes for a control character. */
export function obeyed(log: string): string[] {
  const lines = log.split(/\r\n|\r|\n/);
  const commands = lines.filter((line) => /^[\s\u0085\u180e]*::/.test(line) || /##\w*\[/.test(line));
  return [...commands, ...[...log].filter((sign) => /[^\P{Cc}\n\t]/u.test(sign))];
}
