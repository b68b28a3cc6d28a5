/** A piece of a text to be replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with some pieces replaced; those that are put at one place stay in their order. New lines end as the text's do. */
export function edited(content: string, edits: readonly TextEdit[]): string {
  const eol = content.includes("\r\n") ? "\r\n" : "\n";
  return [...edits]
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.start - a.start || b.order - a.order)
    .reduce(
      (text, { start, end, text: by }) => text.slice(0, start) + by.replace(/\r?\n/g, eol) + text.slice(end),
      content,
    );
}
