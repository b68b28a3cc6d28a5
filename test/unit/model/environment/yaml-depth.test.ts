import { readEnvironmentFile } from "../../../../model/environment/environment-file";
import { renameReferences, findReferences } from "../../../../model/environment/references";
import { MAX_YAML_DEPTH } from "../../../../model/environment/yaml-depth";
import { missingParts } from "../../../../cli/export/project-files";

const lists = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const indented = (levels: number) => Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`).join("\n");

test.each([
  ["brackets", `dev: ${lists(200_000)}`],
  ["brackets that are never closed", `dev: ${"{ a: ".repeat(200_000)}`],
  ["lists on one line", `dev:\n  ${"- ".repeat(20_000)}a`],
  ["lists without content", "- ".repeat(200_000)],
  ["keys on one line", `${"? ".repeat(20_000)}a`],
  ["lines further and further in", indented(20_000)],
])("a file that is nested too deeply is one mistake, and ends no process: %s", (_, text) => {
  const { environments, mistakes } = readEnvironmentFile(text);
  expect(environments).toEqual([]);
  expect(mistakes).toEqual([
    { line: 1, column: 1, message: expect.stringMatching(/^nested deeper than 100 levels; expected env/) as string },
  ]);
  expect(() => missingParts({ path: "package.json", content: text }, '{"dependencies":{"a":"1"}}')).not.toThrow();
});

test.each([
  ["comments far to the right", `dev: { dataViews: { web: dv } }\n${" ".repeat(500)}# [[[`],
  [
    "many environments",
    Array.from({ length: 20_000 }, (_, i) => `e${i}: { dataViews: { web: "dv_${i}" } }`).join("\n"),
  ],
  ["brackets in names", 'dev: { dimensions: { "a[b]": "variables/{x}" } }'],
  ["the most levels", `dev: { dataViews: { web: dv } } # ${"[".repeat(MAX_YAML_DEPTH - 2)}`],
])("a file that is no deeper than others is read: %s", (_, text) => {
  expect(readEnvironmentFile(text).mistakes).toEqual([]);
});

test("numbers in the place of IDs are refused, whatever their size", () => {
  const { mistakes } = readEnvironmentFile("dev: { groups: { a: 9007199254740993, b: 1e400, c: -0, d: 12 } }");
  expect(mistakes.map(({ message }) => message)).toEqual(
    ["a", "b", "c", "d"].map((name) => `expected the ID of "${name}" as a string: put it in quotes`),
  );
});

test("a definition that is nested without end is rebound as far as definitions go", () => {
  const page = { func: "attr", name: "variables/{page}" };
  let pred: object = { func: "exists", val: page };
  for (let level = 0; level < 200_000; level += 1) pred = { func: "without", val: page, pred };
  const found = renameReferences(pred, () => "variables/x") as { val: object; pred: { val: object } };
  expect([found.val, found.pred.val]).toEqual(Array(2).fill({ func: "attr", name: "variables/x" }));
  expect(findReferences(pred).length).toBeLessThan(2_000);
});
