import { inPlace } from "./place";
import type { Statement } from "./statement";

/** One document: its statements, and the outline of what it says (every table row, sample, limit and error). */
export interface Document {
  readonly name: string;
  readonly outline: readonly string[];
  readonly statements: readonly Statement[];
  /** Lines of the outline that no request can show true or false (advice to authors), each with the reason. */
  readonly unobservable: Readonly<Record<string, string>>;
}

/** One jest test for each statement, and one for the completeness of the list. */
export function prove(document: Document): void {
  describe(document.name, () => {
    for (const each of document.statements) test(each.title, () => proveOne(each));

    test("every line of the document's outline is covered, and no statement quotes another line", () => {
      const covered = new Set([...document.statements.flatMap(({ of }) => of), ...Object.keys(document.unobservable)]);
      expect(document.outline.filter((line) => !covered.has(line))).toEqual([]);
      expect([...covered].filter((line) => !document.outline.includes(line))).toEqual([]);
    });

    test("no two statements have the same title", () => {
      const titles = document.statements.map(({ title }) => title);
      expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    });
  });
}

/** Proves one statement; of one that differs, both that the document is not followed and that the ledger is. */
export async function proveOne(each: Statement): Promise<void> {
  const { here } = each;
  if (here === undefined) return inPlace(each.options, each.documented);
  // A difference that has gone is a ledger that lies: what the document says must fail, and by its expectation.
  const failure = await inPlace(each.options, (place) => each.documented(place).then(succeeded, asExpectation));
  if (failure === undefined)
    throw new Error(`does what the document says; take ${each.ledger.join(", ")} off the ledger`);
  await inPlace(each.options, here);
}

function succeeded(): undefined {
  return undefined;
}

/** Lets the failure of an `expect` pass as a value; a broken test is still a broken test. */
export function asExpectation(failure: unknown): object {
  if (typeof failure === "object" && failure !== null && "matcherResult" in failure) return failure;
  throw failure;
}
