import fc from "fast-check";
import {
  canonical,
  changeText,
  describe as sentence,
  equal,
  explainChange,
  hash,
  measure,
  outline,
  parse,
  toBuilder,
  toMermaid,
} from "../../../definition";
import { mutated } from "./mutated";
import { around, exists } from "./samples";
import { built } from "./source/built";

jest.setTimeout(300_000);

const RUNS = 10_000;
const LONGEST_MS = 1_000;

/** What answers for anything that code can make. */
const TOTAL = {
  parse,
  sentence,
  outline,
  toMermaid,
  explainFrom: (json: unknown) => changeText(explainChange(json, around(exists))),
  explainTo: (json: unknown) => changeText(explainChange(around(exists), json)),
};

/** What says by an exception that something is no JSON, or too large. */
const OF_JSON = { canonical, hash, measure, toBuilder, equal: (json: unknown) => equal(json, around(exists)) };

/** Processor time, in milliseconds: what another process takes away is not in it. */
function timed<T>(name: string, run: () => T): T {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  if ((user + system) / 1000 > LONGEST_MS) throw new Error(`${name} took ${(user + system) / 1000} ms`);
  return result;
}

function refused(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

test("10,000 mutated definitions are all answered, soon, and none passes silently wrong", () => {
  let accepted = 0;
  fc.assert(
    fc.property(mutated, ({ json, wrong }) => {
      const { errors, warnings } = timed("parse", () => parse(json));
      for (const [name, of] of Object.entries(TOTAL)) timed(name, () => of(json));
      for (const [name, of] of Object.entries(OF_JSON)) {
        const error = timed(name, () => refused(() => of(json)));
        if (error === undefined) continue;
        expect([name, error.name, error.message]).toEqual([
          name,
          expect.stringMatching(/^(TypeError|RangeError)$/),
          expect.not.stringMatching(/call stack|is not a function|undefined \(reading/),
        ]);
        // What parse accepts, all accept.
        expect([name, errors]).not.toEqual([name, []]);
      }
      if (wrong) expect(errors).not.toEqual([]);
      if (errors.length > 0 || warnings.length > 0) return;
      accepted += 1;
      expect(sentence(json)).not.toMatch(/unknown \{/);
      expect(equal(built(json), json)).toBe(true);
    }),
    // What failed is told as it was: to make it smaller would take minutes.
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(accepted).toBeGreaterThan(RUNS / 100);
});
