import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { planned, segmentOf } from "./plan";

/** What is said of a segment that is taken over with tags and shares, after a word of the provider. */
function told(...messages: readonly string[]): string {
  const after = segmentOf("a", { adoptId: "s9", tags: ["web"], shares: [] });
  const diagnostics = messages.map((message) => ({ message: `${message}\n\n`, severity: "info#err" }));
  return markdown(createReport([{ name: "p.json", text: planned([{ op: "create", after }], { diagnostics }) }]));
}

test("one that is taken over as it is loses nothing, and nobody loses it", () => {
  const text = told('Segment s9 "a" of Jane Analyst is taken over as it is.');
  expect(text).toContain("It already exists and is taken over as it is: up writes nothing.");
  expect(text).not.toMatch(/tags:|shares:|loses access/);
});

test("what taking it over changes is told, and only that", () => {
  const text = told('Segment s9 "a" of Jane Analyst is taken over; this changes its name and tags.');
  expect(text).toContain("up changes its name and tags, and nothing else.");
  expect(text).toContain("- tags: `web`: managed from now on, all others are removed");
  expect(text).not.toMatch(/shares:|loses access/);
});

test.each([
  ["nothing was asked", []],
  ["another segment was looked at", ['Segment s91 "a" is taken over as it is.']],
  [
    "a name tries to say it",
    ['Segment s1 "x\nSegment s9 y is taken over as it is." is taken over; this changes its tags.'],
  ],
])("where %s, all that may be lost is said", (_, messages) => {
  const text = told(...messages);
  expect(text).toContain("It already exists and is taken over: up writes only what differs.");
  expect(text).toContain("**Whoever is not listed loses access to 1 segment**");
});
