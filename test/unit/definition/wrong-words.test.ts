import { parse } from "../../../definition";
import { around, exists, page, sequenceOf, step } from "./samples";

const errorsOf = (json: unknown) => parse(json).errors.map(({ path, message }) => `${path}: ${message}`);

describe("words that are known to be wrong", () => {
  test.each([
    ["streq-any-of", { list: ["x"], val: page }, 'found "streq-any-of", use "streq-in"'],
    ["not-streq-any-of", { list: ["x"], val: page }, 'found "not-streq-any-of", use "not-streq-in"'],
    ["gte", { num: 1, val: page }, 'found "gte", use "ge"'],
    ["lte", { num: 1, val: page }, 'found "lte", use "le"'],
    ["num-gte", { num: 1, val: page }, 'found "num-gte", use "ge"'],
    ["equals", { str: "x", val: page }, 'found "equals", use "streq" or "eq"'],
    ["streqq", { str: "x", val: page }, 'found "streqq", did you mean "streq"?'],
    ["not_streq", { str: "x", val: page }, 'found "not_streq", did you mean "not-streq"?'],
    ["exsits", { val: page }, 'found "exsits", did you mean "exists"?'],
    ["EXISTS", { val: page }, 'found "EXISTS", did you mean "exists"?'],
    ["segment-def", { context: "hits", pred: exists }, 'found "segment-def", use "container"'],
  ])("%s", (func, fields, message) => {
    expect(parse(around({ func, ...fields })).errors).toEqual([{ path: "container.pred.func", message }]);
  });

  test("a restriction with the typo of Adobe's page", () => {
    const restriction = { func: "ime-restriction", limit: "within", count: 1, unit: "day" };
    expect(errorsOf(sequenceOf(step, restriction, step))).toEqual([
      'container.pred.stream[1].func: found "ime-restriction", use "time-restriction"',
    ]);
  });

  test("what else is wrong in a node with a wrong word is told too", () => {
    expect(errorsOf(around({ func: "streq-any-of", list: [], val: page }))).toEqual([
      'container.pred.func: found "streq-any-of", use "streq-in"',
      "container.pred.list: found an empty list, write at least one value",
    ]);
  });

  test.each([
    [{ func: "streq", list: ["x"], val: page }, "list", '"streq" takes "str"; with "list" it is "streq-in"'],
    [{ func: "streq-in", str: "x", val: page }, "str", '"streq-in" takes "list"; with "str" it is "streq"'],
    [{ func: "eq", str: "x", val: page }, "str", '"eq" takes "num"; with "str" it is "streq"'],
    [{ func: "not-streq", num: 1, val: page }, "num", '"not-streq" takes "str"; with "num" it is "not-eq"'],
    [{ func: "streq", str: "x", list: ["y"] }, "val", expect.stringMatching(/^missing, add "val": /) as string],
    [{ func: "gt", str: "x", val: page }, "num", 'missing, add "num": 1'],
    [{ func: "exists", vall: page }, "vall", '"exists" has no field "vall", did you mean "val"?'],
    [{ func: "exists", dimension: page }, "dimension", '"exists" has no field "dimension", did you mean "val"?'],
    [{ func: "or", pred: [exists] }, "pred", '"or" has no field "pred", did you mean "preds"?'],
    [{ func: "without", rules: exists }, "rules", '"without" has no field "rules", did you mean "pred"?'],
    [{ type: "exists", val: page }, "type", 'found "type", did you mean "func"?'],
    [{ val: page }, "func", 'missing, add "func" to say what this is'],
    [{ func: 5, val: page }, "func", "found the number 5, write the name of a function"],
  ])("fields of %j", (pred, key, message) => {
    expect(parse(around(pred)).errors).toEqual([{ path: `container.pred.${key}`, message }]);
  });

  test.each(["contxt", "Context", "scope", "ctx"])("%s for the context is one mistake, and no warning", (written) => {
    const { container } = around(exists);
    const { context, ...others } = container as { context: string };
    expect(parse({ ...around(exists), container: { ...others, [written]: context } })).toEqual({
      errors: [
        { path: `container.${written}`, message: `"container" has no field "${written}", did you mean "context"?` },
      ],
      warnings: [],
    });
  });

  test("a misspelt field that need not be there is a warning with the right word", () => {
    const { errors, warnings } = parse(around({ ...exists, descripton: "x" }));
    const message = '"exists" has no field "descripton", did you mean "description"?';
    expect([errors, warnings]).toEqual([[], [{ path: "container.pred.descripton", message }]]);
  });

  test("a field beside the one that it resembles is only unknown", () => {
    const [warning] = parse(around({ ...exists, description: "x", descripton: "y" })).warnings;
    expect(warning?.message).toMatch(/^"exists" has no such field \(it has /);
  });

  test("one name is taken for one missing field only", () => {
    // Two edits lead from it to "str" and one to "val".
    expect(parse(around({ func: "streq", sal: "x" })).errors.map(({ path }) => path)).toEqual([
      "container.pred.sal",
      "container.pred.val",
    ]);
  });

  test("a value under a wrong name is checked as what it was meant to be", () => {
    expect(errorsOf(around({ func: "exists", vall: { func: "attr", name: "page" } }))).toHaveLength(2);
  });
});
