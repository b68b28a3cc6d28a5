import { segmentJobMistakes, segmentMistakes } from "../../../model";
import { ExactNumber, isHeld } from "../../../definition/json";
import { fc, samples } from "../../properties";
import { numberText } from "../definition/json/arbitrary";

const known = () => false;
const jobMistakes = (triggers: Record<string, unknown>) =>
  segmentJobMistakes({ segmentIds: ["a"], triggers }, known).map(({ path, message }) => `${path}: ${message}`);

const LATER = "which JavaScript or Pulumi's state would change; write it as a string, in quotes";

test.each<[string, Record<string, unknown>, string]>([
  ["a time of 17 digits", { at: Number("20261101123456789") }, "triggers.at: found the number 20261101123456788"],
  ["in a list", { all: [1, { id: 2 ** 53 }] }, "triggers.all[1].id: found the number 9007199254740992"],
  ["that was read", { id: new ExactNumber("9007199254740993") }, "triggers.id: found the number 9007199254740993"],
  ["minus zero", { zero: -0 }, "triggers.zero: found the number -0"],
  ["none at all", { none: NaN }, "triggers.none: found the number NaN"],
  ["without end", { most: Infinity }, "triggers.most: found the number Infinity"],
  ["a bigint", { big: 10n ** 20n }, "triggers.big: found the bigint 100000000000000000000"],
])("a trigger whose change could not be seen is a mistake: %s", (_, triggers, message) => {
  expect(jobMistakes(triggers)).toEqual([`${message}, ${LATER}`]);
});

test("triggers with other numbers are right", () => {
  expect(jobMistakes({ a: 1, b: 0.1, c: 2 ** 53 - 1, d: "9007199254740993", e: [1e-300, null, { f: true }] })).toEqual(
    [],
  );
});

test("triggers without end are one mistake, whatever makes them", () => {
  const nested = (levels: number) => {
    let all: unknown = 1;
    for (let level = 0; level < levels; level += 1) all = level % 2 ? [all] : { a: all };
    return all;
  };
  const itself: Record<string, unknown> = {};
  itself["again"] = [itself];
  let shared: unknown = 1;
  for (let level = 0; level < 90; level += 1) shared = [shared, shared];
  expect(jobMistakes({ deep: nested(200_000) })).toEqual([
    expect.stringMatching(/^triggers\.deep\[0\]\.a.*…: nested deeper than 100 levels$/),
  ]);
  expect(jobMistakes({ itself })).toEqual(["triggers.itself.again[0]: contains itself"]);
  expect(jobMistakes({ deep: nested(90), shared, long: new Array(200_000).fill(0) })).toEqual([]);
});

test("a definition without end is a mistake of its own, and what is read with care only is not read", () => {
  let pred: unknown = { func: "exists", val: { func: "attr", name: "variables/page" } };
  for (let level = 0; level < 200_000; level += 1) pred = { func: "without", pred };
  const definition = { func: "segment", version: [1, 0, 0], container: { func: "container", context: "hits", pred } };
  expect(segmentMistakes({ name: "a", dataViewId: "dv", definition }, known)).toEqual([
    { path: expect.stringMatching(/^definition\.container\.pred/) as string, message: "nested deeper than 100 levels" },
  ]);
});

test("a number of a file is right in a definition and in triggers exactly if JavaScript holds it", () => {
  fc.assert(
    fc.property(numberText, (text) => {
      const num = isHeld(text) ? Number(text) : new ExactNumber(text);
      const pred = { func: "eq", num, val: { func: "attr", name: "variables/page" } };
      const definition = {
        func: "segment",
        version: [1, 0, 0],
        container: { func: "container", context: "hits", pred },
      };
      const mistakes = segmentMistakes({ name: "a", dataViewId: "dv", definition }, known).map(({ path }) => path);
      expect(mistakes).toEqual(isHeld(text) ? [] : ["definition.container.pred.num"]);
      expect(jobMistakes({ num })).toHaveLength(isHeld(text) ? 0 : 1);
    }),
    { numRuns: samples(2000) },
  );
});
