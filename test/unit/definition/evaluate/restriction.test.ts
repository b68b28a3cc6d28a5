import type { SampleEvent } from "../../../../definition";
import { has, hit, visit, visits } from "./events";

const [A, B] = ["A", "B"].map(hit) as [object, object];

const at = (time: string, page: string): SampleEvent => ({
  person: "p",
  session: "s",
  time,
  values: { "variables/page": page },
});
const limited = (limit: string, count: number | string, unit: string): object => ({
  func: "time-restriction",
  limit,
  count,
  unit,
});

test.each([
  ["within a month of the same day", "within", 1, "month", "2026-01-31T10:00", "2026-02-28T10:00", true],
  ["later on that day", "within", 1, "month", "2026-01-31T10:00", "2026-02-28T10:01", false],
  ["after a month", "after", 1, "month", "2026-01-31T10:00", "2026-02-28T10:00", true],
  ["before a month", "before", 1, "month", "2026-01-31T10:00", "2026-02-28T10:00", false],
  ["a quarter", "within", 1, "quarter", "2025-11-30T00:00", "2026-02-28T00:00", true],
  ["a leap year", "within", 1, "year", "2024-02-29T00:00", "2025-02-28T00:00", true],
  ["a day of 24 hours, whatever clocks do", "within", 1, "day", "2026-03-28T12:00", "2026-03-29T12:00", true],
  ["a week", "after", 1, "week", "2026-01-01T00:00", "2026-01-07T23:59", false],
  ["a count as text", "within", "2", "hour", "2026-01-01T00:00", "2026-01-01T02:00", true],
  ["before is less than", "before", 2, "hour", "2026-01-01T00:00", "2026-01-01T02:00", false],
])("%s", (_, limit, count, unit, from, to, allowed) => {
  expect(has([A, limited(limit, count, unit), B], [at(from, "A"), at(to, "B")])).toBe(allowed);
});

test("months are those of the time zone", () => {
  // In Auckland it is the 31st of January, and a month later the last day of February.
  const events = [at("2026-01-30T12:00:00Z", "A"), at("2026-02-27T11:00:00Z", "B")];
  const stream = [A, limited("after", 1, "month"), B];
  expect(has(stream, events)).toBe(false);
  expect(has(stream, events, { timeZone: "Pacific/Auckland" })).toBe(false);
  expect(has(stream, [...events, at("2026-02-27T12:00:00Z", "B")], { timeZone: "Pacific/Auckland" })).toBe(true);
});

const changes = (limit: string, count: number): object => ({
  func: "dimension-restriction",
  limit,
  count,
  attribute: { func: "attr", name: "variables/channel" },
});
const on = (page: string | undefined, channel?: string | readonly string[]) => ({
  ...(page === undefined ? {} : { "variables/page": page }),
  ...(channel === undefined ? {} : { "variables/channel": channel }),
});

test.each([
  ["another value", [on("A", "x"), on("B", "y")], 1],
  ["the same value", [on("A", "x"), on("B", "x")], 0],
  ["there and back", [on("A", "x"), on(undefined, "y"), on("B", "x")], 2],
  ["events without a value are passed over", [on("A", "x"), on(undefined), on("B", "x")], 0],
  ["what was before the first step does not count", [on(undefined, "z"), on("A"), on("B", "x")], 0],
  ["no value at all", [on("A"), on("B")], 0],
  ["the value after the last step does not count", [on("A", "x"), on("B"), on(undefined, "y")], 0],
  ["a set of values in any order", [on("A", ["x", "y"]), on("B", ["y", "x"])], 0],
  ["another set", [on("A", ["x", "y"]), on("B", "x")], 1],
])("changes of a dimension: %s", (_, values, count) => {
  const allowed = [0, 1, 2, 3].filter((most) => has([A, changes("within", most), B], visit(...values)));
  expect(allowed[0]).toBe(count);
  expect(has([A, changes("after", count), B], visit(...values))).toBe(true);
  expect(has([A, changes("after", count + 1), B], visit(...values))).toBe(false);
});

test("sessions that lie in each other are counted by their first event", () => {
  const [first, second, third] = visits(["A"], ["x"], ["B"]);
  const back = { ...at("1970-01-01T05:00:00Z", "B"), session: "s1" };
  const within = (count: number): object => ({
    func: "container-restriction",
    limit: "within",
    count,
    container: "visits",
  });
  const events = [first, second, third].flatMap((event) => event ?? []);
  expect(has([A, within(1), B], events)).toBe(false);
  expect(has([A, within(1), B], [...events, back])).toBe(true);
  expect(has([A, { ...within(3), limit: "after" }, B], [...events, back])).toBe(false);
});

test.each([
  ["X", "x", false],
  ["x", "X", true],
])("of sessions that lie in each other, what is excluded counts by its session: %s, %s", (next, later, allowed) => {
  const near = { func: "container-restriction", limit: "within", count: 1, container: "visits" };
  const back = { ...at("1970-01-01T05:00:00Z", "B"), session: "s1" };
  const events = [...visits(["A"], [next], [later]), back];
  expect(has([A, near, { func: "exclude-next-checkpoint" }, hit("X"), B], events)).toBe(allowed);
});

test("a restriction with a checkpoint on one side only says nothing", () => {
  expect(has([limited("within", 1, "minute"), A, limited("within", 1, "minute")], visit("x", "x", "x", "A"))).toBe(
    true,
  );
});

test("the distance without a container is one of events", () => {
  const near = { func: "container-restriction", limit: "within", count: 1 };
  expect(has([A, near, B], visit("A", "B"))).toBe(true);
  expect(has([A, near, B], visit("A", "x", "B"))).toBe(false);
});
