import { fc, samples } from "../../properties";
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

// How long the slowest answer takes is measured in the bench (`npm run bench -- --part growth`).
const RUNS = 10_000;

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

/** What an exception says that nobody meant to throw. */
const CRASH = /call stack|is not a function|undefined \(reading/;

function refused(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

test("mutated definitions are all answered, and none passes silently wrong", () => {
  let accepted = 0;
  fc.assert(
    fc.property(mutated, ({ json, wrong }) => {
      const { errors, warnings } = parse(json);
      for (const of of Object.values(TOTAL)) of(json);
      for (const [name, of] of Object.entries(OF_JSON)) {
        const error = refused(() => of(json));
        if (error === undefined) continue;
        if (!/^(TypeError|RangeError)$/.test(error.name) || CRASH.test(error.message))
          throw new Error(`${name} does not say what is wrong`, { cause: error });
        if (errors.length === 0) throw new Error(`parse accepts what ${name} does not`, { cause: error });
      }
      if (wrong) expect(errors.length).toBeGreaterThan(0);
      if (errors.length > 0 || warnings.length > 0) return;
      accepted += 1;
      expect(sentence(json)).not.toMatch(/unknown \{/);
      expect(equal(built(json), json)).toBe(true);
    }),
    // What failed is told as it was: to make it smaller would take minutes.
    { numRuns: samples(RUNS), endOnFailure: true },
  );
  expect(accepted).toBeGreaterThan(samples(RUNS) / 100);
});
