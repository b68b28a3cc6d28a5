import { fc } from "../../properties";
import { parse } from "../../../definition";
import { definition } from "./arbitrary";
import { positions } from "./positions";
import { around, page, withAt } from "./samples";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const isUnknown = (value: unknown) => value === UNKNOWN;

test("a whole definition that is not known yet has no mistakes", () => {
  expect(parse(UNKNOWN, { isUnknown })).toEqual({ definition: undefined, errors: [], warnings: [] });
});

test("any value of a definition may be unknown", () => {
  fc.assert(
    fc.property(definition, fc.nat(), (json, pick) => {
      const all = positions(json);
      const { path } = all[pick % all.length] ?? { path: [] };
      const partly = withAt(json, path, UNKNOWN);
      expect(parse(partly, { isUnknown })).toEqual({
        definition: path.length === 0 ? undefined : partly,
        errors: [],
        warnings: [],
      });
    }),
  );
});

test("what is known beside it is checked", () => {
  const json = around({
    func: "and",
    preds: [UNKNOWN, { func: "eq", num: "5", val: page }, { func: UNKNOWN, x: NaN }],
  });
  expect(parse(json, { isUnknown }).errors.map(({ path }) => path)).toEqual([
    "container.pred.preds[1].num",
    "container.pred.preds[2].x",
  ]);
});

test("without the option the marker is a text like any other", () => {
  expect(parse(around(UNKNOWN)).errors).toHaveLength(1);
});
