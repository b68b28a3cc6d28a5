import { fc, samples } from "../../../properties";
import {
  evaluate,
  parse,
  type EvaluateOptions,
  type SampleEvent,
  type SegmentDefinition,
} from "../../../../definition";
import { GRAMMAR } from "../../../../definition/grammar/grammar";
import { positions } from "../positions";
import { select } from "./enumerated/select";
import { anySequence, definition, events, journey, longJourney, options, sequenceIn } from "./generated";

test("what is evaluated and what enumeration finds are the same", () => {
  fc.assert(fc.property(definition, events, options, agree), { numRuns: samples(20_000) });
});

test("so they are for sequences of several steps, in sessions that overlap", () => {
  fc.assert(fc.property(anySequence, journey, options, agree), { numRuns: samples(5000) });
});

test("and in many sessions of one person", () => {
  const inSession = sequenceIn(fc.constant("visits"));
  fc.assert(fc.property(inSession, longJourney, options, agree), { numRuns: samples(200) });
});

function agree(json: SegmentDefinition, data: readonly SampleEvent[], more: EvaluateOptions): void {
  const { events: selected, ...units } = evaluate(json, data, more);
  const { events: expected, ...expectedUnits } = select(json, data, more);
  expect(placesOf(selected, data)).toEqual(placesOf(expected, data));
  expect(units).toEqual(expectedUnits);
}

/** Which of the events, by their places: these are easier to read in a failure. */
const placesOf = (selected: readonly unknown[], data: readonly unknown[]) =>
  selected.map((event) => data.indexOf(event));

test("the generated definitions say nothing wrong, say everything, and often select a part", () => {
  const { parts, funcs, whole } = measured(fc.tuple(definition, events, options));
  expect(Object.keys(GRAMMAR).filter((func) => !funcs.has(func))).toEqual([]);
  expect(parts).toBeGreaterThan(0.35);
  expect(whole).toBeLessThan(0.35);
});

test("and so do the sequences of several steps", () => {
  const { parts } = measured(fc.tuple(anySequence, journey, options));
  expect(parts).toBeGreaterThan(0.3);
});

type Pairs = fc.Arbitrary<[SegmentDefinition, readonly SampleEvent[], EvaluateOptions]>;

/** The shares of pairs of which a part and all of the events are selected, and the functions of those with a part. */
function measured(pairs: Pairs): { parts: number; whole: number; funcs: ReadonlySet<unknown> } {
  const funcs = new Set<unknown>();
  let [parts, whole] = [0, 0];
  const all = fc.sample(pairs, { numRuns: 800, seed: 1 });
  for (const [json, data, more] of all) {
    expect(parse(json).errors).toEqual([]);
    const { length } = select(json, data, more).events;
    if (length > 0 && length === data.length) whole += 1;
    if (length === 0 || length === data.length) continue;
    parts += 1;
    for (const { path, value } of positions(json)) if (path.at(-1) === "func") funcs.add(value);
  }
  return { parts: parts / all.length, whole: whole / all.length, funcs };
}
