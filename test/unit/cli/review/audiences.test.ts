/** Audiences in a review: in plans of both doors, beside segments and jobs. What a reader sees stands in recorded/audiences-*. */
import { join } from "node:path";
import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { exitStatus } from "../../../../cli/review/report/gates";
import { plainText } from "../../../../cli/review/text";
import { expectFile } from "../../../engine/review/golden";
import { UNKNOWN } from "../../../../model/is-unknown";
import { audienceOf, planned, segmentOf, type PlannedStep } from "./plan";

const reportOf = (text: string) => createReport([{ name: "preview.json", text }]);
const recorded = (name: string) => join(__dirname, "recorded", `audiences-${name}`);
const audience = (step: PlannedStep): PlannedStep => ({ kind: "Audience", ...step });
const inSegment = (id: string) => ({
  nodeType: "fnApply",
  fnName: "inSegment",
  params: [{ nodeType: "literal", literalType: "String", value: id }],
});

const PLAN: readonly PlannedStep[] = [
  audience({
    op: "create",
    name: "new",
    after: audienceOf("New buyers", {
      evaluation: "streaming",
      mergePolicy: "Edge",
      lifecycle: "draft",
      labels: ["C1"],
    }),
  }),
  audience({
    op: "update",
    name: "changed",
    native: true,
    before: audienceOf("Buyers", { lifecycle: "published", labels: ["C1", "C2"], mergePolicy: "Default" }),
    outputs: { labels: ["C1", "C2"] },
    after: audienceOf("Buyers of 1985", {
      expression: 'homeAddress.countryISO = "CA" and person.birthYear = 1985 and inSegment("e3be")',
      evaluation: "streaming",
      lifecycle: "inactive",
      labels: ["C1", "C9"],
      mergePolicy: "Edge",
    }),
  }),
  audience({ op: "update", name: "unmanaged", before: audienceOf("U", { ttlInDays: 30 }), after: audienceOf("U") }),
  audience({ op: "delete", name: "gone", before: audienceOf("Gone") }),
  audience({
    op: "delete",
    name: "guarded",
    before: audienceOf("Guarded"),
    outputs: { deletionPolicy: "refuseIfUsed" },
  }),
  audience({ op: "delete", name: "asleep", before: audienceOf("Asleep"), outputs: { deletionPolicy: "deactivate" } }),
  audience({ op: "delete", name: "kept", before: audienceOf("Kept"), outputs: { deletionPolicy: "retain" } }),
  audience({ op: "delete", name: "forgotten", before: audienceOf("Forgotten"), retainOnDelete: true }),
  audience({
    op: "replace",
    name: "moved",
    before: audienceOf("Moved"),
    after: audienceOf("Moved", { sandbox: "prod", replaceWithNewId: true }),
  }),
  audience({
    op: "create",
    name: "adopted",
    after: audienceOf("Adopted", { adoptId: "a-1", lifecycle: "published", expression: inSegment("e3be") }),
  }),
  audience({
    op: "update",
    name: "later",
    before: audienceOf("Later"),
    after: audienceOf("Later", { expression: UNKNOWN }),
  }),
  { op: "create", name: "mobile", after: segmentOf("Mobile") },
  { op: "create", kind: "SegmentJob", name: "nightly", after: { segmentIds: [UNKNOWN], sandbox: "dev" } },
];

const DIAGNOSTICS = [
  {
    severity: "info#err",
    message: 'Audience a-1 "Adopted" of jane@example.com is taken over; this changes its expression and lifecycle.\n',
  },
  {
    urn: "urn:pulumi:prod::web::cja:index:Audience::changed",
    severity: "info#err",
    message: 'warning: expression: line 1, column 3: found "xor", which is not understood here\n',
  },
];

test("what a plan does to audiences", () => {
  const report = reportOf(planned(PLAN, { diagnostics: DIAGNOSTICS }));
  expectFile(recorded("plan.txt"), plainText(report));
  expectFile(recorded("plan.md"), markdown(report));
  // Without the page's style and script.
  const [page = ""] = /<main.*<\/main>/s.exec(html(report)) ?? [];
  expectFile(recorded("plan-page.txt"), page);
  expect(report.stacks[0]?.counts).toMatchObject({ create: 2, adopt: 1, change: 3, replace: 1, delete: 2, forget: 3 });
  expect(report.stacks[0]?.others).toEqual([]);
  expect(exitStatus(report)).toBe(3);
});

const REFRESHED: readonly PlannedStep[] = [
  audience({
    op: "update",
    name: "streaming",
    before: audienceOf("Streaming", { evaluation: "streaming", lifecycle: "published" }),
    outputs: { sandboxName: "dev", modified: "2026-03-01T10:00:00Z" },
    after: audienceOf("Streaming", { evaluation: "batch", lifecycle: "published" }),
  }),
  audience({
    op: "update",
    name: "edited",
    native: true,
    before: audienceOf("Edited", { labels: ["C1"], mergePolicy: "Default" }),
    outputs: { labels: ["C1"] },
    after: audienceOf("Edited in the UI", {
      mergePolicy: "Edge",
      labels: ["C1", "C2"],
      expression: 'homeAddress.countryISO = "US" and person.birthYear >= 1990',
    }),
  }),
  audience({ op: "delete", name: "deleted", before: audienceOf("Deleted") }),
];

test("what was changed elsewhere", () => {
  const urn = "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod";
  const plan = JSON.parse(planned(REFRESHED)) as { steps: { op: string; urn: string }[] };
  const steps = plan.steps.map((step) => (step.urn === urn ? { ...step, op: "refresh" } : step));
  const report = reportOf(JSON.stringify({ ...plan, steps }));
  expectFile(recorded("drift.txt"), plainText(report));
  expectFile(recorded("drift.md"), markdown(report));
  expect(report.stacks[0]?.drift.map(({ kind, gone }) => [kind, gone])).toEqual([
    ["audience", true],
    ["audience", false],
    ["audience", false],
  ]);
});

test("an audience that is as it was is no drift, and no change", () => {
  const same = audienceOf("A");
  const other = { ...same, expression: `${same.expression.replace(" and ", "\n  and ")}` };
  const [stack] = reportOf(planned([audience({ op: "update", before: same, after: other, outputs: {} })])).stacks;
  expect(stack?.audiences.map(({ expression, fields }) => [expression, fields])).toEqual([[undefined, []]]);
});

test("no secret is shown, and that one changes is", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
  const expression = (value: unknown) => ({ nodeType: "literal", literalType: "String", value });
  const text = planned([
    audience({
      op: "update",
      name: "whole",
      before: audienceOf("A", { expression: secret }),
      after: audienceOf("A", { expression: secret }),
      differs: ["expression"],
    }),
    audience({
      op: "update",
      name: "part",
      before: audienceOf("B", { expression: expression(secret) }),
      after: audienceOf("B", { expression: expression(secret) }),
      differs: ["expression.value"],
    }),
    audience({
      op: "update",
      name: "becomes",
      before: audienceOf("C", { expression: expression("hidden") }),
      after: audienceOf("C", { expression: expression(secret) }),
    }),
    audience({
      op: "update",
      name: "text",
      before: audienceOf("D", { expression: 'a = "hidden"' }),
      after: audienceOf("D", { expression: secret }),
    }),
  ]);
  const [stack] = reportOf(text).stacks;
  const lines = stack?.audiences.map(({ expression: shown }) => shown?.lines.map((line) => line.text));
  expect(lines).toEqual([
    ['"(secret)"', "A secret value in it changes"],
    ['"(secret)"', "A secret value in it changes"],
    ["The expression (not shown, because it is secret on the other side)", "The expression is secret"],
    ["The expression is secret, and changes"],
  ]);
  expect(markdown(reportOf(text))).not.toContain("hidden");
});

test("an audience that another resource of the plan keeps is not deleted", () => {
  const [stack] = reportOf(
    planned([
      audience({ op: "delete", name: "old", id: "a-1", before: audienceOf("A") }),
      audience({ op: "create", name: "renamed", after: audienceOf("A", { adoptId: "a-1" }) }),
    ]),
  ).stacks;
  expect(stack?.audiences.map(({ action, notes }) => [action, notes[0]])).toEqual([
    ["forget", 'It stays in Experience Platform (cja.Audience "renamed" has it): nothing is deleted.'],
    ["adopt", "It already exists and is taken over: up writes only what differs."],
  ]);
});

test("a segment with the ID of an audience does not keep it", () => {
  const [stack] = reportOf(
    planned([
      audience({ op: "delete", name: "old", id: "a-1", before: audienceOf("A") }),
      { op: "create", name: "other", after: segmentOf("S", { adoptId: "a-1" }) },
    ]),
  ).stacks;
  expect(stack?.audiences.map(({ action }) => action)).toEqual(["delete"]);
});

test("stacks of several sandboxes with the same change show it once", () => {
  const plan = (stack: string, sandbox: string) =>
    planned([
      audience({
        op: "update",
        before: audienceOf("A", { sandbox }),
        after: audienceOf("A", { sandbox, expression: "person.birthYear = 1985" }),
      }),
    ]).replaceAll("urn:pulumi:prod::", `urn:pulumi:${stack}::`);
  const report = createReport([
    { name: "dev.json", text: plan("dev", "dev") },
    { name: "stage.json", text: plan("stage", "stage") },
  ]);
  expect(plainText(report)).toContain("The audiences change as in web/dev: see there for the details.");
  expect(plainText(report).match(/person\.birthYear is 1985/g)).toHaveLength(1);
});

test("audiences that a plan has are called by their names, in expressions and in jobs", () => {
  const report = reportOf(
    planned([
      audience({ op: "update", name: "buyers", id: "e3be", before: audienceOf("Buyers"), after: audienceOf("Byers") }),
      audience({ op: "create", name: "more", after: audienceOf("More", { expression: inSegment("e3be") }) }),
      audience({ op: "create", name: "odd", after: audienceOf("Odd", { expression: 'inSegment("e3be") = true' }) }),
      { op: "create", kind: "SegmentJob", name: "nightly", after: { segmentIds: ["e3be"], sandbox: "dev" } },
    ]),
  );
  const lines = report.stacks[0]?.audiences.map(({ expression }) => expression?.lines.map(({ text }) => text));
  expect(lines?.slice(1)).toEqual([
    ["is in the audience Buyers (e3be)"],
    // Of what has no words, the names stand beside it.
    ['inSegment("e3be") = true'],
  ]);
  expect(report.stacks[0]?.audiences.map(({ fields }) => fields).slice(1)).toEqual([
    [],
    [{ field: "audiences in it", after: "Buyers (e3be)" }],
  ]);
  expect(report.stacks[0]?.jobs[0]?.scope).toBe("1 segment: Buyers (e3be)");
});

test("an expression shows everything that is in it, and no view takes it for markup or a command", () => {
  const expression = 'a = "\u202e\u200b<script>" and b = "```" and c = "\u001b[31m"\n::error::x';
  const before = audienceOf("A", { expression });
  const report = reportOf(planned([audience({ op: "update", before, after: audienceOf("A") })]));
  for (const text of [plainText(report), markdown(report), html(report)]) {
    for (const hidden of ["\u202e", "\u200b", "\u001b"]) expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/^::error/m);
  }
  expect(html(report)).not.toContain('<script>"');
  expect(markdown(report)).toContain("````diff\n");
});
