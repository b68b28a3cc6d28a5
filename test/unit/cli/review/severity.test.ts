import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { exitStatus, violatedGates } from "../../../../cli/review/report/gates";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { planned, segmentOf, type PlannedStep } from "./plan";

const reading = (...steps: readonly PlannedStep[]) => createReport([{ name: "p.json", text: planned(steps) }]);
const views = (report: ReturnType<typeof reading>) => [markdown(report), plainText(report), html(report)];
const BASE = { segmentIds: ["a"], triggers: { release: "1" } };

describe("what is kept at Adobe (retainOnDelete)", () => {
  test("a segment leaves the stack, and is not deleted", () => {
    const report = reading({ op: "delete", before: segmentOf("Old"), retainOnDelete: true });
    expect(report.stacks[0]?.counts).toMatchObject({ forget: 1, delete: 0 });
    expect(exitStatus(report)).toBe(2);
    expect(violatedGates(report, ["delete", "replace"])).toEqual([]);
    for (const view of views(report)) {
      expect(view).toContain("1 to leave the stack");
      expect(view).toContain("Leaves the stack, is kept at Adobe");
      expect(view).not.toMatch(/loses|to delete/);
    }
    expect(exitStatus(reading({ op: "delete", before: segmentOf("Old") }))).toBe(3);
  });

  test("a replacement deletes nothing, and is one all the same", () => {
    const [before, after] = [segmentOf("a"), segmentOf("a", { dataViewId: "dv_2" })];
    const report = reading({ op: "replace", before, after, retainOnDelete: true });
    expect(violatedGates(report, ["replace"])).toEqual(["replace: 1 in web/prod"]);
    for (const view of views(report)) {
      expect(view).toContain("the old one is kept at Adobe");
      expect(view).not.toContain("the old one is deleted");
    }
    expect(plainText(reading({ op: "replace", before, after }))).toContain("the old one is deleted");
  });

  test("a run at work goes on", () => {
    const job = { kind: "SegmentJob", before: BASE, outputs: { status: "NEW" }, retainOnDelete: true } as const;
    const gone = reading({ ...job, op: "delete" });
    expect(gone.stacks[0]?.jobs[0]).toMatchObject({
      action: "forget",
      reasons: [
        "it leaves the program; it was NEW when the last up or refresh ended",
        "an active run continues (retainOnDelete)",
        "pulumi preview --refresh asks Adobe for its status",
      ],
    });
    expect(gone.stacks[0]?.counts).toMatchObject({ forget: 1, delete: 0 });
    const again = reading({ ...job, op: "replace", after: { ...BASE, triggers: { release: "2" } } });
    expect(again.stacks[0]?.jobs[0]?.reasons).toEqual([
      "the last run was NEW when the last up or refresh ended: if it is still active, it continues beside it (retainOnDelete)",
      "pulumi preview --refresh asks Adobe for its status",
      'trigger "release" changes from "1" to "2"',
    ]);
  });

  test("another resource shuts no gate", () => {
    const report = reading({ op: "delete", kind: "Bucket", before: {}, retainOnDelete: true });
    expect([exitStatus(report), ...violatedGates(report, ["delete"])]).toEqual([2]);
  });
});

test("what is lost comes first, what is new last, and each by name", () => {
  const [before, after] = [segmentOf("a"), segmentOf("b")];
  const step = (name: string, op: string, more: object = {}): PlannedStep => ({
    op,
    name,
    ...(op !== "create" && { before }),
    ...(op !== "delete" && { after: { ...after, ...more } }),
  });
  const report = reading(
    step("a-new", "create"),
    step("b-taken", "create", { adoptId: "s9" }),
    step("d-changed", "update"),
    step("c-changed", "update"),
    { ...step("e-kept", "delete"), retainOnDelete: true },
    step("f-replaced", "replace"),
    step("g-gone", "delete"),
    { op: "create", kind: "Bucket", name: "h-made", after: {} },
    { op: "delete", kind: "Bucket", name: "i-gone", before: {} },
  );
  const names = ["g-gone", "f-replaced", "e-kept", "c-changed", "d-changed", "b-taken", "a-new", "i-gone", "h-made"];
  for (const view of views(report)) {
    const places = names.map((name) => view.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
});

test("other resources that go or are replaced count in the exit status and at the gates", () => {
  const bucket = { kind: "Bucket", before: {}, after: {} } as const;
  const report = reading({ ...bucket, op: "delete" }, { ...bucket, op: "replace", name: "two" });
  expect(exitStatus(report)).toBe(3);
  expect(violatedGates(report, ["delete", "replace"])).toEqual(["delete: 1 in web/prod", "replace: 1 in web/prod"]);
  expect(exitStatus(reading({ ...bucket, op: "update" }))).toBe(2);
});

test.each([
  ["import", "imported"],
  ["discard", "discarded"],
  ["ponder", "ponder"],
])("a segment and a job with the rare word %s are listed", (op, word) => {
  const [before, after] = [segmentOf("a"), segmentOf("b")];
  const report = reading({ op, before, after }, { op, kind: "SegmentJob", name: "job", before: BASE, after: BASE });
  expect(report.stacks[0]?.others).toHaveLength(2);
  expect(exitStatus(report)).toBe(2);
  for (const view of views(report)) expect(view).toContain(word);
});

test("what is only read is not listed", () => {
  expect(exitStatus(reading({ op: "read", after: segmentOf("b") }))).toBe(0);
});

test("a replacement tells the definition that stays, and that it was asked about in the new data view", () => {
  const report = reading({ op: "replace", before: segmentOf("a"), after: segmentOf("a", { dataViewId: "dv_2" }) });
  for (const view of [markdown(report), plainText(report)]) {
    expect(view).toContain('Sessions where page is "Home"');
    expect(view).toContain("Adobe accepted the definition");
  }
  expect(markdown(report)).not.toContain("```diff");
  expect(html(report)).toContain("Adobe accepted the definition");
  expect(html(report)).not.toContain('class="sides"');
  const tainted = reading({ op: "replace", before: segmentOf("a"), after: segmentOf("a") });
  expect(tainted.stacks[0]?.segments[0]?.verdict).toBe("unchanged");
});
