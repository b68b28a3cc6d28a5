/** Cuts a text that is too long to be read in a message. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A text in quotes, short enough for a message. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text));
}
