/** A piece of a text to be replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with some pieces replaced; those that are put at one place stay in their order. New lines end as the text's do. */
export function edited(content: string, edits: readonly TextEdit[]): string {
  const eol = content.includes("\r\n") ? "\r\n" : "\n";
  let [result, done] = ["", 0];
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += content.slice(done, Math.max(done, start)) + text.replace(/\r?\n/g, eol);
    done = Math.max(done, end);
  }
  return result + content.slice(done);
}
