import type { Answer, Ask, Place, PlaceOptions } from "./place";

/** What a statement may look at when it judges the answer. */
export interface Scene<Given> {
  readonly place: Place;
  readonly given: Given;
}

/** One statement of a document, as it is written down: a quote, what must exist first, a request, an expectation. */
export interface StatementData<Given> {
  /** Which lines of the document's outline it covers (`recorded/*.outline.json`); the first one heads the test's title. */
  readonly of: string | readonly string[];
  /** The document's words, shortened. */
  readonly says: string;
  readonly place?: PlaceOptions;
  /** What exists before the request. */
  readonly given?: (place: Place) => Promise<Given>;
  /** The request; several are sent one after the other, and the last one's answer is judged. */
  readonly ask: Ask | readonly Ask[] | ((given: Given) => Ask | readonly Ask[]);
  /** Fails, by `expect`, unless the answer is what the document says. */
  readonly answer: (answer: Answer, scene: Scene<Given>) => void | Promise<void>;
  /** Only where the emulator does something else: the ledger's entry, and what it does instead. */
  readonly differs?: Difference<Given>;
  /** Only where no document says what happens, and `answer` is what the emulator has decided: the ledger's entries. */
  readonly decides?: string | readonly string[];
}

/** What the emulator does where it departs from the document. */
export interface Difference<Given> {
  /** The entry of the ledger. */
  readonly ledger: string;
  /** Fails, by `expect`, unless the answer is what the ledger's entry says. */
  readonly here: (answer: Answer, scene: Scene<Given>) => void | Promise<void>;
}

/** A statement, ready to be proved: its own type of `given` is hidden, so that statements can share a list. */
export interface Statement {
  readonly of: readonly string[];
  readonly title: string;
  /** Entries of the ledger that it proves. */
  readonly ledger: readonly string[];
  /** Proves what the document says, against the place. */
  readonly documented: (place: Place) => Promise<void>;
  /** Proves what the ledger says instead. */
  readonly here: ((place: Place) => Promise<void>) | undefined;
  readonly options: PlaceOptions;
}

/**
 * Writes a statement down.
 *
 * @example
 * statement({
 *   of: "errors > 404 Not Found",
 *   says: "Segment not found",
 *   ask: { path: "/segments/s1_unknown" },
 *   answer: (answer) => expect(answer.status).toBe(404),
 * })
 */
export function statement<Given = undefined>(data: StatementData<Given>): Statement {
  const of = typeof data.of === "string" ? [data.of] : data.of;
  const prove = (judge: StatementData<Given>["answer"]) => async (place: Place) => {
    // Without a `given` the type is undefined, and undefined is what is handed on.
    const given = data.given === undefined ? (undefined as Given) : await data.given(place);
    const asks = typeof data.ask === "function" ? data.ask(given) : data.ask;
    let answer: Answer | undefined;
    for (const ask of isMany(asks) ? asks : [asks]) answer = await place.ask(ask);
    if (answer === undefined) throw new Error(`${data.says}: no request`);
    await judge(answer, { place, given });
  };
  return {
    of,
    title: `${of[0]}: ${data.says}`,
    ledger: [data.differs?.ledger ?? [], data.decides ?? []].flat(),
    documented: prove(data.answer),
    here: data.differs === undefined ? undefined : prove(data.differs.here),
    options: data.place ?? {},
  };
}

function isMany(asks: Ask | readonly Ask[]): asks is readonly Ask[] {
  return Array.isArray(asks);
}
