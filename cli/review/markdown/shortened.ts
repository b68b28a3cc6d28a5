const NOTE = "\n\n_The rest is left out, since a comment has its limits: the job's log has all of it._\n";

/**
 * Ends a text after the last line that fits. A block of code that is open there is closed: what follows would be taken for code.
 *
 * @param most characters as JavaScript counts them, which is never less than what the services count
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept: string[] = [];
  let open: string | undefined;
  let room = most - NOTE.length;
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
  return [...kept, ...(open === undefined ? [] : [open])].join("\n") + NOTE;
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
