import { after, all, container, excluding, hit, is, selected, sequence, session, visits, within } from "./events";

/** Each letter is an event of the page of that name, a minute after the one before; a blank begins the next session, an hour later. */
const events = (letters: string) => visits(...letters.split(" ").map((session) => [...session]));

const [A, B, D, X] = ["A", "B", "D", "X"].map(hit) as [object, object, object, object];

/** Of these events the letters that lie before (`sequence-suffix`) or after (`sequence-prefix`) a sequence. */
function side(func: "prefix" | "suffix", stream: readonly object[], letters: string, context = "visitors"): string {
  const found = selected({ func: `sequence-${func}`, context, stream }, "hits", events(letters)).match(/\d+/g) ?? [];
  return found.map((index) => letters.replaceAll(" ", "")[Number(index)]).join("");
}

type Row = readonly [what: string, stream: readonly object[], letters: string, before: string, after: string];

// https://experienceleague.adobe.com/en/docs/analytics-platform/using/cja-components/cja-segments/seg-sequential-build
const ROWS: readonly Row[] = [
  ["B then D", [B, D], "ABCDEF", "AB", "DEF"],
  ["B then D, several times", [B, D], "ABCDBCDE", "ABCDB", "DBCDE"],
  ["not there", [B, D], "DB", "", ""],
  ["the last start is not that of the first steps found", [B, D], "BBDDX", "BB", "DDX"],
  ["the first end of a session's place", [B, session("D")], "B DXD E", "B", "DE"],
  ["a group from its first event to its last", [A, all(B, D)], "ADXBXBD", "A", "BXBD"],
  ["an exclusion between", [B, excluding, X, D], "BXDBDE", "BXDB", "DE"],
  ["an exclusion at the end", [B, excluding, X], "BXBE", "BXB", "BE"],
  ["an exclusion at the start", [excluding, X, B], "ABXB", "AB", "BXB"],
  ["only exclusions", [excluding, X], "AB", "AB", "AB"],
  ["only exclusions, of what is there", [excluding, X], "AXB", "", ""],
  ["a distance", [B, within(1, "minute"), D], "BADBDE", "BADB", "DE"],
  ["at least a distance", [B, after(2, "minute"), D], "BDXDBD", "B", "DBD"],
];

test.each(ROWS)("%s", (_, stream, letters, before, after) => {
  expect([side("suffix", stream, letters), side("prefix", stream, letters)]).toEqual([before, after]);
});

test("each session has a sequence of its own", () => {
  expect(side("prefix", [B, D], "ABDE BXDE AD", "visits")).toBe("DEDE");
  expect(side("suffix", [B, D], "ABDE BXDE AD", "visits")).toBe("ABB");
});

test("an event alone has a sequence of one step", () => {
  expect(side("prefix", [B], "ABD", "hits")).toBe("B");
});

test("larger units are selected by one of their events", () => {
  const afterD = { func: "sequence-prefix", context: "visitors", stream: [B, D] };
  const letters = events("AB DE XA");
  expect(selected(afterD, "visits", letters)).toBe("2 3 4 5");
  expect(selected({ func: "and", preds: [afterD, is("A")] }, "hits", letters)).toBe("5");
  expect(selected(container("hits", { func: "and", preds: [afterD, is("A")] }), "visits", letters)).toBe("4 5");
});

test("a group outside of a sequence asks for a place of each step", () => {
  const letters = events("AB AX");
  expect(selected(all(A, B), "visits", letters)).toBe("0 1");
  expect(selected(all(A, B), "visitors", letters)).toBe("0 1 2 3");
  expect(selected({ func: "sequence-or", checkpoints: [B, D] }, "visits", letters)).toBe("0 1");
});

test("a session as a step has no place behind its own events", () => {
  expect(selected(sequence(A, session("B")), "visits", events("AB B"))).toBe("");
  expect(selected(sequence(session("B")), "visits", events("AB A"))).toBe("0 1");
});
