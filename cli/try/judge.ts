import type { CompiledDefinition } from "../../definition/evaluate/compile";
import { eventTime } from "../../definition/evaluate/event-time";
import type { SampleEvent, Values } from "../../definition/evaluate/sample-event";
import type { Explanation, SelectionExplainer } from "../../definition/evaluate/why";
import { eachEvent, type EventsFile } from "../events-file/events-file";

/** How many of something are selected, and how many there are. */
export interface Count {
  selected: number;
  all: number;
}

/** What a definition makes of a person. */
export interface Verdict extends Explanation {
  readonly person: string;
  readonly events: Readonly<Count>;
  readonly sessions: Readonly<Count>;
}

export interface Judgement {
  readonly persons: Count;
  readonly sessions: Count;
  readonly events: Count;
  /** Those of whom more is told, in the order of the file. */
  readonly verdicts: readonly Verdict[];
  /** Every person of the file. */
  readonly known: ReadonlySet<string>;
  /** The components that some event has. */
  readonly components: ReadonlySet<string>;
}

export interface JudgeOptions {
  readonly compiled: CompiledDefinition;
  readonly explainer: SelectionExplainer;
  /** The components that the definition asks for: others are not kept. */
  readonly components: ReadonlySet<string>;
  /** Of whom more is to be told. It is asked of each person once, in the order of the file. */
  readonly tells: () => (person: string, selected: boolean) => boolean;
}

/**
 * Judges the persons of a file. Where the events of each person follow one another, only one person is held at a time. Otherwise all events are
 * held, of each only what the definition asks for.
 *
 * @throws Error with the mistakes of all lines
 */
export async function judgeFile(file: EventsFile, options: JudgeOptions): Promise<Judgement> {
  return (await personByPerson(file, new Judge(options))) ?? (await allAtOnce(file, new Judge(options)));
}

/** Undefined where a person comes back after others. */
async function personByPerson(file: EventsFile, judge: Judge): Promise<Judgement | undefined> {
  let person: string | undefined;
  let events: SampleEvent[] = [];
  const wasReadWhole = await eachEvent(file, (event) => {
    if (event.person !== person) {
      if (person !== undefined) judge.person(person, events);
      if (judge.judgement.known.has(event.person)) return false;
      person = event.person;
      events = [];
    }
    events.push(judge.reduced(event));
    return true;
  });
  if (!wasReadWhole) return undefined;
  if (person !== undefined) judge.person(person, events);
  return judge.judgement;
}

async function allAtOnce(file: EventsFile, judge: Judge): Promise<Judgement> {
  const persons = new Map<string, SampleEvent[]>();
  const shared = new SharedParts();
  await eachEvent(file, (event) => {
    const reduced = shared.event(judge.reduced(event));
    const events = persons.get(reduced.person);
    if (events === undefined) persons.set(reduced.person, [reduced]);
    else events.push(reduced);
    return true;
  });
  for (const [person, events] of persons) judge.person(person, events);
  return judge.judgement;
}

class Judge {
  readonly judgement = {
    ...{ persons: { selected: 0, all: 0 }, sessions: { selected: 0, all: 0 }, events: { selected: 0, all: 0 } },
    verdicts: [] as Verdict[],
    known: new Set<string>(),
    components: new Set<string>(),
  } satisfies Judgement;
  readonly #tells: ReturnType<JudgeOptions["tells"]>;

  constructor(private readonly options: JudgeOptions) {
    this.#tells = options.tells();
  }

  /** Takes notice of what an event has, and keeps of it what the definition asks for. */
  reduced({ person, session, time, values, persisted }: SampleEvent): SampleEvent {
    const event = { person, session, time: eventTime(time) ?? NaN, values: this.#asked(values) };
    return persisted === undefined ? event : { ...event, persisted: this.#asked(persisted) };
  }

  #asked(values: Values): Values {
    const { components } = this.options;
    const kept: Record<string, Values[string]> = {};
    for (const name in values) {
      this.judgement.components.add(name);
      const value = values[name];
      if (value !== undefined && components.has(name)) kept[name] = value;
    }
    return kept;
  }

  person(person: string, events: readonly SampleEvent[]): void {
    const { compiled, explainer } = this.options;
    const found = compiled.select(events);
    const selected = found.persons.length > 0;
    const counts = {
      events: { selected: found.events.length, all: events.length },
      sessions: { selected: found.sessions.length, all: new Set(events.map(({ session }) => session)).size },
    };
    this.judgement.known.add(person);
    add(this.judgement.persons, { selected: selected ? 1 : 0, all: 1 });
    add(this.judgement.events, counts.events);
    add(this.judgement.sessions, counts.sessions);
    if (this.#tells(person, selected))
      this.judgement.verdicts.push({ person, ...counts, ...explainer.explain(events) });
  }
}

function add(sum: Count, { selected, all }: Count): void {
  sum.selected += selected;
  sum.all += all;
}

/** So many different combinations of values are shared. More are no longer ones that come back. */
const MAX_SHARED = 100_000;

/** Events say the same again and again: their names and values are held once. */
class SharedParts {
  readonly #texts = new Map<string, string>();
  readonly #values = new Map<string, Values>();

  event({ person, session, time, values, persisted }: SampleEvent): SampleEvent {
    const event = { person: this.#text(person), session: this.#text(session), time, values: this.#shared(values) };
    return persisted === undefined ? event : { ...event, persisted: this.#shared(persisted) };
  }

  #text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  #shared(values: Values): Values {
    const key = JSON.stringify(values);
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size < MAX_SHARED) this.#values.set(key, values);
    return values;
  }
}
