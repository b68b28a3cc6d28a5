import { errorCode } from "../../provider/error-code";
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { csvEventReader } from "../../definition/evaluate/csv-event";
import { isMistaken, readJsonEvent, type ReadEvent } from "../../definition/evaluate/read-event";
import { rowsIn } from "./csv-rows";
import { decodeText, decoderFor } from "../read-text";
import { EventMistakes } from "../../definition/evaluate/read-events";
import type { SampleEvent } from "../../definition/evaluate/sample-event";
import type { Terminal } from "../terminal";

/** An event, or what is wrong with it, and where it stands. */
export interface NumberedEvent {
  /** Counted from 1. */
  readonly line: number;
  readonly read: ReadEvent;
}

/** Where events are read from, as often as it takes. */
export interface EventsFile {
  /** For messages: the file's name, or `standard input`. */
  readonly place: string;
  /** Some events at a time, in the order of the file. */
  readonly read: () => AsyncIterable<readonly NumberedEvent[]>;
}

/** So much is read at once. */
const CHUNK = 1 << 20;

/** A line that is longer holds more than one event. */
const MAX_LINE = 10_000_000;

/** How many rows are passed on at once. */
const BATCH = 1_000;

/**
 * Events in JSON lines or CSV: from a file, of any size, since no more of it is held than is passed on; or from standard input for `-`.
 *
 * @throws Error where there is no such file
 */
export async function openEventsFile(file: string, terminal: Pick<Terminal, "standardInput">): Promise<EventsFile> {
  const advice = "name a file with events in JSON lines (.jsonl) or CSV (.csv)";
  if (file === "-") {
    const text = await terminal.standardInput().catch((error: unknown) => {
      if (errorCode(error) !== "ERR_STRING_TOO_LONG") throw error;
      throw new Error(
        "standard input has more than can be held: write it to a file, of which a part is held at a time",
        {
          cause: error,
        },
      );
    });
    return eventsFile("standard input", text, () => onlyText(text));
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`there is no file ${file}: ${advice}`);
  if (found.isDirectory()) throw new Error(`${file} is a folder: ${advice}`);
  // It is read more than once.
  if (!found.isFile())
    throw new Error(
      `${file} is no file but a pipe or a device: write the events to a file, or give them to - on standard input`,
    );
  return eventsFile(file, beginningOf(file), () => textsIn(createReadStream(file, { highWaterMark: CHUNK })));
}

/**
 * Reads events one after another. After the first mistake the rest is read for other mistakes only.
 *
 * @param take what is done with each; false stops the reading
 * @returns whether it was not stopped
 */
export async function eachEvent(file: EventsFile, take: (event: SampleEvent) => boolean): Promise<boolean> {
  const mistakes = new EventMistakes();
  let isEmpty = true;
  for await (const batch of file.read()) {
    for (const { line, read } of batch) {
      isEmpty = false;
      if (isMistaken(read)) mistakes.add(line, read);
      else if (mistakes.count === 0 && !take(read)) return false;
    }
  }
  if (mistakes.count > 0) throw mistakes.toError(file.place);
  if (isEmpty)
    throw new Error(
      `${file.place} has no events: write one a line, such as {"person": "p1", "session": "s1", "time": "2026-03-01T09:30:00Z", "values": {"variables/page": "Home"}}`,
    );
  return true;
}

/** All events, where they are few enough to be held. */
export async function allEvents(file: EventsFile): Promise<SampleEvent[]> {
  const events: SampleEvent[] = [];
  await eachEvent(file, (event) => events.push(event) > 0);
  return events;
}

function eventsFile(place: string, beginning: string, texts: () => AsyncIterable<string>): EventsFile {
  const isTable = place.endsWith(".csv") || (!/\.(?:jsonl|ndjson|json)$/.test(place) && !/^\s*[[{]/.test(beginning));
  if (beginning.trim() === "") return { place, read: none };
  const read = () => (isTable ? tableEvents(texts(), delimiterIn(beginning)) : lineEvents(texts()));
  return { place, read: () => placed(place, read()) };
}

/** What stops the reading says in which file. */
async function* placed<T>(place: string, values: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* values;
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function* onlyText(text: string): AsyncGenerator<string> {
  yield text;
}

async function* none(): AsyncGenerator<never> {
  // There is nothing to tell of an empty file but that it is empty.
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(4_096);
    return decodeText(buffer.subarray(0, readSync(descriptor, buffer)));
  } finally {
    closeSync(descriptor);
  }
}

async function* textsIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: ReturnType<typeof decoderFor> | undefined;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield rest;
}

async function* lineEvents(texts: AsyncIterable<string>): AsyncGenerator<readonly NumberedEvent[]> {
  let count = 0;
  let rest = "";
  const toEvents = (lines: readonly string[]): NumberedEvent[] => {
    const events: NumberedEvent[] = [];
    for (const line of lines) {
      count += 1;
      if (line.trim() !== "") events.push({ line: count, read: readJsonEvent(line) });
    }
    return events;
  };
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE)
      throw new Error(
        `line ${count + lines.length + 1} has more than ${MAX_LINE.toLocaleString("en-US")} characters: write each event on a line of its own`,
      );
    yield toEvents(lines);
  }
  yield toEvents([rest]);
}

async function* tableEvents(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<readonly NumberedEvent[]> {
  let toEvent: ((cells: readonly string[]) => ReadEvent) | undefined;
  let events: NumberedEvent[] = [];
  for await (const { line, cells } of rowsIn(texts, delimiter)) {
    if (toEvent === undefined) {
      const reader = csvEventReader(cells);
      if (isMistaken(reader)) {
        yield [{ line, read: reader }];
        return;
      }
      toEvent = reader;
      continue;
    }
    events.push({ line, read: toEvent(cells) });
    if (events.length === BATCH) {
      yield events;
      events = [];
    }
  }
  yield events;
}

/** Spreadsheets write semicolons in some countries, and tabs into the clipboard. */
function delimiterIn(beginning: string): string {
  const [header = ""] = beginning.split("\n", 1);
  return ["\t", ";"].find((sign) => header.includes(sign) && !header.includes(",")) ?? ",";
}
