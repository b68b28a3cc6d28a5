import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { readPreviews, type Preview } from "../../../../cli/review/preview/preview";
import { deletedObjects } from "../../../../cli/review/report/deletion-notes";
import { alertsOf } from "../../../../cli/review/report/sections";
import type { KnownUses } from "../../../../cli/review/report/report";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import type { Use } from "../../../../model/segment-fields";
import { planned, segmentOf, type PlannedStep } from "./plan";

const deletedSegments = (preview: Preview) =>
  deletedObjects(preview, "Segment").map(({ id, orgId }) => ({ id, orgId }));

const weekly: Use = { type: "project", id: "5f1", name: "Weekly board report" };
const nameless: Use = { type: "segment", id: "s1_2" };

const before = (policy?: string) => segmentOf("a", policy === undefined ? {} : { deletionPolicy: policy });
const step = (op: "delete" | "replace", policy?: string): PlannedStep => ({
  op,
  before: before(policy),
  after: op === "replace" ? segmentOf("a", { dataViewId: "dv_2" }) : undefined,
});

/** @param uses undefined: nobody asked; "untold": Adobe does not tell */
function reviewed(of: PlannedStep, uses: readonly Use[] | "untold" | undefined) {
  const known: KnownUses | undefined =
    uses === undefined ? undefined : new Map([["s1", uses === "untold" ? undefined : uses]]);
  const report = createReport([{ name: "p", text: planned([of]) }], known ? { uses: known } : {});
  const [stack] = report.stacks;
  if (!stack) throw new Error("no stack");
  return {
    views: [markdown(report), plainText(report), html(report)],
    segment: stack.segments[0],
    alerts: alertsOf(stack),
  };
}

test.each<[string, PlannedStep, readonly Use[] | "untold" | undefined, string, string | undefined]>([
  [
    "nobody asked",
    step("delete"),
    undefined,
    "Whatever uses it at Adobe (projects, filters, audiences) loses it.",
    undefined,
  ],
  [
    "in use",
    step("delete"),
    [weekly, nameless],
    "It is in use, and is deleted anyway: whatever uses it at Adobe loses it.",
    "1 segment in use will be deleted or replaced.",
  ],
  [
    "no known use",
    step("delete"),
    [],
    "Adobe knows of no use. It does not count what uses a segment through the API.",
    undefined,
  ],
  ["not told", step("delete"), "untold", "Adobe does not say what uses it: whatever does loses it.", undefined],
  [
    "in use, refuseIfUsed",
    step("delete", "refuseIfUsed"),
    [weekly],
    "It is in use: the deletion will be refused",
    "1 deletion will be refused",
  ],
  [
    "not told, refuseIfUsed",
    step("delete", "refuseIfUsed"),
    "untold",
    "Adobe does not say what uses it: the deletion will be refused",
    "1 deletion will be refused",
  ],
  ["no known use, refuseIfUsed", step("delete", "refuseIfUsed"), [], "Adobe knows of no use.", undefined],
  [
    "replaced in use",
    step("replace"),
    [weekly],
    "It is in use, and is deleted anyway",
    "1 segment in use will be deleted or replaced.",
  ],
  [
    "replaced in use, refuseIfUsed",
    step("replace", "refuseIfUsed"),
    [weekly],
    "It is in use: the replacement will be refused",
    "1 deletion will be refused",
  ],
  [
    "replaced, not told, refuseIfUsed",
    step("replace", "refuseIfUsed"),
    "untold",
    "Adobe does not say what uses it: the replacement will be refused",
    "1 deletion will be refused",
  ],
])("what a deletion will meet stands in every view: %s", (_, of, uses, note, alert) => {
  const { views, segment, alerts } = reviewed(of, uses);
  for (const view of views) {
    expect(view).toContain(note);
    for (const { name } of Array.isArray(uses) ? (uses as readonly Use[]) : [])
      if (name !== undefined) expect(view).toContain(name);
  }
  const firsts = alerts.map(({ first }) => first);
  for (const known of ["1 segment in use will be deleted or replaced.", "1 deletion will be refused"])
    expect(firsts.includes(known)).toBe(known === alert);
  if (uses === undefined) expect(segment?.uses).toBeUndefined();
  else
    expect(segment?.uses).toEqual({
      known: uses !== "untold",
      by:
        uses === "untold"
          ? []
          : uses.map(({ type, id, name }) => (name === undefined ? `${type} ${id}` : `${type} "${name}" (${id})`)),
      refused: alert === "1 deletion will be refused",
    });
});

test("what others have named is a value, and no markup", () => {
  const { views } = reviewed(step("delete"), [{ type: "project", id: "1", name: "<b>x</b> `y` ](z)" }]);
  const [md, , page] = views;
  expect(md).toContain('- used by: ``project "<b>x</b> `y` ](z)" (1)``');
  expect(page).not.toContain("<b>x");
});

test("one that stays is not asked about, and says nothing of use", () => {
  const [retained, kept] = [step("delete", "retain"), { ...step("delete"), retainOnDelete: true }];
  for (const of of [retained, kept]) {
    expect(reviewed(of, [weekly]).segment?.uses).toBeUndefined();
    expect(readPreviews(planned([of])).flatMap(deletedSegments)).toEqual([]);
  }
  const all = planned([step("delete"), step("replace"), { op: "update", before: before(), after: segmentOf("b") }]);
  expect(readPreviews(all).flatMap(deletedSegments)).toEqual([
    { id: "s1", orgId: undefined },
    { id: "s1", orgId: undefined },
  ]);
});

test("the plan of a destroy is told as one", () => {
  const text = planned([step("delete")]).replace('"op":"same"', '"op":"delete"');
  const report = createReport([{ name: "p", text }]);
  expect(markdown(report)).toContain("What `pulumi destroy` would do in");
  expect(markdown(report)).not.toContain("did not check for");
});
