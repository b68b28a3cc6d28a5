import type { Failure } from "./report";

const MOST_FAILURES = 10;
const MOST_LINES = 20;
const MOST_CHARACTERS = 1_500;

/** The first failures and the first lines of each, for where there is no room for all of them. */
export function cutFailures(failures: readonly Failure[]): Failure[] {
  const more = failures.length - MOST_FAILURES;
  const counted = { resource: undefined, message: `… and ${more} more: the log of the preview has all of them.` };
  return [
    ...failures.slice(0, MOST_FAILURES).map((failure) => ({ ...failure, message: cut(failure.message) })),
    ...(more > 0 ? [counted] : []),
  ];
}

function cut(message: string): string {
  const lines = message.split("\n").slice(0, MOST_LINES).join("\n");
  // Never between the halves of a surrogate pair.
  const text = lines.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
  return text === message ? message : `${text.trimEnd()}\n…`;
}
