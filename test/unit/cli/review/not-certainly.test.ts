import { fc, samples } from "../../../properties";
import { exitStatus, GATES, violatedGates } from "../../../../cli/review/report/gates";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { planned, segmentOf } from "./plan";

const reading = (text: string) => createReport([{ name: "p.json", text }]);
/** What `review --fail-on delete,replace,run` ends with. */
const gated = (text: string): number => {
  const report = reading(text);
  return violatedGates(report, ["delete", "replace", "run"]).length > 0 ? 1 : exitStatus(report);
};
const NOTHING = planned([]);
const GONE = planned([{ op: "delete", before: segmentOf("Old") }]);
const LINE = "\n";
const pretty = (text: string) => JSON.stringify(JSON.parse(text), null, 4);
const DURATION = { duration: 5_390_016_623 };

const summaryOf = (result: string, summary: object, ...ops: readonly string[]) =>
  JSON.stringify({ result, ...DURATION, summary, ...(ops.length > 0 && { resources: ops.map(resource) }) });
const type = "pulumi-nodejs:dynamic/cja:Segment";
const resource = (op: string) => ({ urn: `urn:pulumi:i1::ign::${type}::m`, type, name: "m", op });

describe("the one line of pulumi preview --output json", () => {
  test.each([
    ["deletes", summaryOf("succeeded", { delete: 1, same: 1 }, "delete")],
    ["changes", summaryOf("succeeded", { same: 1, update: 1 }, "update")],
    ["counts what it does not list", summaryOf("succeeded", { same: 1, delete: 1 })],
    ["lists what it does not count", summaryOf("succeeded", { same: 1 }, "delete")],
    ["has found something in a refresh, maybe", summaryOf("succeeded", { same: 2 }, "refresh")],
    ["counts nothing", summaryOf("succeeded", {})],
    ["has something new in it", summaryOf("succeeded", { same: 1 }).replace("{", '{"changes":{"delete":1},')],
    ["is the one of another version", '{"result":"succeeded","changes":{"delete":1},"duration":"2.3s"}'],
  ])("one that %s is refused, with the command that makes a preview", (_, text) => {
    const report = reading(text);
    expect(report.unreadable).toEqual([
      {
        source: "p.json",
        reason: expect.stringMatching(/ --output json.* pass the output of pulumi preview --json$/) as unknown,
      },
    ]);
    expect(gated(text)).toBe(1);
  });

  test.each(["failed", "canceled", "imagined"])("one that %s is a preview that failed", (result) => {
    const report = reading(summaryOf(result, { same: 1 }));
    expect(exitStatus(report)).toBe(1);
    expect(plainText(report)).toMatch(/^p\.json: the preview failed\n\nfailed: preview /);
  });

  test("where nothing changes, that is all there is to say, but nobody has looked for edits", () => {
    const report = reading(summaryOf("succeeded", { same: 3 }, "read"));
    expect(plainText(report)).toMatch(/^p\.json: 2 unchanged\n\nThis preview did not check for edits made in the UI/);
    expect(markdown(report)).toMatch(/^### No changes in `p\.json`/);
    expect([exitStatus(report), violatedGates(report, ["delete", "replace", "run"])]).toEqual([0, []]);
    expect(violatedGates(report, ["drift"])).toHaveLength(1);
  });

  test("no other than that is ever taken for a plan without changes", () => {
    const op = fc.constantFrom("same", "read", "delete", "update", "create", "refresh", "import", "ponder");
    const result = fc.oneof(fc.constant("succeeded"), fc.string());
    const counts = fc.dictionary(op, fc.nat(2));
    fc.assert(
      fc.property(result, counts, fc.array(op, { maxLength: 3 }), (said, summary, ops) => {
        const isStill = [...ops, ...Object.keys(summary).filter((key) => summary[key])].every((one) =>
          ["same", "read"].includes(one),
        );
        const isFine = said === "succeeded" && isStill && (summary["same"] ?? 0) > 0;
        expect(exitStatus(reading(summaryOf(said, summary, ...ops)))).toBe(isFine ? 0 : 1);
      }),
      { numRuns: samples(1000) },
    );
  });
});

describe("a preview that failed", () => {
  const diagnosed = (...diagnostics: readonly object[]) => planned([], { diagnostics });
  const LAST = { severity: "error", message: "error: preview failed\n" };

  test("and only says so, as with a mandatory policy, shows what else was said", () => {
    const text = diagnosed(
      { severity: "info", message: "  no-public: do not" },
      {},
      { severity: "debug", message: "" },
      LAST,
    );
    expect(exitStatus(reading(diagnosed(LAST)))).toBe(1);
    expect(reading(diagnosed(LAST)).stacks[0]?.failures).toHaveLength(1);
    expect(plainText(reading(diagnosed(LAST)))).toMatch(/failed: preview failed.*policy.*without --json/);
    // One of an unknown kind may be the reason: then the last word says nothing.
    expect(reading(text).stacks[0]?.failures.map(({ message }) => message)).toEqual([""]);
    const said = diagnosed({ severity: "info", message: "no-public: do not" }, LAST);
    expect(plainText(reading(said))).toContain("failed: no-public: do not");
  });

  test("in words or with a gravity that nobody knows has failed", () => {
    const gravity = fc.string().filter((word) => !["debug", "info", "info#err", "warning"].includes(word));
    fc.assert(
      fc.property(gravity, fc.string(), (severity, message) => {
        expect(exitStatus(reading(diagnosed({ severity, message })))).toBe(1);
        expect(exitStatus(reading(JSON.stringify({ diagnostics: [{ severity, message }] })))).toBe(1);
      }),
      { numRuns: samples(1000) },
    );
  });

  test("a refresh of an empty stack with a warning has not", () => {
    const report = reading('{"diagnostics":[{"message":"warning: old","severity":"warning"}],"duration":1}');
    expect([exitStatus(report), report.stacks[0]?.refresh]).toEqual([0, "alone"]);
  });
});

describe("what is not certainly a whole preview is refused", () => {
  test.each([
    ["a state", '{"version":3,"deployment":{}}', /^this is the state of a stack/],
    ["a saved plan", '{"resourcePlans":{},"manifest":{}}', /"resourcePlans"/],
    ["a preview with something new in it", planned([], { policyViolations: [{}] }), /"policyViolations"/],
    ["words without a plan", '{"diagnostics":[{"severity":"info","message":"hi"}]}', /neither "steps" nor an error in/],
    ["counts without steps", planned([], { changeSummary: { same: 1, delete: 1 } }), /counts "delete"/],
    [
      "a step without what it changes",
      GONE.replace(/"oldState":.*?(?=,"detailedDiff")/, '"oldState":null'),
      /"delete" of "one"/,
    ],
    ["a preview behind a bracket", `[${GONE},\n${NOTHING}]`, /among other text/],
    ["a preview behind words", `Previewing … ${GONE}\n${NOTHING}`, /among other text/],
    ["one whose lines were prefixed", `${NOTHING}\n${pretty(GONE).replace(/^/gm, "web | ")}`, /among other text/],
    ["a log alone", '{"level":"info","msg":"done"}', /"level"/],
    ["an error of a log", `${NOTHING}\n{"level":"error","msg":"no"}`, /"level"/],
  ])("%s", (_, text, reason) => {
    expect(reading(text).unreadable).toEqual([{ source: "p.json", reason: expect.stringMatching(reason) as unknown }]);
    for (const view of [plainText(reading(text)), markdown(reading(text))])
      expect(view).toContain("pulumi preview --json > preview.json");
    expect(gated(text)).toBe(1);
  });

  test("whatever its shape", () => {
    const known = fc.constantFrom(
      "steps",
      "diagnostics",
      "config",
      "changeSummary",
      "duration",
      "result",
      "maybeCorrupt",
    );
    const whole = fc.constantFrom(
      DURATION,
      JSON.parse(NOTHING) as object,
      JSON.parse(summaryOf("succeeded", { same: 1 })) as object,
    );
    const shape = fc.oneof(fc.dictionary(fc.oneof(known, fc.string()), fc.jsonValue()), whole);
    fc.assert(
      fc.property(shape, fc.string({ minLength: 1 }), fc.jsonValue(), fc.boolean(), (some, key, value, behind) => {
        const text = JSON.stringify({ ...some, [`new ${key}`]: value });
        expect(gated(behind ? `${NOTHING}\n${text}` : text)).toBe(1);
      }),
      { numRuns: samples(1000) },
    );
  });
});

describe("what stands around previews", () => {
  const plan = fc.constantFrom(NOTHING, GONE, pretty(NOTHING), pretty(GONE));
  /** A line that begins with a brace, and is no JSON. */
  const braced = fc.oneof(
    fc.constantFrom(
      "{ brew }",
      "  { brew }",
      "{ brew",
      "{{ x }}",
      "{'a': 1}",
      '{"a" => 1}',
      '{"level":"info","msg":"done"}',
    ),
    fc
      .tuple(fc.constantFrom("", "  ", "\t"), fc.string({ unit: "grapheme" }))
      .filter(([, rest]) => !/^\s*["}]|^\s*$|\n|\r|[\u2028\u2029]/.test(rest))
      .map(([blank, rest]) => `${blank}{${rest}`),
  );

  test("a line of the log that begins with a brace is passed over", () => {
    fc.assert(
      fc.property(plan, fc.array(braced, { minLength: 1, maxLength: 3 }), (text, lines) => {
        const { stacks, unreadable } = reading([text, ...lines, text, ""].join(LINE));
        expect([stacks, unreadable]).toEqual([reading([text, text].join(LINE)).stacks, []]);
      }),
      { numRuns: samples(1000) },
    );
  });

  test("a plan that deletes is never passed over, be it whole, cut, or on the line of another one", () => {
    const deleting = fc.constantFrom(GONE, pretty(GONE));
    const between = fc.constantFrom("", " ", LINE, "\r\n", "\ufeff", "\n\ufeff", "\n\n \t");
    const log = fc.array(braced, { maxLength: 2 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(
        plan,
        between,
        log,
        deleting,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (first, gap, lines, gone, part) => {
          const kept = gone.slice(0, 1 + Math.round(part * (gone.length - 1)));
          expect(gated(`${first}${gap}${kept}`)).toBe(1);
          expect(gated(`${lines}${gone}${gap}${first}`)).toBe(1);
        },
      ),
      { numRuns: samples(1000) },
    );
  });
});

describe("gates", () => {
  test("stay shut for a step that nobody knows", () => {
    const op = fc.string({ minLength: 1 }).map((word) => `x${word}`);
    fc.assert(
      fc.property(op, fc.constantFrom("Segment" as const, "SegmentJob" as const, "Bucket" as const), (word, kind) => {
        const report = reading(planned([{ op: word, kind, before: segmentOf("a"), after: segmentOf("b") }]));
        for (const gate of GATES) expect(violatedGates(report, [gate])).toHaveLength(1);
        expect(violatedGates(report, ["delete"])[0]).toMatch(
          /^delete: pulumi-cja does not know what "x.*" does to "one" in web\/prod; /s,
        );
      }),
      { numRuns: samples(1000) },
    );
  });

  test("see the halves of a replacement, as --show-replacement-steps lists them", () => {
    const [before, after] = [segmentOf("a"), segmentOf("b")];
    const halves = [
      { op: "create-replacement", before, after },
      { op: "delete-replaced", before },
    ];
    expect(violatedGates(reading(planned(halves)), ["delete", "replace"])).toEqual([
      "delete: 1 in web/prod",
      "replace: 1 in web/prod",
    ]);
    const whole = reading(planned([{ op: "replace", before, after }, ...halves]));
    expect(whole.stacks[0]?.others).toEqual([]);
    expect(violatedGates(whole, ["delete", "replace"])).toEqual(["replace: 1 in web/prod"]);
  });
});
