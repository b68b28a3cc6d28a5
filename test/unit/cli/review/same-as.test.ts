import { desiredComments } from "../../../../cli/post/desired-comments";
import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport, type Source } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { pageIs, planned, segmentOf, type PlannedStep } from "./plan";

/** A stack's preview, whose data view and IDs are its own. */
const previewOf = (stack: string, steps: readonly PlannedStep[], more?: object): Source => ({
  name: `${stack}.json`,
  text: planned(steps, more)
    .replaceAll("urn:pulumi:prod::", `urn:pulumi:${stack}::`)
    .replaceAll("dv_prod", `dv_${stack}`)
    .replaceAll('"id":"s', `"id":"${stack}-s`),
});
const change: PlannedStep = {
  op: "update",
  before: segmentOf("Buyers"),
  after: segmentOf("Buyers", { definition: pageIs("Cart") }),
};
const added: PlannedStep = { op: "create", name: "two", after: segmentOf("Readers", { description: "Who read" }) };
const gone: PlannedStep = { op: "delete", name: "old", before: segmentOf("Old") };
const run: PlannedStep = { op: "create", kind: "SegmentJob", name: "job", after: { segmentIds: ["a"] } };

test("a stack whose segments change as another's says so, and its details stand once", () => {
  const sources = ["dev", "prod"].map((stack) => previewOf(stack, [change, added, run]));
  const report = createReport(sources);
  expect(report.stacks.map(({ sameAs }) => sameAs)).toEqual([undefined, "web/dev"]);
  expect(report.stacks[1]?.segments[0]?.definition?.lines).toHaveLength(2);
  const [md, text] = [markdown(report), plainText(report)];
  for (const view of [md, text]) {
    expect(view.match(/^[+-] .*"Cart"|^ {2}\+ .*"Cart"/gm)).toHaveLength(1);
    expect(view.match(/Who read/g)).toHaveLength(1);
    // A run is a run of each stack.
    expect(view.match(/over `?1 segment: a/g)).toHaveLength(2);
  }
  expect(md).toContain("_The segments change as in `web/dev`: see there for the details._");
  expect(md).toContain("#### Changed: `Buyers` in `dv_prod` (`one`)\n\n#### New: `Readers` in `dv_prod` (`two`)");
  expect(text).toContain("The segments change as in web/dev: see there for the details.\n\nChanged: Buyers in dv_prod");
});

test("the page has the details of both, of the second one to be opened", () => {
  const page = html(createReport(["dev", "prod"].map((stack) => previewOf(stack, [change]))));
  expect(page).toContain("<p>The segments change as in <bdi>web/dev</bdi>: see there for the details.</p>");
  const entries = [...page.matchAll(/<article class="entry"[^>]*><details( open)?>.*?<\/article>/gs)];
  expect(entries.map(([, open]) => open)).toEqual([" open", undefined]);
  for (const [entry] of entries) expect(entry).toContain("Cart");
});

test("each comment of a post says it, too", () => {
  const sources = ["dev", "prod"].map((stack) => previewOf(stack, [change]));
  const { comments } = desiredComments(sources, { maxLength: 65_536, maxBytes: Infinity, sourceKeyOf: (name) => name });
  expect(comments.map(({ body }) => body.includes("The segments change as in `web/dev`"))).toEqual([false, true]);
  expect(comments.map(({ body }) => body.includes("```diff"))).toEqual([true, false]);
});

test("what is deleted is told with its ID in each stack", () => {
  const md = markdown(createReport(["dev", "prod"].map((stack) => previewOf(stack, [change, gone]))));
  for (const id of ["dev-s-old", "prod-s-old"]) expect(md).toContain(`loses it. ID: \`${id}\`.`);
  expect(md.match(/^```diff/gm)).toHaveLength(1);
});

test.each<readonly [string, Source]>([
  ["another change", previewOf("prod", [{ ...change, after: segmentOf("Buyers", { definition: pageIs("Card") }) }])],
  ["one more", previewOf("prod", [change, added])],
  ["another name in the program", previewOf("prod", [{ ...change, name: "other" }])],
  ["a failure", previewOf("prod", [change], { diagnostics: [{ severity: "error", message: "no" }] })],
  ["no segments", previewOf("prod", [run])],
  ["the same stack", { ...previewOf("dev", [change]), name: "again.json" }],
])("%s is not the same", (_, other) => {
  const { stacks } = createReport([previewOf("dev", [change]), other]);
  expect(stacks.map(({ sameAs }) => sameAs)).toEqual([undefined, undefined]);
});

test.each(["[secret]", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"])(
  "what nobody is shown, %s, may differ",
  (description) => {
    const hidden = { ...change, after: segmentOf("Buyers", { description }) };
    const { stacks } = createReport(["dev", "prod"].map((stack) => previewOf(stack, [hidden])));
    expect(stacks.map(({ sameAs }) => sameAs)).toEqual([undefined, undefined]);
  },
);

test("a stack's name is no markup", () => {
  const report = createReport([previewOf("<b>`x`", [change]), previewOf("prod", [change])]);
  expect(markdown(report)).toContain("_The segments change as in `` web/<b>`x` ``: see there");
  expect(html(report)).not.toContain("<b>");
});
