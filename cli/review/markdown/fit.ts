import type { Section } from "../report/parts";

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
type Shown = "all" | "without diagram" | "line" | "nothing";

const GAP = "\n\n";
/** Room for the sentence that says what is missing. */
const NOTE = 200;

/**
 * Puts a comment together within a length: diagrams go first, then bodies, then the lines of entries, from the last entry on
 * backwards; never the summary. What was left out is said.
 *
 * @param most characters as JavaScript counts them, which is never less than what GitHub counts
 */
export function fitted(comment: Comment, most: number): string {
  const entries = comment.sections.flatMap((section) => section.entries);
  const shown: Shown[] = entries.map(() => "all");
  const titles = comment.sections.reduce((sum, { title }) => sum + title.length + GAP.length, 0);
  let length = comment.summary.length + titles + entries.reduce((sum, entry) => sum + sizeOf(entry, "all"), 0);
  const left = { diagrams: 0, bodies: 0, lines: 0 };
  const drop = (to: Shown, count: keyof typeof left, applies: (entry: Entry) => boolean) => {
    for (let i = entries.length - 1; i >= 0 && length > most - NOTE; i -= 1) {
      const [entry, now] = [entries[i], shown[i]];
      if (!entry || now === undefined || !applies(entry)) continue;
      length += sizeOf(entry, to) - sizeOf(entry, now);
      shown[i] = to;
      left[count] += 1;
    }
  };
  if (length > most) {
    drop("without diagram", "diagrams", ({ diagram }) => diagram !== undefined);
    drop("line", "bodies", ({ body }) => body !== "");
    drop("nothing", "lines", () => true);
  }
  return assembled(comment, shown, noteOf(left));
}

function assembled({ summary, sections }: Comment, shown: readonly Shown[], note: string): string {
  let index = 0;
  const texts = sections.flatMap(({ title, entries }) => {
    const inside = entries.flatMap((entry) => textOf(entry, shown[index++] ?? "all"));
    return inside.length === 0 ? [] : [title, ...inside];
  });
  return [summary, ...(note === "" ? [] : [note]), ...texts].join(GAP) + "\n";
}

function textOf({ line, body, diagram }: Entry, shown: Shown): string[] {
  if (shown === "nothing") return [];
  const parts = [
    line,
    ...(shown === "line" ? [] : [body]),
    ...(shown === "all" && diagram !== undefined ? [diagram] : []),
  ];
  return [parts.filter((part) => part !== "").join(GAP)];
}

const sizeOf = (entry: Entry, shown: Shown): number =>
  textOf(entry, shown).reduce((sum, text) => sum + text.length + GAP.length, 0);

function noteOf({ diagrams, bodies, lines }: { diagrams: number; bodies: number; lines: number }): string {
  const parts = [
    counted(diagrams, "diagram"),
    bodies === 0 ? "" : `details of ${counted(bodies, "change")}`,
    lines === 0 ? "" : `${counted(lines, "change")} altogether`,
  ];
  const named = parts.filter((part) => part !== "").join(", ");
  return named === ""
    ? ""
    : `_Left out to keep the comment within its maximum length: ${named}._ \`pulumi-cja review --html\` makes a page with everything.`;
}

const counted = (count: number, one: string): string =>
  count === 0 ? "" : `${count} ${count === 1 ? one : `${one}s`}`;

const THE_REST =
  "\n\n_The rest is left out to keep the comment within its maximum length. The job's log has all of it._\n";

/**
 * Ends a text after the last line that fits. A block of code that is open there is closed: what follows would be taken for code.
 *
 * @param most characters as JavaScript counts them, which is never less than what the services count
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept: string[] = [];
  let open: string | undefined;
  let room = most - THE_REST.length;
  for (const line of text.split("\n")) {
    const after = openAfter(line, open);
    const closing = after === undefined ? 0 : after.length + 1;
    if (line.length + 1 + closing > room) {
      // A line of code that alone is too long is cut, since nothing in it is markup.
      const part = open === undefined ? "" : cut(line, room - open.length - 2);
      if (part !== "") kept.push(part);
      break;
    }
    kept.push(line);
    room -= line.length + 1;
    open = after;
  }
  return [...kept, ...(open === undefined ? [] : [open])].join("\n") + THE_REST;
}

/** The fence of the block of code that is open after a line, if one is. */
function openAfter(line: string, open: string | undefined): string | undefined {
  const [, fence = "", rest = ""] = /^(`{3,})?(.*)$/s.exec(line) ?? [];
  if (open === undefined) return fence === "" ? undefined : fence;
  return fence.length >= open.length && rest.trim() === "" ? undefined : open;
}

/** Never between the halves of a surrogate pair. */
function cut(line: string, most: number): string {
  if (most <= 0) return "";
  const part = line.slice(0, most);
  return /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part;
}
