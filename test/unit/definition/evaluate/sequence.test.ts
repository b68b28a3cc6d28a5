import { after, all, any, excluding, has, hit, session, visits, within } from "./events";

type Row = readonly [what: string, stream: readonly object[], in_: readonly string[], out: readonly string[]];

/** Each letter is an event of the page of that name, a minute after the one before; a blank begins the next session, an hour later. */
const events = (letters: string) => visits(...letters.split(" ").map((session) => [...session]));

const [A, B, C, X] = ["A", "B", "C", "X"].map(hit) as [object, object, object, object];

// https://experienceleague.adobe.com/en/docs/analytics-platform/using/cja-components/cja-segments/seg-sequential-build
const ROWS: readonly Row[] = [
  ["one after the other", [A, B], ["AB", "AXB", "BAB", "A B"], ["BA", "A", "B", "B A"]],
  ["each step takes an event of its own", [A, A], ["AA", "A A"], ["A"]],
  ["sessions", [session("A"), session("B")], ["A B", "AX XB", "BA AB"], ["AB", "BA", "B A"]],
  ["an event, then a session", [A, session("B")], ["A B", "XA XB"], ["AB", "B A"]],
  ["within minutes", [A, within(2, "minute"), B], ["AB", "AXB", "AXXAB"], ["AXXB", "A B", "BA"]],
  [
    "the first A is too far, a later one is not",
    [A, within(1, "minute"), B, within(1, "minute"), C],
    ["AXABC"],
    ["ABXC", "AXBC"],
  ],
  ["a later B is near enough to C", [A, B, within(1, "minute"), C], ["ABXBC"], ["ABXC"]],
  ["after minutes", [A, after(2, "minute"), B], ["AXB", "ABB", "A B"], ["AB", "BA"]],
  ["after and within", [A, after(2, "minute"), within(3, "minute"), B], ["AXB", "AXXB"], ["AB", "AXXXB"]],
  ["within events", [A, within(1, "hits"), B], ["AB", "A B"], ["AXB"]],
  ["after events", [A, after(2, "hits"), B], ["AXB"], ["AB"]],
  ["within sessions", [A, within(1, "visits"), B], ["AB", "A B", "A XB"], ["A X B"]],
  ["after sessions", [A, after(1, "visits"), B], ["A B"], ["AB"]],
  ["exclusion between", [A, excluding, X, B], ["AB", "XAB", "AXAB", "ABX"], ["AXB", "AXCB", "AXBB"]],
  ["exclusion at the start", [excluding, X, A], ["A", "AX"], ["XA", "XAA"]],
  ["exclusion at the end", [A, excluding, X], ["A", "XA", "AXA"], ["AX", "AAX"]],
  ["only exclusions", [excluding, X], ["A", "B"], ["X", "AXB"]],
  ["excluded within a time only", [A, within(1, "minute"), excluding, X, B], ["ACXB"], ["AXB"]],
  ["excluded at the end within a time only", [A, excluding, within(1, "minute"), X], ["ACX"], ["AX"]],
  [
    "what is excluded must end before the next step starts",
    [A, excluding, session("X"), B],
    ["AXB", "A XB"],
    ["A X B"],
  ],
  ["all of a group in any order", [A, all(B, C)], ["ABC", "ACB", "A C B"], ["BAC", "AB", "AC"]],
  ["a step after a group", [all(A, B), C], ["ABC", "BAC"], ["ACB", "AC"]],
  ["members of a group may share an event", [all(A, A), C], ["AC"], ["CA"]],
  ["one of a group", [any(A, B), C], ["AC", "BC"], ["CA", "AB"]],
  ["a group within a group", [A, all(B, any(C, X))], ["ABC", "AXB"], ["AB", "ACX"]],
  ["a group within a time of its first event", [A, within(1, "minute"), all(B, C)], ["ABXXC", "ACB"], ["AXBC"]],
  [
    "within a time of the last event of a group",
    [all(A, B), within(1, "minute"), C],
    ["ABC", "AXBC", "BXXABXXAC"],
    ["ABXC"],
  ],
  ["all of a group excluded", [A, excluding, all(B, C), X], ["AX", "ABX", "BACX"], ["ABCX", "ACBX"]],
  ["one of a group excluded", [A, excluding, any(B, C), X], ["AX", "BAX"], ["ABX", "ACX"]],
  ["a group has not ended with its first member", [all(A, B), within(1, "minute"), C], ["ACBC"], ["ACBXXC"]],
  [
    "a group that starts with one member ends with another",
    [X, within(1, "minute"), all(A, B), within(1, "minute"), C],
    ["XABC", "XBAYAC"],
    ["XABYAC"],
  ],
  [
    "a distance before the first exclusion says nothing",
    [within(1, "minute"), excluding, X, A],
    ["AX"],
    ["XA", "XBBA"],
  ],
  ["two exclusions in a row", [A, excluding, B, excluding, C, X], ["AX"], ["ABX", "ACX"]],
];

test.each(ROWS)("%s", (_, stream, ins, outs) => {
  const found = [...ins, ...outs].filter((letters) => has(stream, events(letters)));
  expect(found).toEqual(ins);
});
