import type { SampleEvent } from "../../../../definition";

/** Events, and those of them that stood in brackets. */
export interface Marked {
  readonly events: readonly SampleEvent[];
  readonly marked: readonly SampleEvent[];
}

type Values = Record<string, SampleEvent["values"][string]>;

const START = Date.UTC(2024, 5, 1);
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
const METRICS: readonly string[] = ["orders", "revenue", "occurrences", "visits", "visitors"];
const TOKEN = /[[\]]|;|\|\d*|[^\s[\]|;{}]+(?:\{[^}]*\})?/g;

/**
 * Reads events as a test writes them: `[Home Cart] | Home{orders=2} ; Cart@3d`.
 *
 * A word is an event and its page, `-` one without a page; `|` begins the person's next session, `|1` goes on with
 * the first one, `;` begins the next person. Each event is a
 * minute after the one before; `@90m`, `@3h` or `@2d` after the name is its time since the beginning of June 2024, `@2024-01-31T10:00` any
 * other. Braces hold further values: `{tag=x+y,orders=2}` (lists with a plus; quotes make text of a number), with `~` before those that
 * only persist. In brackets stands what should be selected.
 */
export function marked(text: string): Marked {
  const events: SampleEvent[] = [];
  const selected: SampleEvent[] = [];
  let [person, session, sessions, time, isMarked] = [1, 1, 1, START, false];
  for (const token of text.match(TOKEN) ?? []) {
    if (token === "[" || token === "]") isMarked = token === "[";
    else if (token === "|") session = sessions += 1;
    else if (token.startsWith("|")) session = Number(token.slice(1));
    else if (token === ";") [person, session, sessions, time] = [person + 1, 1, 1, START];
    else {
      const event = eventOf(token, { person: `p${person}`, session: `s${session}`, time });
      time = (event.time as number) + 60_000;
      events.push(event);
      if (isMarked) selected.push(event);
    }
  }
  return { events, marked: selected };
}

function eventOf(token: string, at: Pick<SampleEvent, "person" | "session"> & { readonly time: number }): SampleEvent {
  const [, page = "", time = "", braces = ""] = /^([^@{]*)(?:@([^{]*))?(?:\{(.*)\})?$/.exec(token) ?? [];
  const values: Values = page === "-" ? {} : { "variables/page": page };
  const persisted: Values = {};
  for (const field of braces === "" ? [] : braces.split(",")) {
    const [, only, id = "", value = ""] = /^(~?)(\w+)=(.*)$/.exec(field) ?? [];
    (only === "~" ? persisted : values)[`${METRICS.includes(id) ? "metrics" : "variables"}/${id}`] = valueOf(value);
  }
  return { ...at, ...(time !== "" && { time: timeOf(time) }), values, ...(braces.includes("~") && { persisted }) };
}

function timeOf(text: string): number {
  const [, count, unit = ""] = /^(\d+)([mhd])$/.exec(text) ?? [];
  return count === undefined ? Date.parse(`${text}Z`) : START + Number(count) * (MINUTES[unit] ?? Number.NaN) * 60_000;
}

function valueOf(text: string): Values[string] {
  if (text === "null") return null;
  if (text === "()") return [];
  const list = text.split("+").map((word) => {
    if (word === "true" || word === "false") return word === "true";
    return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word.replace(/^'(.*)'$/, "$1");
  });
  return list.length === 1 ? (list[0] ?? null) : list;
}
