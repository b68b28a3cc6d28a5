import { fc, samples } from "../../../properties";
import MarkdownIt from "markdown-it";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { pageIs, planned, segmentOf } from "./plan";

const github = new MarkdownIt("default", { html: true, linkify: true });
const commentOf = (text: string, maxLength?: number) =>
  markdown(createReport([{ name: "preview.json", text }]), maxLength === undefined ? {} : { maxLength });

/** What of a comment is not code: there GitHub looks for mentions, links and markup. */
function outsideOfCode(comment: string): string[] {
  return github.parse(comment, {}).flatMap((block) => {
    if (block.type === "html_block") return [block.content];
    return (block.children ?? []).filter(({ type }) => type !== "code_inline").map(({ content }) => content);
  });
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(
      "`",
      "``",
      "~",
      "\n",
      "\r\n",
      " ",
      "|",
      "<",
      ">",
      "\\",
      "*",
      "_",
      "#",
      "[",
      "](",
      "-->",
      "<!--",
      "@here",
      "\u202e",
      "א",
      "😀",
    ),
    maxLength: 20,
  }),
);
const NAMES = {
  name: hostile,
  description: hostile,
  dataViewId: hostile,
  str: hostile,
  resource: hostile,
  tag: hostile,
};

test("somebody's words are code, and nothing of them is markup, a mention or a link", () => {
  fc.assert(
    fc.property(fc.record(NAMES), ({ name, description, dataViewId, str, resource, tag }) => {
      const tame = commentOf(
        planned([
          {
            op: "update",
            name: "x",
            before: segmentOf("x"),
            after: segmentOf("y", {
              ...{ description: "z", definition: pageIs("w"), dataViewId: "v" },
              ...{ tags: ["t"], shares: [{ to: "user", id: "u" }] },
            }),
          },
        ]),
      );
      const wild = commentOf(
        planned([
          {
            op: "update",
            name: `${resource}!`,
            before: segmentOf("x"),
            after: segmentOf(`${name}!`, {
              description: `${description}!`,
              dataViewId: `${dataViewId}!`,
              definition: pageIs(`${str}!`),
              tags: [`${tag}!`],
              shares: [{ to: "user", id: `${tag}!` }],
            }),
          },
        ]),
      );
      // What stands around words that are written from right to left shows nothing.
      const said = (comment: string) =>
        outsideOfCode(comment).flatMap((text) => text.replace(/[\u2068\u2069]/g, "") || []);
      expect(said(wild)).toEqual(said(tame));
    }),
    { numRuns: samples(500) },
  );
});

test("the same preview gives the same bytes, in whatever order the engine listed its steps", () => {
  const steps = ["b", "a", "c"].map((name) => ({ op: "create", name, after: segmentOf(name) }));
  expect(commentOf(planned(steps))).toBe(commentOf(planned(steps.toReversed())));
});

test("a comment keeps to its length, and loses diagrams before details before entries, from its end on", () => {
  const steps = Array.from({ length: 40 }, (_, index) => ({
    op: "create",
    name: `s${String(index).padStart(2, "0")}`,
    after: segmentOf(`Segment ${index}`),
  }));
  const text = planned(steps);
  const whole = commentOf(text);
  const count = (comment: string, what: RegExp) => [...comment.matchAll(what)].length;
  fc.assert(
    fc.property(fc.integer({ min: 600, max: whole.length + 100 }), (most) => {
      const comment = commentOf(text, most);
      expect(comment.length).toBeLessThanOrEqual(most);
      expect(comment).toContain("**40 to create**");
      const [entries, bodies, diagrams] = [/^#### /gm, /^Sessions where/gm, /^```mermaid$/gm].map((what) =>
        count(comment, what),
      );
      if (most >= whole.length) expect(comment).toBe(whole);
      if (diagrams !== undefined && diagrams > 0) expect([entries, bodies]).toEqual([40, 40]);
      if (bodies !== undefined && bodies > 0) expect(entries).toBe(40);
      const left = [40 - (diagrams ?? 0), 40 - (bodies ?? 0), 40 - (entries ?? 0)];
      const said =
        /_Left out[^:]*: (.*?)\._ `pulumi-cja review --html` makes a page with everything\./.exec(comment)?.[1] ?? "";
      expect(
        [/(\d+) diagram/, /details of (\d+) change/, /(\d+) changes? altogether/].map((what) =>
          Number(what.exec(said)?.[1] ?? 0),
        ),
      ).toEqual(left);
    }),
    { numRuns: samples(200) },
  );
});
