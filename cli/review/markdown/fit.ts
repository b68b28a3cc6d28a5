import type { Section } from "../report/sections";

/** A part of the comment that may be left out where there is no room. */
export interface Entry {
  /** What stays when the rest goes: one line. */
  readonly line: string;
  readonly body: string;
  /** What goes first. */
  readonly diagram?: string;
}

/** What is never left out, and what may be. */
export interface Comment {
  readonly summary: string;
  readonly sections: readonly Section<Entry>[];
}

/** What of an entry is shown. */
type Detail = "all" | "without diagram" | "line" | "nothing";

const GAP = "\n\n";
/** Room for the sentence that says what is missing. */
const NOTE_LENGTH = 200;

/**
 * Puts a comment together within a length: diagrams go first, then bodies, then the lines of entries, from the last entry on
 * backwards; never the summary. A note says what was left out.
 *
 * @param maxLength characters as JavaScript counts them, which is never less than what GitHub counts
 */
export function fitComment(comment: Comment, maxLength: number): string {
  const entries = comment.sections.flatMap((section) => section.entries);
  const details: Detail[] = entries.map(() => "all");
  const titles = comment.sections.reduce((sum, { title }) => sum + title.length + GAP.length, 0);
  let length = comment.summary.length + titles + entries.reduce((sum, entry) => sum + sizeOf(entry, "all"), 0);
  const omitted = { diagrams: 0, bodies: 0, lines: 0 };
  const drop = (to: Detail, count: keyof typeof omitted, applies: (entry: Entry) => boolean) => {
    for (let i = entries.length - 1; i >= 0 && length > maxLength - NOTE_LENGTH; i -= 1) {
      const [entry, now] = [entries[i], details[i]];
      if (!entry || now === undefined || !applies(entry)) continue;
      length += sizeOf(entry, to) - sizeOf(entry, now);
      details[i] = to;
      omitted[count] += 1;
    }
  };
  if (length > maxLength) {
    drop("without diagram", "diagrams", ({ diagram }) => diagram !== undefined);
    drop("line", "bodies", ({ body }) => body !== "");
    drop("nothing", "lines", () => true);
  }
  return assemble(comment, details, omittedNote(omitted));
}

function assemble({ summary, sections }: Comment, details: readonly Detail[], note: string): string {
  let index = 0;
  const texts = sections.flatMap(({ title, entries }) => {
    const inside = entries.flatMap((entry) => textOf(entry, details[index++] ?? "all"));
    return inside.length === 0 ? [] : [title, ...inside];
  });
  return [summary, ...(note === "" ? [] : [note]), ...texts].join(GAP) + "\n";
}

function textOf({ line, body, diagram }: Entry, details: Detail): string[] {
  if (details === "nothing") return [];
  const parts = [
    line,
    ...(details === "line" ? [] : [body]),
    ...(details === "all" && diagram !== undefined ? [diagram] : []),
  ];
  return [parts.filter((part) => part !== "").join(GAP)];
}

const sizeOf = (entry: Entry, details: Detail): number =>
  textOf(entry, details).reduce((sum, text) => sum + text.length + GAP.length, 0);

function omittedNote({ diagrams, bodies, lines }: { diagrams: number; bodies: number; lines: number }): string {
  const parts = [
    countText(diagrams, "diagram"),
    bodies === 0 ? "" : `details of ${countText(bodies, "change")}`,
    lines === 0 ? "" : `${countText(lines, "change")} altogether`,
  ];
  const named = parts.filter((part) => part !== "").join(", ");
  return named === ""
    ? ""
    : `_Left out to keep the comment within its maximum length: ${named}._ \`pulumi-cja review --html\` makes a page with everything.`;
}

const countText = (count: number, one: string): string =>
  count === 0 ? "" : `${count} ${count === 1 ? one : `${one}s`}`;

const CUT_NOTICE =
  "\n\n_The rest is left out to keep the comment within its maximum length. The job's log has all of it._\n";

/**
 * Ends a text after the last line that fits. A block of code that is open there is closed: what follows would be taken for code.
 *
 * @param maxLength characters as JavaScript counts them, which is never less than what the services count
 */
export function shortenMarkdown(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const keptLines: string[] = [];
  let open: string | undefined;
  let room = maxLength - CUT_NOTICE.length;
  for (const line of text.split("\n")) {
    const after = openFenceAfter(line, open);
    const closing = after === undefined ? 0 : after.length + 1;
    if (line.length + 1 + closing > room) {
      // A line of code that alone is too long is cut, since nothing in it is markup.
      const part = open === undefined ? "" : cutLine(line, room - open.length - 2);
      if (part !== "") keptLines.push(part);
      break;
    }
    keptLines.push(line);
    room -= line.length + 1;
    open = after;
  }
  return [...keptLines, ...(open === undefined ? [] : [open])].join("\n") + CUT_NOTICE;
}

/** The fence of the block of code that is open after a line, if one is. */
function openFenceAfter(line: string, open: string | undefined): string | undefined {
  const [, fence = "", rest = ""] = /^(`{3,})?(.*)$/s.exec(line) ?? [];
  if (open === undefined) return fence === "" ? undefined : fence;
  return fence.length >= open.length && rest.trim() === "" ? undefined : open;
}

/** Never between the halves of a surrogate pair. */
function cutLine(line: string, maxLength: number): string {
  if (maxLength <= 0) return "";
  const part = line.slice(0, maxLength);
  return /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part;
}
