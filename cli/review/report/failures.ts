import { parseWarningLine } from "../../../model/notices";
import { isError } from "../preview/content";
import type { Diagnostic } from "../preview/preview";
import type { Failure } from "./report";

/** The last word of the engine says nothing, but that it failed. Where it is the only one, whatever else was said may say why. */
export function collectFailures(diagnostics: readonly Diagnostic[]): Failure[] {
  const errors = diagnostics.filter(isError);
  const informative = errors.filter(({ message }) => !/^(?:error: )?preview failed\s*$/.test(message));
  if (informative.length > 0 || errors.length === 0) return informative.map(toFailure);
  const rest = diagnostics.filter((one) => !isError(one) && !isWarning(one) && one.message.trim() !== "");
  return [{ resource: undefined, message: NO_REASON }, ...rest.map(toFailure)];
}

const NO_REASON =
  "preview failed, and its output does not say why: a mandatory policy may forbid it. Run pulumi preview without --json to see the reason.";

/** The provider's own warnings come through its standard error, which the engine calls information. */
export const isWarning = ({ severity, message }: Diagnostic): boolean =>
  severity === "warning" || (severity.startsWith("info") && parseWarningLine(message.trimStart()) !== undefined);

export const toFailure = ({ urn, message }: Diagnostic): Failure => ({
  resource: urn && urn.types.at(-1) !== "pulumi:pulumi:Stack" ? urn.name : undefined,
  message: stripStackFrames(message.replace(/^error: /, "")).trim(),
});

/** Where in Node it happened says nothing to a reader, and where in the file system nothing to anybody else. */
const stripStackFrames = (message: string): string => message.replace(FRAME, "");
const FRAME =
  /^[ \t]+at (?:.*\((?:.*:\d+:\d+|<anonymous>|index \d+|native)\)|(?:async )?(?:node:|file:|\/|[A-Z]:\\).*:\d+:\d+)[ \t]*\n?/gm;

const MAX_FAILURES = 10;
const MAX_LINES = 20;
const MAX_CHARACTERS = 1_500;

/** The first failures and the first lines of each, for where there is no room for all of them. */
export function shortenFailures(failures: readonly Failure[]): Failure[] {
  const more = failures.length - MAX_FAILURES;
  const counted = { resource: undefined, message: `… and ${more} more: the log of the preview has all of them.` };
  return [
    ...failures.slice(0, MAX_FAILURES).map((failure) => ({ ...failure, message: shortenMessage(failure.message) })),
    ...(more > 0 ? [counted] : []),
  ];
}

function shortenMessage(message: string): string {
  const lines = message.split("\n").slice(0, MAX_LINES).join("\n");
  // Never between the halves of a surrogate pair.
  const text = lines.slice(0, MAX_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
  return text === message ? message : `${text.trimEnd()}\n…`;
}
