import { createHash } from "node:crypto";
import { normalize } from "node:path";
import { STANDARD_INPUT } from "../review/sources";
import { firstSetVariable } from "./target";

/** More of a name is not needed to tell it from others, and a comment has its limits. */
const MAX_WORD_LENGTH = 200;

/**
 * What a comment's first line says, by which the next run finds it again. Readers do not see it. Each part is one word, as it
 * stands there.
 */
export interface Marker {
  /** `web/prod`. Undefined for what names no stack: a preview that could not be read, or that failed before it had begun. */
  readonly stack?: string | undefined;
  /** What the preview was read from. Older versions did not tell it of a stack. */
  readonly source?: string | undefined;
  /** The job's run that wrote a stack's, where that is known. */
  readonly run?: string | undefined;
}

export const encodeStack = (project: string, stack: string): string => `${encodeWord(project)}/${encodeWord(stack)}`;
export const encodeSource = (source: string): string => encodeWord(source);
export const hashRun = (run: string): string => createHash("sha256").update(run).digest("hex").slice(0, 12);

export function formatMarker({ stack, source, run }: Marker): string {
  if (stack === undefined) return `<!-- pulumi-cja review source ${source ?? ""} -->`;
  const from = source === undefined ? "" : ` from ${source}`;
  return `<!-- pulumi-cja review ${stack}${from}${run === undefined ? "" : ` in ${run}`} -->`;
}

const STACK_MARKER = /^<!-- pulumi-cja review ([^\s/]*\/[^\s/]*)(?: from (\S+))?(?: in (\S+))? -->$/;
const SOURCE_MARKER = /^<!-- pulumi-cja review source (\S+) -->$/;

/** Only on the first line a marker counts: further down it may be quoted. */
export function parseMarker(body: string): Marker | undefined {
  const line = firstLine(body);
  const [, stack, from, run] = STACK_MARKER.exec(line) ?? [];
  if (stack !== undefined) return { stack, source: from, run };
  const [, source] = SOURCE_MARKER.exec(line) ?? [];
  return source === undefined ? undefined : { source };
}

/** Whether two comments are one and the same at different times. A stack has one, wherever its preview was read from. */
export const isSameComment = (one: Marker, other: Marker): boolean =>
  one.stack === other.stack && (one.stack !== undefined || one.source === other.source);

export const firstLine = (body: string): string => (body.split(/\r?\n/, 1)[0] ?? "").trimEnd();

/** One word in which nothing ends a comment, a line or a name. */
function encodeWord(name: string): string {
  // Half of a surrogate pair, which JSON can hold, has no encoding.
  const encoded = encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/-(?=-|$)/g, "%2D");
  if (encoded.length <= MAX_WORD_LENGTH) return encoded;
  return `${encoded.slice(0, MAX_WORD_LENGTH / 2)}~${createHash("sha256").update(name).digest("hex")}`;
}

/** For readers. Of a long name its beginning is left. */
export function decodeStackName(stack: string): string {
  try {
    return decodeURIComponent(stack.replace(/~[0-9a-f]{64}/g, "…"));
  } catch {
    return stack;
  }
}

/** By what the next run knows a source again: `./a/x.json` is `a/x.json`, and each job has a standard input of its own. */
export function sourceKey(name: string, environment: NodeJS.ProcessEnv): string {
  if (name !== STANDARD_INPUT) return normalize(name).replaceAll("\\", "/");
  const job = [
    firstSetVariable(environment, "GITHUB_WORKFLOW"),
    firstSetVariable(environment, "GITHUB_JOB", "CI_JOB_NAME"),
  ];
  const known = job.filter((part) => part !== undefined);
  return known.length === 0 ? name : `${name} of ${known.join("/")}`;
}
