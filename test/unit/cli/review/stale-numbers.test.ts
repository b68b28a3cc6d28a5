import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { findStaleNumbers } from "../../../../cli/review/report/stale-numbers";
import { plainText } from "../../../../cli/review/text";
import { fc, samples } from "../../../properties";
import { pageIs, planned, segmentOf } from "./plan";

const changing = (before: string, after: string) => [
  { is: "kept" as const, text: "Persons where all of:" },
  { is: "removed" as const, text: before },
  { is: "added" as const, text: after },
];

test.each<readonly [string, string, string, readonly string[]]>([
  ["Came back within a week", "within 7 days", "within 2 weeks", ["a week"]],
  ["Came back within a week", "within 1 week", "within 7 days", []],
  ["Came back in a 7-day span", "within 1 week", "within 3 days", ["7-day"]],
  ["Within 24h", "within 1 day", "within 2 days", ["24h"]],
  ["Within ONE YEAR", "within 12 months", "within 6 months", ["ONE YEAR"]],
  ["Within two quarters", "within 6 months", "within 1 quarter", ["two quarters"]],
  ["Within 12 hours", "within 12 minutes", "within 1 hour", []],
  ["Spent 1,000 or more", "revenue is at least 1000", "revenue is at least 500", ["1,000"]],
  ["3, or 3,4", "orders is at least 3", "orders is at least 4", ["3"]],
  ["7 Tage", "within 7 days", "within 2 weeks", ["7"]],
  // It did not fit before, or it still does.
  ["Within a week", "within 3 days", "within 2 days", []],
  ["Within a week", "within 7 days", "first, within 1 week", []],
  ["Campaign 2026", "orders is at least 3", "orders is at least 4", []],
  // No number that counts.
  ["Segment 1", "orders is at least 1", "orders is at least 2", []],
  ["Ad clicks, A d", "within 1 day", "within 2 days", []],
  ["v2.3, evar7, 10.5", "evar7 is 3 or 7 or 2", "evar7 is 4", []],
])("%s: from %s to %s", (name, before, after, stale) => {
  expect(findStaleNumbers(name, changing(before, after))).toEqual(stale);
});

test("what it tells are words of its own, whatever the name, and stand in the name", () => {
  const part = fc.oneof(fc.constantFrom("7", " ", "-", "days", "a week", "`", "<b>", "2", ",", "."), fc.string());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const name = parts.join("");
      for (const found of findStaleNumbers(name, changing(`within 7 days ${name}`, "none"))) {
        expect(found).toMatch(/^(?:[\d.,]+(?:[ -]?[a-z]+)?|[a-z]+[ -][a-z]+)$/i);
        expect(name).toContain(found);
      }
      expect(findStaleNumbers(name, changing("none", name))).toEqual([]);
    }),
    { numRuns: samples(1000) },
  );
});

const within = (count: number, unit: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: {
      func: "sequence",
      stream: [
        { func: "container", context: "hits", pred: pageIs("Home").container.pred },
        { func: "time-restriction", limit: "within", count, unit },
        { func: "container", context: "hits", pred: pageIs("Home").container.pred },
      ],
    },
  },
});

test("a reader of each view is warned where the old definition fitted and the new one does not", () => {
  const words = { description: "Came back within a week" };
  const reviewed = (before: object, after: object) =>
    createReport([
      {
        name: "p",
        text: planned([
          {
            op: "update",
            before: segmentOf("Returning", { ...words, definition: before }),
            after: segmentOf("Returning", { ...words, definition: after }),
          },
        ]),
      },
    ]);
  const report = reviewed(within(7, "day"), within(2, "week"));
  expect(report.stacks[0]?.segments[0]?.stale).toEqual([{ field: "description", numbers: ["a week"] }]);
  const note = 'Its description says "a week", which the definition no longer has.';
  expect(markdown(report)).toContain(`> ${note}`);
  expect(plainText(report)).toContain(`  ${note}`);
  expect(html(report)).toContain(note.replaceAll('"', "&quot;"));
  expect(markdown(report)).toContain("> **The numbers in 1 name or description no longer fit the definition.**");
  const secret = { ...within(2, "week"), version: "[secret]" };
  for (const unseen of [secret, { ...secret, version: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }])
    expect(reviewed(within(7, "day"), unseen).stacks[0]?.segments[0]?.stale).toEqual([]);
  const other = reviewed(within(2, "week"), within(7, "day"));
  expect(other.stacks[0]?.segments[0]).toMatchObject({ stale: [], notes: [] });
});
