import { createHash } from "node:crypto";

/** More of a name is not needed to tell it from others, and a comment has its limits. */
const LONGEST = 200;

/** The first line of a stack's comment, by which the next run finds it again. Readers do not see it. */
export const stackMarker = (project: string, stack: string): string =>
  `<!-- pulumi-cja review ${encoded(project)}/${encoded(stack)} -->`;

/** The same for what names no stack: a preview that could not be read, or that failed before it had begun. */
export const sourceMarker = (source: string): string => `<!-- pulumi-cja review source ${encoded(source)} -->`;

/** Only there a marker counts: further down it may be quoted. */
export const firstLine = (body: string): string => (body.split(/\r?\n/, 1)[0] ?? "").trimEnd();

/** One word in which nothing ends a comment, a line or a name. */
function encoded(name: string): string {
  // Half of a surrogate pair, which JSON can hold, has no encoding.
  const word = encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/-(?=-|$)/g, "%2D");
  if (word.length <= LONGEST) return word;
  return `${word.slice(0, LONGEST / 2)}~${createHash("sha256").update(name).digest("hex")}`;
}
