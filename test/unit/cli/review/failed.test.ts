import { fc, samples } from "../../../properties";
import { html } from "../../../../cli/review/html/html";
import { markdown, stackMarkdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { planned, segmentOf } from "./plan";

const reading = (text: string) => createReport([{ name: "preview.json", text }]);
const views = (text: string) => [markdown(reading(text)), plainText(reading(text)), html(reading(text))];
const errors = (...messages: readonly string[]) => messages.map((message) => ({ severity: "error", message }));
const messageOf = (message: string) =>
  reading(planned([], { diagnostics: errors(message) })).stacks[0]?.failures[0]?.message;

test("a failed preview that names no stack goes by its file's name", () => {
  const text = JSON.stringify({ diagnostics: errors("error: no credentials") });
  for (const view of views(text)) {
    expect(view).toContain("preview.json");
    expect(view).not.toMatch(/_empty_|<em>empty|nothing is deployed|did not check for|As far as/);
  }
  expect(plainText(reading(text))).toBe("preview.json: the preview failed\n\nfailed: no credentials\n");
});

test("what is planned beside a failure may be a part only, and is not counted", () => {
  const text = planned([{ op: "create", after: segmentOf("New") }], { diagnostics: errors("error: boom") });
  for (const view of views(text)) {
    expect(view.indexOf("As far as the plan got:")).toBeGreaterThan(view.indexOf("boom"));
    expect(view.lastIndexOf("New")).toBeGreaterThan(view.indexOf("As far as the plan got:"));
    expect(view).not.toMatch(/1 to create|did not check for/);
  }
});

test("of what the engine and Node say, colours, frames and empty ends are left out", () => {
  const colour = "\u001b[31m";
  const said = [
    `${colour}error: ${colour}<{%fg 1%}>failed:`,
    'throw new Error("boom")',
    "  at least 3 (or 4) segments",
    "Error: boom<{%reset%}>",
    "    at Object.<anonymous> (/srv/index.js:1:7)",
    "    at async Promise.all (index 0)",
    "    at new Promise (<anonymous>)",
    "    at node:internal/main/run_main_module:28:49",
    "",
    "",
  ];
  expect(messageOf(said.join("\n"))).toBe(
    'failed:\nthrow new Error("boom")\n  at least 3 (or 4) segments\nError: boom',
  );
});

test("failures and warnings keep to the length of a comment, and no block of code stays open", () => {
  const message = fc.oneof(fc.constant("word ".repeat(1000)), fc.constant("line\n".repeat(200)), fc.constant("short"));
  const most = fc.integer({ min: 1_000, max: 20_000 });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 30 }), most, (messages, maxLength) => {
      const steps = [{ op: "create", after: segmentOf("New") }];
      const report = reading(planned(steps, { diagnostics: errors(...messages) }));
      const several = { ...report, stacks: [...report.stacks, ...report.stacks] };
      const alone = report.stacks.map((stack) => stackMarkdown(stack, { maxLength }));
      for (const comment of [...alone, markdown(report, { maxLength }), markdown(several, { maxLength })]) {
        expect(comment.length).toBeLessThanOrEqual(maxLength);
        expect((comment.match(/^```/gm) ?? []).length % 2).toBe(0);
      }
    }),
    { numRuns: samples(60) },
  );
});

test("where there is no room, failures are cut, and those that are left out are counted", () => {
  const report = reading(
    planned([], { diagnostics: errors(...Array.from({ length: 13 }, () => "line\n".repeat(200))) }),
  );
  const comment = markdown(report, { maxLength: 8_000 });
  expect(comment).toContain("… and 3 more");
  expect(comment.match(/^line$/gm)).toHaveLength(10 * 20);
  expect(comment.match(/^…$/gm)).toHaveLength(10);
  expect(markdown(report).match(/^line$/gm)).toHaveLength(13 * 200);
});
