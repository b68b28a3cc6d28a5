import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { planned, segmentOf, type PlannedStep } from "./plan";

const gone: PlannedStep = { op: "delete", name: "b", id: "s1", before: segmentOf("Shared") };
const kept = (op: string, more = {}): PlannedStep => ({
  op,
  name: "a",
  id: "s1",
  before: segmentOf("Shared"),
  after: segmentOf("Shared", more),
});
const twice = (label: string) => ({
  diagnostics: [
    {
      severity: "info#err",
      message: `Segment s1 stays with cja.Segment "a": ${label} of this stack has it, too, and can be removed.`,
    },
  ],
});

const reportFor = (steps: readonly PlannedStep[], more?: object) =>
  createReport([{ name: "p.json", text: planned(steps, more) }]);
const review = (steps: readonly PlannedStep[], more?: object) =>
  reportFor(steps, more).stacks[0]?.segments.find(({ resource }) => resource === "b");

test.each<readonly [string, readonly PlannedStep[], object]>([
  ["another resource that stays the same has it", [gone, kept("same")], {}],
  ["another resource that is changed has it", [kept("update", { name: "Renamed" }), gone], {}],
  [
    "another resource adopts it: a rename",
    [gone, { op: "create", name: "a", id: "", after: segmentOf("Shared", { adoptId: "s1" }) }],
    {},
  ],
  ["the provider knows of another one that the plan does not list", [gone], twice('cja.Segment "b"')],
])("a segment that leaves stays, where %s", (_, steps, more) => {
  expect(review(steps, more)).toMatchObject({
    action: "forget",
    notes: ['It stays in Customer Journey Analytics (cja.Segment "a" has it): nothing is deleted.'],
  });
  const report = reportFor(steps, more);
  expect(report.stacks[0]?.counts).toMatchObject({ delete: 0, forget: 1 });
  expect(markdown(report)).not.toContain("loses it");
});

test("a replacement that takes its own segment over deletes none", () => {
  const step = { ...gone, op: "replace", before: segmentOf("Shared"), after: segmentOf("Shared", { adoptId: "s1" }) };
  expect(review([step])?.notes).toEqual(["It is taken over by its replacement: nothing is deleted."]);
});

test.each<readonly [string, readonly PlannedStep[]]>([
  ["nobody else has it", [gone]],
  ["another one has another", [gone, { ...kept("update"), id: "s2" }]],
  ["the other one goes, too", [gone, { ...gone, name: "a" }]],
  ["the other one is replaced by a new one", [gone, kept("replace", { dataViewId: "dv_2" })]],
])("is deleted where %s", (_, steps) => {
  expect(review(steps)).toMatchObject({ action: "delete" });
});

test.each(["@acme/all", "<b>x", "[a](http://b)", "**a**", 'a"b', "www.example.com"])(
  "%s, which could be markup, is left out of the note",
  (name) => {
    const message = twice("cja.Segment ").diagnostics[0]?.message.replace('"a"', JSON.stringify(name)) ?? "";
    for (const [steps, more] of [
      [[gone, { ...kept("same"), name }], {}],
      [[gone], { diagnostics: [{ severity: "info#err", message }] }],
    ] as const)
      expect(review(steps, more)?.notes).toEqual([
        "It stays in Customer Journey Analytics (another cja.Segment has it): nothing is deleted.",
      ]);
  },
);
