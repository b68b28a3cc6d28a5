import { fc, samples } from "../../../properties";
import { evaluate, parse } from "../../../../definition";
import { GRAMMAR } from "../../../../definition/grammar/grammar";
import { positions } from "../positions";
import { select } from "./enumerated/select";
import { definition, events, options } from "./generated";

test("what is evaluated and what enumeration finds are the same", () => {
  fc.assert(
    fc.property(definition, events, options, (json, data, more) => {
      const { events: selected, ...units } = evaluate(json, data, more);
      const { events: expected, ...expectedUnits } = select(json, data, more);
      expect(placesOf(selected, data)).toEqual(placesOf(expected, data));
      expect(units).toEqual(expectedUnits);
    }),
    { numRuns: samples(20_000) },
  );
});

/** Which of the events, by their places: these are easier to read in a failure. */
const placesOf = (selected: readonly unknown[], data: readonly unknown[]) =>
  selected.map((event) => data.indexOf(event));

test("the generated definitions say nothing wrong, say everything, and mostly select a part", () => {
  const partial = new Set<unknown>();
  let [parts, long] = [0, 0];
  const all = fc.sample(fc.tuple(definition, events, options), { numRuns: 1500, seed: 1 });
  for (const [json, data, more] of all) {
    expect(parse(json).errors).toEqual([]);
    const { length } = select(json, data, more).events;
    long += Number(data.length >= 5);
    if (length === 0 || length === data.length) continue;
    parts += 1;
    for (const { path, value } of positions(json)) if (path.at(-1) === "func") partial.add(value);
  }
  expect(Object.keys(GRAMMAR).filter((func) => !partial.has(func))).toEqual([]);
  expect(parts / all.length).toBeGreaterThan(0.35);
  expect(long / all.length).toBeGreaterThan(0.7);
});
