import { describe as sentence, explainChange, toMermaid } from "../../../../definition";
import { changedLists, SHAPES } from "./shapes";

// How long it takes is measured in the bench (`npm run bench -- --part growth`).

test.each(SHAPES)("a sentence of thousands of conditions has a line for each: %s", (_, of) => {
  expect(sentence(of(5_000)).split("\n").length).toBeGreaterThan(5_000);
});

test.each(SHAPES)("so does a diagram, and the changes are found: %s", (_, of) => {
  expect(toMermaid(of(2_000))).toMatch(/^flowchart /);
  expect(explainChange(of(2_000), of(2_020)).length).toBeGreaterThan(0);
});

test("thousands of conditions, all of them changed, are as many changes", () => {
  expect(explainChange(...changedLists(2_000))).toHaveLength(2_000);
});
