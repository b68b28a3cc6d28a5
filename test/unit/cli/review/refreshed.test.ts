import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import type { ReviewOptions } from "../../../../cli/review/report/report";
import { exitStatus, violatedGates } from "../../../../cli/review/report/gates";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { planned, segmentOf } from "./plan";

const reading = (text: string, options: ReviewOptions = {}) => createReport([{ name: "p.json", text }], options);
const views = (report: ReturnType<typeof reading>) => [markdown(report), plainText(report), html(report)];
const STACK = "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod";
const ofStack = (op: string, ...more: readonly object[]) => JSON.stringify({ steps: [{ op, urn: STACK }, ...more] });
const segment = planned([{ op: "delete", before: segmentOf("a") }]);
const gone = (JSON.parse(segment) as { steps: object[] }).steps.slice(1);

const found = { op: "refresh", before: segmentOf("a"), after: segmentOf("edited") };
const drifted = planned([
  found,
  { op: "update", before: segmentOf("edited"), after: segmentOf("b") },
  { op: "update", name: "two", before: segmentOf("c"), after: segmentOf("d") },
]);

test.each([
  ["a plan alone", planned([]), "none"],
  ["a plan after a refresh", drifted, "with"],
  ["the first plan of a stack", ofStack("create"), "with"],
  ["a refresh alone", ofStack("refresh"), "alone"],
])("whether edits were looked for: %s", (_, text, refresh) => {
  const report = reading(text);
  expect(report.stacks[0]?.refresh).toBe(refresh);
  for (const view of views(report))
    expect(view.includes("This preview did not check for edits made in the UI; use ")).toBe(refresh === "none");
  const shut = violatedGates(report, ["drift"]);
  if (refresh === "none")
    expect(shut).toEqual(["drift: web/prod was planned without --refresh, so drift was not checked"]);
  else expect(shut).toEqual(text === drifted ? ["drift: 1 in web/prod"] : []);
});

test("changes of a drifted segment are told from the last deployment on, and those of others are not", () => {
  const report = reading(drifted);
  for (const view of views(report)) expect(view.split("Compared with the last deployment.")).toHaveLength(2);
  expect(report.stacks[0]?.segments.map(({ resource, notes }) => [resource, notes])).toEqual([
    ["one", ["Compared with the last deployment."]],
    ["two", []],
  ]);
});

test("the code of a resource, which another version writes differently, is no edit", () => {
  const job = { segmentIds: ["a"] };
  const { steps } = JSON.parse(planned([{ op: "update", kind: "SegmentJob", before: job, after: job }])) as {
    steps: object[];
  };
  const text = ofStack("refresh", ...steps.slice(1)).replace("() => 1", "() => 2");
  expect(text).toContain("() => 2");
  expect(reading(text).stacks[0]?.drift).toEqual([]);
});

test("what a refresh alone finds is undone by a refresh with up", () => {
  expect(plainText(reading(ofStack("refresh", ...gone)))).toMatch(
    /^Deleted elsewhere: .*: pulumi up --refresh would create it again$/m,
  );
  const edited = ofStack("refresh", ...gone.map((step) => ({ ...step, op: "update" })));
  const report = reading(edited.replace('"detailedDiff":null', '"newState":{"inputs":{"name":"z"}}'));
  expect(plainText(report)).toMatch(/^Changed elsewhere: .*: pulumi up --refresh would undo it$/m);
});

test("a stack with nothing in it, of which the engine tells the duration alone", () => {
  const report = reading('{"duration":1394193}');
  expect([report.unreadable, exitStatus(report), violatedGates(report, ["drift"])]).toEqual([[], 0, []]);
  expect(plainText(report)).toBe("p.json: nothing is deployed\n");
  expect(markdown(report)).toBe("### No drift in `p.json`\n\n**nothing is deployed**\n");
});

test.each<readonly [modified: string | undefined, modifiedBy: unknown, said: string | undefined]>([
  ["2026-11-28T09:15:07.000Z", undefined, "2026-11-28 09:15 UTC"],
  ["2026-11-28T09:15:07.000Z", "5B02@x", "2026-11-28 09:15 UTC by 5B02@x"],
  ["2026-11-28T09:15:07.000Z", "5B03@x", "2026-11-28 09:15 UTC by Jane (5B03@x)"],
  ["2026-11-28T09:15:07.000Z", "5B04@x", "2026-11-28 09:15 UTC by Bob (5B04@x)"],
  ["2026-11-28T09:15:07.000Z", "[secret]", "2026-11-28 09:15 UTC"],
  ["2026-11-28T09:15:07.000Z", 5, "2026-11-28 09:15 UTC"],
  ["2026-11-28T09:15:07+02:00", "", "2026-11-28T09:15:07+02:00"],
  ["<b>", "<b>", "<b> by <b>"],
  // Our own write was the last one, the service does not say, or nobody may know.
  ["2026-11-01T08:00:00.000Z", "5B02@x", undefined],
  [undefined, "5B02@x", undefined],
  ["[secret]", "5B02@x", undefined],
])(
  "of an edit elsewhere stands when, and by whom, the segment was last modified: %s, %s",
  (modified, modifiedBy, said) => {
    const deployed = {
      modified: "2026-11-01T08:00:00.000Z",
      modifiedBy: "7A01@x",
      owner: { id: "5B03@x", name: "Jane" },
    };
    const report = reading(
      planned([
        { ...found, outputs: deployed },
        { op: "update", before: segmentOf("edited"), after: segmentOf("a"), outputs: { modified, modifiedBy } },
      ]),
      { names: { "5B04@x": "Bob" } },
    );
    const told = report.stacks[0]?.drift[0]?.fields.filter(({ field }) => field === "last modified");
    expect(told).toEqual(said === undefined ? [] : [{ field: "last modified", after: said }]);
    for (const view of views(report)) expect(view.includes("last modified")).toBe(said !== undefined);
    expect(html(report)).not.toContain("<b>");
    const same = planned([
      { ...found, outputs: deployed },
      { op: "update", before: segmentOf("a"), after: segmentOf("b") },
    ]);
    expect(reading(same).stacks[0]?.drift).toEqual([]);
  },
);
