import { exitStatus, violatedGates } from "../../../../cli/review/report/gates";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { plainText } from "../../../../cli/review/text";
import { createReport } from "../../../../cli/review/report/create-report";
import type { ReviewOptions } from "../../../../cli/review/report/report";
import { planned, segmentOf, type PlannedStep } from "./plan";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "djE6c2VjcmV0" };

const reading = (text: string, options?: ReviewOptions) => createReport([{ name: "p.json", text }], options);
const stackOf = (steps: readonly PlannedStep[], options?: ReviewOptions, more?: object) => {
  const [stack] = reading(planned(steps, more), options).stacks;
  if (!stack) throw new Error("no stack");
  return stack;
};
const jobOf = (before: object | undefined, after: object | undefined, outputs: object = {}) => {
  const op = before ? (after ? "replace" : "delete") : "create";
  return stackOf([{ op, kind: "SegmentJob", before, after, outputs }]).jobs[0];
};
/** With `--refresh`, each resource has a step of that name before its own. */
const refreshedJob = (step: Omit<PlannedStep, "kind">) => {
  const job = { ...step, kind: "SegmentJob" as const };
  return stackOf([{ ...job, op: "refresh" }, job]).jobs[0];
};

describe("exit status", () => {
  const nothing = planned([]);
  const change = planned([{ op: "update", before: segmentOf("a"), after: segmentOf("b") }]);
  const gone = planned([{ op: "delete", before: segmentOf("a") }]);
  const run = planned([{ op: "create", kind: "SegmentJob", after: { segmentIds: ["a"] } }]);
  const replaced = planned([{ op: "replace", before: segmentOf("a"), after: segmentOf("a", { dataViewId: "dv_2" }) }]);
  const edited = planned([
    { op: "refresh", before: segmentOf("a"), after: segmentOf("a") },
    { op: "update", before: segmentOf("edited"), after: segmentOf("a") },
  ]);
  const failed = planned([], { diagnostics: [{ severity: "error", message: "error: no" }] });
  test.each([
    ["nothing", [nothing], 0],
    ["a change", [change], 2],
    ["an edit that is undone", [edited], 2],
    ["a deletion", [gone], 3],
    ["a replacement", [replaced], 3],
    ["a run", [run], 3],
    ["several stacks, by the gravest", [nothing, change, run], 3],
    ["a failed preview", [failed], 1],
    ["one that failed among others", [run, failed], 1],
    ["half a JSON", [change.slice(0, -20)], 1],
    ["nothing at all", [""], 1],
  ])("of %s", (_, texts, status) => {
    expect(exitStatus(createReport(texts.map((text, i) => ({ name: `${i}.json`, text }))))).toBe(status);
  });

  test("gates name what they refuse, and where", () => {
    const report = createReport([gone, run].map((text) => ({ name: "x", text })));
    expect(violatedGates(report, ["delete", "run", "replace", "drift"])).toEqual([
      "delete: 1 in web/prod",
      "drift: web/prod was planned without --refresh, so drift was not checked",
      "run: 1 in web/prod",
      "drift: web/prod was planned without --refresh, so drift was not checked",
    ]);
    expect(violatedGates(report, [])).toEqual([]);
  });
});

const STREAM: unknown = expect.stringMatching(/^this is a stream of events.*pass the output of pulumi preview --json$/);

describe("what cannot be read", () => {
  test.each<readonly [string, unknown]>([
    ["", "it is empty"],
    ["error: no stack named 'nope' found", "it has no JSON object"],
    ['{"steps": [', "the JSON ends early: the preview did not finish"],
    ['{"steps": [}', expect.stringMatching(/^it is not JSON: /)],
    ["{}", 'it has neither "steps" nor "diagnostics": is it the output of "pulumi preview --json"?'],
    ['{"steps": "x"}', expect.stringMatching(/^it is not output of "pulumi preview --json": steps: /)],
    ['{"sequence":0,"timestamp":1}', STREAM],
    ['{"operations":[]}', STREAM],
    ['{"steps":[]}', expect.stringMatching(/^"steps" is empty/)],
    ['{"steps":[],"duration":1}', expect.stringMatching(/^"steps" is empty/)],
    ['{"duration":1,"changeSummary":{"update":1}}', expect.stringMatching(/"steps" are missing/)],
    ['{"steps":[{"op":"update","urn":"web"}]}', 'the step "update" belongs to no resource: its urn is "web"'],
  ])("%s", (text, reason) => {
    const report = reading(text);
    expect(report.unreadable).toEqual([{ source: "p.json", reason }]);
    expect(markdown(report)).toMatch(/^### The preview could not be read\n/);
    expect(plainText(report)).toMatch(/^p\.json could not be read: /);
  });

  test("several previews in one text, with the log around them, are several stacks", () => {
    const text = `Previewing update {dev}:\n${planned([])}\nwarning: {\n  } x\n${planned([])}\n`;
    expect(reading(`${planned([])}\n${JSON.stringify(JSON.parse(planned([])), null, 4)}`).stacks).toHaveLength(2);
    expect(reading(text.replace("warning: {\n  } x\n", "")).stacks).toHaveLength(2);
  });
});

describe("values", () => {
  test("what is not known yet, and secrets, are words", () => {
    const [segment] = stackOf([
      { op: "create", after: segmentOf("a", { description: SECRET, definition: UNKNOWN, dataViewId: UNKNOWN }) },
    ]).segments;
    expect(segment).toMatchObject({
      dataView: "(known after up)",
      fields: [{ field: "description", after: "(secret)" }],
      verdict: "not known before it runs",
      definition: { lines: [{ is: "added", text: "The definition is known only after up" }] },
    });
  });

  test("nothing of the engine's own, and no secret, is in any form", () => {
    const report = reading(
      planned(
        [
          {
            op: "update",
            before: segmentOf("a", { description: SECRET }),
            after: segmentOf("b", { description: "[secret]" }),
          },
        ],
        {
          config: { "cja:clientSecret": "[secret]", "cja:clientId": "0a1b2c" },
        },
      ),
    );
    for (const text of [markdown(report), plainText(report), JSON.stringify(report)])
      expect(text).not.toMatch(/__provider|exports\.handler|4dabf181|djE6c2V|0a1b2c/);
  });

  test.each([
    [{}, {}, "accepted"],
    [{ "cja:validate": "apply" }, {}, "not asked"],
    [{ "cja:validate": "apply" }, { validate: "always" }, "accepted"],
    [{}, { validate: "never" }, "not asked"],
  ])("the verdict with %j in the config and %j in the environment is %s", (config, options, verdict) => {
    const step = { op: "create", after: segmentOf("a") };
    expect(stackOf([step], options, { config }).segments[0]?.verdict).toBe(verdict);
  });
});

describe("why a job runs", () => {
  const base = { segmentIds: ["a", "b"], triggers: { release: "1" } };
  test.each<readonly [string, object | undefined, object, object, readonly string[]]>([
    ["new", undefined, base, {}, ["it is new"]],
    ["a trigger", base, { ...base, triggers: { release: "2" } }, {}, ['trigger "release" changes from "1" to "2"']],
    ["a new trigger", base, { ...base, triggers: { release: "1", by: 5 } }, {}, ['trigger "by" is new: 5']],
    [
      "an order of keys",
      { ...base, triggers: { x: { a: 1, b: 2 } } },
      { ...base, triggers: { x: { b: 2, a: 1 } }, sandbox: "dev" },
      {},
      ["sandbox: nothing → dev"],
    ],
    [
      "an unknown trigger",
      base,
      { ...base, triggers: { release: UNKNOWN } },
      {},
      ['trigger "release" is known only after up'],
    ],
    ["the set", base, { ...base, segmentIds: ["b", "c"] }, {}, ["1 segment: c is added", "1 segment: a is removed"]],
    [
      "all of them",
      base,
      { allSegments: true },
      {},
      ["it ran over 2 segments: a, b, and will run over all segments of _xdm.context.profile"],
    ],
    ["a failure", base, base, { status: "FAILED" }, ["the last run failed, and retryFailed is set"]],
  ])("%s", (_, before, after, outputs, reasons) => {
    expect(jobOf(before, after, outputs)).toMatchObject({ action: "run", reasons });
  });

  // The second status is one that nobody knows.
  test.each(["PROCESSING", "PAUSED"])("one that the state says is %s: what is known, and from when", (status) => {
    const [after, outputs] = [{ ...base, sandbox: "dev" }, { status }];
    const lastKnown = `was ${status} when the last up or refresh ended`;
    const ask = "pulumi preview --refresh asks Adobe for its status";
    expect(jobOf(base, after, outputs)?.reasons).toEqual([
      `the last run ${lastKnown}: if it is still active, it is cancelled first`,
      ask,
      "sandbox: nothing → dev",
    ]);
    expect(jobOf(base, undefined, outputs)).toMatchObject({
      action: "cancelIfActive",
      reasons: [`it leaves the program; it ${lastKnown}`, ask],
    });
    expect(refreshedJob({ op: "replace", before: base, after, outputs })?.reasons).toEqual([
      `the active run (${status}) is cancelled first`,
      "sandbox: nothing → dev",
    ]);
    expect(refreshedJob({ op: "delete", before: base, outputs })).toMatchObject({
      action: "cancel",
      reasons: [`it leaves the program; it is ${status}`],
    });
    expect(refreshedJob({ op: "update", before: base, after: base, outputs })?.reasons).toEqual([`it is ${status}`]);
  });

  test("the triggers of the last run count, not those of the last program", () => {
    const { triggers: _, ...without } = base;
    expect(jobOf(without, { ...base, triggers: { release: "2" } }, { triggers: { release: "1" } })?.reasons).toEqual([
      'trigger "release" changes from "1" to "2"',
    ]);
  });

  test("what is no run says so", () => {
    const step = { op: "update", kind: "SegmentJob" as const, before: base };
    const [changed] = stackOf([{ ...step, after: { ...base, timeout: "1h" } }]).jobs;
    expect(changed).toMatchObject({ action: "change", reasons: ["timeout: nothing → 1h", "this starts no run"] });
    const [waiting] = stackOf([{ ...step, after: base, outputs: { status: "PROCESSING" } }]).jobs;
    expect(waiting).toMatchObject({ action: "wait", reasons: ["it was PROCESSING when the last up or refresh ended"] });
    expect(jobOf(base, undefined, { status: "SUCCEEDED" })).toMatchObject({ action: "delete" });
  });
});
