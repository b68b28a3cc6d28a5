import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import type { ReviewOptions } from "../../../../cli/review/report/report";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { fc, samples } from "../../../properties";
import { planned, segmentOf, type PlannedStep } from "./plan";

const reviewed = (steps: readonly PlannedStep[], options: ReviewOptions = {}) => {
  const report = createReport([{ name: "p", text: planned(steps) }], options);
  const [stack] = report.stacks;
  if (!stack) throw new Error("no stack");
  return { ...stack, views: [markdown(report, options), plainText(report), html(report, options)] };
};
const dataViews = (steps: readonly PlannedStep[], options: ReviewOptions = {}) =>
  Object.fromEntries(reviewed(steps, options).segments.map(({ resource, dataView }) => [resource, dataView]));

const changed: PlannedStep = {
  op: "update",
  name: "changed",
  before: segmentOf("a"),
  after: segmentOf("b"),
  outputs: { dataViewName: "Web" },
};
const made: PlannedStep = { op: "create", name: "made", after: segmentOf("c") };

describe("a data view has the same form", () => {
  test.each<readonly [string, ReviewOptions, string]>([
    ["new and changed, where a state has its name", {}, "Web (dv_prod)"],
    ["where the service was asked", { asked: new Map([["dv_prod", "Asked"]]) }, "Asked (dv_prod)"],
    ["where the reader gave it", { asked: new Map([["dv_prod", "x"]]), names: { dv_prod: "Shop" } }, "Shop (dv_prod)"],
  ])("%s", (_, options, dataView) => {
    expect(dataViews([changed, made], options)).toEqual({ changed: dataView, made: dataView });
    expect(dataViews([made, changed], options)).toEqual({ changed: dataView, made: dataView });
  });

  test("where its name is not known, and of no other one's", () => {
    expect(dataViews([made])).toEqual({ made: "dv_prod" });
    const other = { ...made, after: segmentOf("c", { dataViewId: "dv_2" }) };
    expect(dataViews([changed, other])).toEqual({ changed: "Web (dv_prod)", made: "dv_2" });
    expect(dataViews([{ ...changed, outputs: { dataViewName: "[secret]" } }, made])).toMatchObject({ made: "dv_prod" });
    expect(dataViews([{ ...made, after: segmentOf("c", { dataViewId: "toString" }) }])).toEqual({ made: "toString" });
  });

  test("in what a replacement and an edit elsewhere change", () => {
    const moved = segmentOf("a", { dataViewId: "dv_2" });
    const names = { dv_2: "Apps" };
    const field = { field: "dataViewId", before: "Web (dv_prod)", after: "Apps (dv_2)" };
    expect(reviewed([{ ...changed, op: "replace", after: moved }], { names }).segments[0]?.fields).toContainEqual(
      field,
    );
    const edited = reviewed(
      [
        { op: "refresh", before: segmentOf("a"), after: moved, outputs: { dataViewName: "Web" } },
        { op: "update", before: moved, after: segmentOf("a") },
      ],
      { names },
    );
    expect(edited.drift[0]?.fields).toContainEqual(field);
  });
});

describe("users, groups and audiences have names", () => {
  const job = (...segmentIds: readonly string[]) => ({ segmentIds });
  const shared = (...shares: readonly object[]): PlannedStep => ({
    op: "update",
    before: segmentOf("a", { shares: [] }),
    after: segmentOf("a", { shares }),
    outputs: { owner: { id: "U1@x", name: "Jane" } },
  });

  test("of an owner from the state, of others from the reader", () => {
    const shares = [
      { to: "user", id: "U1@x" },
      { to: "group", id: "812345678", access: "edit" },
    ];
    const { segments } = reviewed([shared(...shares)], { names: { "812345678": "Analysts" } });
    expect(segments[0]?.fields[0]?.list?.entries.map(({ text }) => text)).toEqual([
      "user Jane (U1@x)",
      "group Analysts (812345678) (access edit)",
    ]);
  });

  test("of the audiences that a job runs over, and that come in and go out", () => {
    const steps = [{ op: "replace", kind: "SegmentJob" as const, before: job("a1", "a2"), after: job("a2", "a3") }];
    expect(reviewed(steps, { names: { a1: "Buyers", a2: "Readers" } }).jobs[0]).toMatchObject({
      scope: "2 segments: Readers (a2), a3",
      reasons: ["1 segment: a3 is added", "1 segment: Buyers (a1) is removed"],
    });
  });

  test("and one that was asked for and not told is said to be unknown", () => {
    const steps = [{ op: "create", kind: "SegmentJob" as const, after: job("a1", "a2", "a3", "a4") }];
    const asked = new Map([
      ["a1", "Buyers"],
      ["a2", ""],
      ["a3", ""],
    ]);
    expect(reviewed(steps, { asked, names: { a3: "Given", a4: "" } }).jobs[0]?.scope).toBe(
      "4 segments: Buyers (a1), a2 (name not known), Given (a3), a4",
    );
  });

  test("whatever their names, they are no markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = `<b>*x* \u202e[y](z) ${text}`;
        const names = { "812345678": name, dv_prod: name, a1: name };
        const run: PlannedStep = { op: "create", kind: "SegmentJob", name: "run", after: job("a1") };
        const [md = "", plain = "", page = ""] = reviewed([shared({ to: "group", id: "812345678" }), made, run], {
          names,
        }).views;
        for (const view of [md, plain, page]) expect(view).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
        expect(page).not.toContain("<b>");
        // What is in code goes first, block by block and span by span.
        const prose = md.replace(/^(`{3,})[^\n]*\n.*?\n\1$/gms, "").replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
        expect(prose).not.toMatch(/<b>|\*x\*|\[y\]/);
      }),
      { numRuns: samples(1000) },
    );
  });
});
