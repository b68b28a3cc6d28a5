import {
  percentText,
  relativeChange,
  sizeText,
  unknownReason,
  type SizeChange,
} from "../../../../cli/size/size-change";
import type { Sized } from "../../../../provider/size/size";

const counted = (persons: number, sessions?: number, events?: number): Sized => ({
  selected: { size: { persons, sessions, events } },
  allPersons: 10_012,
});
const unknown = (reason: string): Sized => ({ selected: { unknown: reason }, allPersons: undefined });
const range = { days: 30 };

test.each<[string, SizeChange, string, number | undefined]>([
  [
    "fewer",
    { range, before: counted(4210, 5000, 9000), after: counted(3020, 4000, 8100) },
    "4,210 → 3,020 persons (−28%) of 10,012 in the last 30 days; 5,000 → 4,000 sessions (−20%); 9,000 → 8,100 events (−10%).",
    -1190 / 4210,
  ],
  [
    "more",
    { range, before: counted(1000, 1, 2), after: counted(1005, 2, 2) },
    "1,000 → 1,005 persons (+0.5%) of 10,012 in the last 30 days; 1 → 2 sessions (+100%); 2 events, before and after.",
    0.005,
  ],
  [
    "new",
    { range: { days: 1 }, after: counted(1, 1, 1) },
    "1 person of 10,012 in the last day; 1 session; 1 event.",
    undefined,
  ],
  [
    "an audience",
    { after: { ...counted(77), precision: "standard error 2%" } },
    "77 persons of 10,012; standard error 2%.",
    undefined,
  ],
  [
    "from nobody",
    { range, before: counted(0), after: counted(5) },
    "0 → 5 persons (from nobody) of 10,012 in the last 30 days.",
    Infinity,
  ],
  [
    "nobody",
    { range, before: counted(0), after: counted(0) },
    "0 persons, before and after, of 10,012 in the last 30 days.",
    undefined,
  ],
  [
    "the same",
    { range, before: counted(7), after: counted(7) },
    "7 persons, before and after, of 10,012 in the last 30 days.",
    0,
  ],
  ["not known", { range, after: unknown("a part of it is secret") }, "Not known: <a part of it is secret>.", undefined],
  [
    "before not known",
    { range, before: unknown("too complex"), after: counted(5, 6, 7) },
    "5 persons of 10,012 in the last 30 days; 6 sessions; 7 events; not known before: <too complex>.",
    undefined,
  ],
  [
    "neither known",
    { range, before: unknown("a"), after: unknown("b") },
    "Not known before: <a>; not known after: <b>.",
    undefined,
  ],
])("%s", (_, change, text, relative) => {
  expect(sizeText(change, (reason) => `<${reason}>`)).toBe(text);
  expect(relativeChange(change)).toBe(relative);
  expect(unknownReason(change) !== undefined).toBe(text.toLowerCase().includes("not known"));
});

test.each([
  [-0.5, "−50%"],
  [0.0004, "+<0.1%"],
  [0.0123, "+1.2%"],
  [0.02, "+2%"],
  [12, "+1,200%"],
])("a share of %p is %s", (share, text) => expect(percentText(share)).toBe(text));
