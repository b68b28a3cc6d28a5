import { fc, samples } from "../../../properties";
import {
  canonical,
  equal,
  evaluate,
  explainChange,
  type EvaluateOptions,
  type SampleEvent,
} from "../../../../definition";
import { respelled } from "../respell";
import { built } from "../source/built";
import { anySequence, definition, events, journey, options } from "./generated";
import { mutantsOf } from "./mutants";

const runs = { numRuns: samples(5000) };

/** Several, so that a difference shows on one of them. */
const severalEvents = fc.array(events, { minLength: 3, maxLength: 3 });

const selected = (json: unknown, data: readonly SampleEvent[], more: EvaluateOptions): number[] =>
  evaluate(json, data, more).events.map((event) => data.indexOf(event));

const selectSame = (
  one: unknown,
  other: unknown,
  all: readonly (readonly SampleEvent[])[],
  more: EvaluateOptions,
): void => {
  for (const data of all) expect(selected(other, data, more)).toEqual(selected(one, data, more));
};

/** A version may be left out for `equal`, but not for Adobe. */
const withVersion = (json: unknown): unknown => ({ version: [1, 0, 0], ...(json as object) });

/** Changed definitions, and events for them. */
const changed = fc.oneof(
  fc.tuple(mutantsOf(definition), severalEvents),
  fc.tuple(mutantsOf(anySequence), fc.array(journey, { minLength: 3, maxLength: 3 })),
);

test("all spellings of a definition are equal, and select the same", () => {
  fc.assert(
    fc.property(respelled(definition), events, options, ([json, once, twice], data, more) => {
      for (const other of [once, twice].map(withVersion)) {
        expect(equal(json, other)).toBe(true);
        expect(explainChange(json, other)).toEqual([]);
        selectSame(json, other, [data], more);
      }
    }),
    runs,
  );
});

test("the canonical form selects the same", () => {
  fc.assert(
    fc.property(definition, severalEvents, options, (json, all, more) => {
      selectSame(json, canonical(json), all, more);
    }),
    runs,
  );
});

test("what the builder's source builds selects the same", () => {
  fc.assert(
    fc.property(definition, severalEvents, options, (json, all, more) => {
      selectSame(json, built(json), all, more);
    }),
    runs,
  );
});

test("a changed definition that is equal, or of which no change is told, selects the same", () => {
  fc.assert(
    fc.property(changed, options, ([[json, mutants], all], more) => {
      for (const mutant of mutants) {
        const isSame = equal(json, mutant.json) || explainChange(json, mutant.json).length === 0;
        if (isSame) selectSame(json, mutant.json, all, more);
      }
    }),
    runs,
  );
});

test("many of the changes change what is selected, and some do not", () => {
  const all = fc.sample(fc.tuple(changed, options), { numRuns: 150, seed: 1 });
  const differ = all.flatMap(([[[json, mutants], every], more]) =>
    mutants.map((mutant) =>
      every.some((data) => selected(json, data, more).join() !== selected(mutant.json, data, more).join()),
    ),
  );
  const share = differ.filter(Boolean).length / differ.length;
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.9);
});
