import { differences } from "../../../../provider/native/detailed-diff";
import { fc, samples } from "../../../properties";

const paths = (before: object, after: object, changed: string[]) =>
  Object.fromEntries(
    differences(before as Record<string, unknown>, after as Record<string, unknown>, changed).map(({ path, kind }) => [
      path,
      kind,
    ]),
  );

test.each<[string, unknown, unknown, object]>([
  ["a text", "a", "b", { x: "update" }],
  ["what is new", undefined, "b", { x: "add" }],
  ["what is gone", "a", undefined, { x: "delete" }],
  ["null, which the engine leaves out", null, "b", { x: "add" }],
  ["another kind of value", ["a"], { a: 1 }, { x: "update" }],
  ["a key inside", { a: { b: 1, c: 2 } }, { a: { c: 3, b: 1 } }, { "x.a.c": "update" }],
  ["a key with a dot", { "a.b": 1 }, { "a.b": 2 }, { 'x["a.b"]': "update" }],
  ["an empty key", { "": 1 }, {}, { 'x[""]': "delete" }],
  ["a member of a list", { l: [1, 2, 3] }, { l: [1, 5, 3] }, { "x.l[1]": "update" }],
  ["a member more", { l: [1, 3] }, { l: [1, 2, 3] }, { "x.l[1]": "add" }],
  ["a member less", { l: [1, 2, 3] }, { l: [1, 3] }, { "x.l[1]": "delete" }],
  ["members that are equal", { l: [1, 1, 1] }, { l: [1, 1] }, { "x.l[2]": "delete" }],
  [
    "a member that changes inside, and one more",
    { l: [{ a: 1 }] },
    { l: [{ a: 2 }, { a: 3 }] },
    { "x.l[0].a": "update", "x.l[1]": "add" },
  ],
  ["nothing that can be found", { a: 1 }, { a: 1 }, { x: "update" }],
])("%s", (_, before, after, expected) => {
  expect(paths({ x: before }, { x: after }, ["x"])).toEqual(expected);
});

test("what does not count is not looked at", () => {
  expect(paths({ a: 1, b: 1 }, { a: 2, b: 2 }, ["b"])).toEqual({ b: "update" });
});

test.each([
  [["a", "b", "c"], ["c", "a"], { "tags[1]": "delete" }],
  [["a", "b", "c"], ["a", "c", "d"], { "tags[1]": "delete", "tags[2]": "add" }],
  [["a", "b"], ["a", "c"], { "tags[1]": "update" }],
])("the order of tags says nothing: %j, %j", (before, after, expected) => {
  expect(paths({ tags: before }, { tags: after }, ["tags"])).toEqual(expected);
});

test("with what is named, the old value becomes the new one", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  fc.assert(
    fc.property(json, json, (before, after) => {
      const found = differences({ x: before }, { x: after }, ["x"]);
      const named = new Set(found.map(({ path }) => path));
      expect(named.size).toBe(found.length);
      expect(found.length).toBeGreaterThan(0);
    }),
    { numRuns: samples(300) },
  );
});
