import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { pageIs, planned, segmentOf, type PlannedStep } from "./plan";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** As the engine prints a secret, whatever its value. */
const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

const stackOf = (...steps: readonly PlannedStep[]) => {
  const report = createReport([{ name: "p.json", text: planned(steps) }]);
  const [stack] = report.stacks;
  if (!stack) throw new Error("no stack");
  return { ...stack, views: [markdown(report), plainText(report), html(report)] };
};
const update = (inputs: object, ...differs: readonly string[]) =>
  stackOf({ op: "update", before: segmentOf("a", inputs), after: segmentOf("a", inputs), differs });

test.each(["name", "description", "dataViewId"])("another secret %s is told, and not shown", (field) => {
  const { segments, views } = update({ [field]: SECRET }, field);
  expect(segments[0]?.fields).toEqual([{ field, before: "(secret)", after: "(secret, another value)" }]);
  for (const view of views) expect(view).toContain("(secret, another value)");
  expect(update({ [field]: SECRET, other: 1 }, "other").segments[0]?.fields).toEqual([]);
});

test("a secret definition", () => {
  const secret = { definition: SECRET };
  const lines = (inputs: object, ...differs: string[]) => update(inputs, ...differs).segments[0]?.definition?.lines;
  expect(lines(secret, "definition")).toEqual([{ is: "added", text: "The definition is secret, and changes" }]);
  expect(lines(secret, "name")).toBeUndefined();
  expect(lines({ definition: pageIs(SECRET as never) }, "definition.container.pred.str")).toEqual([
    { is: "kept", text: expect.stringMatching(/^Sessions where page is /) as string },
    { is: "added", text: "A secret value in it changes" },
  ]);
  const made = stackOf({ op: "create", after: segmentOf("a", secret) });
  for (const view of made.views) expect(view).toContain("The definition is secret");
  const told = stackOf({
    op: "update",
    before: segmentOf("a"),
    after: segmentOf("a", secret),
    differs: ["definition"],
  });
  expect(told.segments[0]?.definition?.lines.map(({ is }) => is)).toEqual(["removed", "added"]);
});

test("an update of something secret that a refresh found elsewhere does not vanish", () => {
  const secret = segmentOf("a", { description: SECRET });
  const { segments } = stackOf(
    { op: "refresh", before: secret, after: secret },
    { op: "update", before: segmentOf("edited", { description: SECRET }), after: secret, differs: ["description"] },
  );
  expect(segments[0]?.fields).toEqual([{ field: "description", before: "(secret)", after: "(secret, another value)" }]);
});

test("a secret name of a data view is left out", () => {
  const outputs = { dataViewName: SECRET };
  expect(stackOf({ op: "delete", before: segmentOf("a"), outputs }).segments[0]?.dataView).toBe("dv_prod");
});

describe("a job", () => {
  const base = { segmentIds: ["a"], triggers: { release: "1" } };
  const reasons = (before: object, after: object, differs: readonly string[], outputs: object = {}) =>
    stackOf({ op: "replace", kind: "SegmentJob", before, after, differs, outputs }).jobs[0]?.reasons;
  const tok = { ...base, triggers: { release: "1", tok: SECRET } };
  const two = { ...base, triggers: { one: SECRET, two: SECRET } };
  const whole = { ...base, triggers: SECRET };

  test.each([
    ["named by the engine", two, ["triggers", "triggers.two"], 'trigger "two" is secret, and changes'],
    ["the only one", tok, ["triggers"], 'trigger "tok" is secret, and changes'],
    ["one of two", two, ["triggers"], "a secret trigger changes"],
    ["all secret", whole, ["triggers"], "a secret trigger changes"],
  ])("runs for a secret trigger: %s", (_, inputs, differs, reason) => {
    expect(reasons(inputs, inputs, differs)).toEqual([reason]);
    expect(reasons(inputs, inputs, differs, { triggers: SECRET })).toEqual([reason]);
  });

  test("runs for another trigger beside a secret one", () => {
    const after = { ...base, triggers: { release: "2", tok: SECRET } };
    expect(reasons(tok, after, ["triggers.release"])).toEqual(['trigger "release" changes from "1" to "2"']);
    expect(reasons(base, tok, ["triggers.tok"])).toEqual(['trigger "tok" is new: (secret)']);
  });

  test("runs over secret segments", () => {
    const secret = { segmentIds: SECRET };
    expect(reasons(secret, secret, ["segmentIds"])).toEqual(["its segments are secret, and change"]);
    expect(reasons(base, { ...base, segmentIds: SECRET }, ["segmentIds"])).toEqual([
      "it ran over 1 segment: a, and will run over segments (secret)",
    ]);
    expect(stackOf({ op: "create", kind: "SegmentJob", after: secret }).jobs[0]?.scope).toBe("segments (secret)");
  });
});

describe("what becomes secret is not shown as it was, since most of the time it stays the same", () => {
  const CANARY = "canary-7f3a";
  const becomes = (before: object, after: object, ...differs: readonly string[]) =>
    stackOf({ op: "update", before: segmentOf("a", before), after: segmentOf("a", after), differs });

  test.each([
    ["a name", { name: CANARY }, { name: SECRET }],
    ["a definition", { definition: pageIs(CANARY) }, { definition: SECRET }],
    ["a value of a definition", { definition: pageIs(CANARY) }, { definition: pageIs(SECRET as never) }],
    ["a tag", { tags: [CANARY] }, { tags: [SECRET] }],
    ["all tags", { tags: [CANARY] }, { tags: SECRET }],
  ])("%s", (_, before, after) => {
    const { views, segments } = becomes(before, after, ...Object.keys(before));
    expect(segments).toHaveLength(1);
    for (const view of [...views, JSON.stringify(segments)]) expect(view).not.toContain(CANARY);
  });

  test("a trigger", () => {
    const job = (triggers: object) => ({ segmentIds: ["a"], triggers });
    const { views, jobs } = stackOf({
      op: "replace",
      kind: "SegmentJob",
      before: job({ release: CANARY }),
      after: job({ release: SECRET }),
      differs: ["triggers.release"],
    });
    expect(jobs[0]?.reasons).toEqual([
      'trigger "release" changes from (not shown, because it is secret on the other side) to (secret)',
    ]);
    for (const view of [...views, JSON.stringify(jobs)]) expect(view).not.toContain(CANARY);
  });
});
