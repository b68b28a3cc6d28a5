import { fc, samples } from "../../properties";
import {
  formatMistakes,
  segmentJobMistakes,
  segmentMistakes,
  SEGMENT_ARGUMENTS,
  SEGMENT_JOB_ARGUMENTS,
} from "../../../model";
import { findMisnamed, nearestArgument } from "../../../model/misnamed-arguments";

const never = () => false;

describe("the nearest argument", () => {
  test.each([
    ["defintion", "definition"],
    ["dataViewID", "dataViewId"],
    ["dataviewid", "dataViewId"],
    ["dataView", "dataViewId"],
    ["desc", undefined],
    ["descripton", "description"],
    ["Name", "name"],
    ["nmae", "name"],
    ["adoptID", "adoptId"],
    ["owner", undefined],
    ["x", undefined],
    ["", undefined],
  ])("to %p is %p", (written, expected) => {
    expect(nearestArgument(written, SEGMENT_ARGUMENTS)).toBe(expected);
  });

  test("to an argument with one letter changed is that argument", () => {
    const argument = fc.constantFrom(...SEGMENT_JOB_ARGUMENTS);
    fc.assert(
      fc.property(argument, fc.nat(), (name, at) => {
        const i = at % name.length;
        const written = `${name.slice(0, i)}_${name.slice(i + 1)}`;
        expect(nearestArgument(written, SEGMENT_JOB_ARGUMENTS)).toBe(name);
      }),
    );
  });
});

describe("an argument under a wrong name", () => {
  test("stands for one that is absent, and for no other", () => {
    expect(findMisnamed({ nmae: 1, naem: 2, dataviewid: 3, dataViewId: "dv" }, SEGMENT_ARGUMENTS)).toEqual(
      new Map([["nmae", "name"]]),
    );
  });
});

test("anything at all is answered with mistakes and never with an error", () => {
  const anything = fc.oneof(fc.anything({ withNullPrototype: true, withDate: true, withMap: true }), fc.object());
  const isUnknown = (value: unknown) => value === "?";
  fc.assert(
    fc.property(anything, (given) => {
      for (const { path, message } of [...segmentMistakes(given, isUnknown), ...segmentJobMistakes(given, isUnknown)]) {
        expect(typeof path).toBe("string");
        expect(message).not.toContain("{found}");
        expect(message).not.toMatch(/Invalid input|undefined\b(?!, give)/);
      }
    }),
    { numRuns: samples(300) },
  );
});

describe("the lines of a report", () => {
  const mistake = (i: number) => ({ path: `a[${i}]`, message: "wrong" });

  test("say each mistake once", () => {
    expect(formatMistakes([mistake(1), mistake(1)])).toEqual(["  a[1]: wrong"]);
  });

  test("are not thousands", () => {
    const lines = formatMistakes(Array.from({ length: 5000 }, (_, i) => mistake(i)));
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe("  … and 4900 more");
  });

  test("of what does not exist are few words", () => {
    expect(formatMistakes(segmentMistakes({ name: "" }, never))).toHaveLength(3);
  });
});
