import { isMistaken, readJsonEvent, type Mistaken } from "./read-event";
import type { SampleEvent } from "./sample-event";

/** How many mistakes are told one by one. */
const MAX_TOLD = 20;

/** The mistakes of many lines: the first are told, the others counted. */
export class EventMistakes {
  readonly #told: string[] = [];
  #count = 0;

  /** @param line counted from 1 */
  add(line: number, { mistakes }: Mistaken): void {
    for (const mistake of mistakes) {
      this.#count += 1;
      if (this.#told.length < MAX_TOLD) this.#told.push(`line ${line}: ${mistake}`);
    }
  }

  get count(): number {
    return this.#count;
  }

  /** @param place the file's name, or what the events are */
  toError(place: string): Error {
    const rest = this.#count - this.#told.length;
    const more = rest === 0 ? [] : [`and ${rest.toLocaleString("en-US")} more`];
    const heading = this.#count === 1 ? "has a mistake" : `has ${this.#count.toLocaleString("en-US")} mistakes`;
    return new Error([`${place} ${heading}:`, ...this.#told, ...more].join("\n  "));
  }
}

/**
 * The events of a text in JSON lines, one event a line; empty lines are passed over.
 *
 * @throws Error with the mistakes of all lines
 * @example readEvents(readFileSync("events.jsonl", "utf8"))
 */
export function readEvents(text: string): SampleEvent[] {
  const mistakes = new EventMistakes();
  const events: SampleEvent[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const read = readJsonEvent(line);
    if (isMistaken(read)) mistakes.add(index + 1, read);
    else events.push(read);
  }
  if (mistakes.count > 0) throw mistakes.toError("the text with the events");
  return events;
}
