import {
  after,
  all,
  any,
  dimension,
  excluding,
  hits,
  inDateRange,
  metric,
  segment,
  sequence,
  visitors,
  visits,
  within,
  without,
} from "../../../../definition";
import { explainSelection, explanationText } from "../../../../definition/evaluate/why";
import type { SampleEvent, Values } from "../../../../definition/evaluate/sample-event";

const page = dimension("page");
const HOUR = 3_600_000;

/** Events of one person, an hour after each other, two in a session. */
const events = (...values: readonly Values[]): SampleEvent[] =>
  values.map((one, at) => ({ person: "p", session: `s${Math.floor(at / 2)}`, time: at * HOUR, values: one }));
const pages = (...names: readonly string[]) => events(...names.map((name) => ({ "variables/page": name })));

const on = (name: string) => hits(page.is(name));
const [cart, home] = [page.is("Cart"), page.is("Home")];
const orders = metric("orders");

test.each<readonly [string, unknown, readonly SampleEvent[], string, string]>([
  [
    "a value",
    segment(hits(cart)),
    pages("Home", "Offer", "Home"),
    'page is "Cart": found "Home", "Offer"',
    "container.pred",
  ],
  [
    "many values",
    segment(hits(cart)),
    pages("a", "b", "c", "d", "e"),
    'page is "Cart": found "a", "b", "c" and 2 more',
    "container.pred",
  ],
  [
    "a long value",
    segment(hits(cart)),
    pages("x".repeat(100)),
    `page is "Cart": found "${"x".repeat(57)}…"`,
    "container.pred",
  ],
  ["no value", segment(hits(cart)), events({}), 'page is "Cart": no value', "container.pred"],
  [
    "what persists",
    segment(hits(cart)),
    [{ ...pages("a")[0]!, persisted: { "variables/page": ["b"] } }],
    'page is "Cart": found "a", "b"',
    "container.pred",
  ],
  ["a metric", segment(hits(orders.exists())), events({}), "orders occurs", "container.pred"],
  [
    "a total of the person",
    segment(visitors(orders.isAtLeast(5))),
    events({ "metrics/orders": 1 }, {}, { "metrics/orders": [1, 2] }),
    "orders is at least 5: found 4",
    "container.pred",
  ],
  [
    "totals of sessions",
    segment(visits(orders.isAtLeast(5))),
    events({ "metrics/orders": 1 }, {}, { "metrics/orders": 3 }),
    "orders is at least 5: found 1, 3",
    "container.pred",
  ],
  [
    "a date range",
    segment(hits(inDateRange("r"))),
    events({}, {}),
    "the date range r applies: the times are from 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z",
    "container.pred",
  ],
  [
    "the first of several conditions",
    segment(hits(all(home, cart, orders.exists()))),
    pages("Home"),
    'page is "Cart": found "Home"',
    "container.pred.preds[1]",
  ],
  [
    "a condition that holds, but elsewhere",
    segment(visits(all(on("a"), on("c")))),
    pages("a", "b", "c"),
    'Events where page is "c": it holds, but not where the conditions before it do',
    "container.pred.preds[1]",
  ],
  [
    "none of several",
    segment(hits(any(home, cart))),
    pages("Offer"),
    'any of: page is "Home"; page is "Cart": none of them holds',
    "container.pred",
  ],
  [
    "what is excluded",
    segment(visitors(all(on("a"), without(on("b"))))),
    pages("a", "b"),
    'there are no Events where page is "b": there is one',
    "container.pred.preds[1]",
  ],
  [
    "what is not to be true",
    segment(visitors(without(page.is("a")))),
    pages("a"),
    'it is not true that page is "a": it is true',
    "container.pred",
  ],
  [
    "a first step",
    segment(visitors(sequence(on("a"), on("b")))),
    pages("b", "c"),
    '0 of 2 steps reached; first, Events where page is "a": it does not happen (found "b", "c")',
    "container.pred.stream[0]",
  ],
  [
    "a later step",
    segment(visitors(sequence(on("a"), on("b"), on("c")))),
    pages("a", "b"),
    '2 of 3 steps reached; then, Events where page is "c": it does not happen (found "a", "b")',
    "container.pred.stream[2]",
  ],
  [
    "steps in another order",
    segment(visitors(sequence(on("a"), on("b")))),
    pages("b", "a"),
    '1 of 2 steps reached; then, Events where page is "b": it happens, but not after the step before',
    "container.pred.stream[1]",
  ],
  [
    "a step that is too late",
    segment(visitors(sequence(on("a"), within(1, "hour"), on("b")))),
    pages("a", "x", "b"),
    '1 of 2 steps reached; then, within 1 hour, Events where page is "b": it happens, but not within these limits',
    "container.pred.stream[2]",
  ],
  [
    "a step that is too early",
    segment(visitors(sequence(on("a"), after(3, "hours"), on("b")))),
    pages("a", "b"),
    '1 of 2 steps reached; then, after 3 hours, Events where page is "b": it happens, but not within these limits',
    "container.pred.stream[2]",
  ],
  [
    "what happens in between",
    segment(visitors(sequence(on("a"), excluding(on("x")), on("b")))),
    pages("a", "x", "b"),
    '1 of 2 steps reached; then, Events where page is "b": what must not happen before it happens',
    "container.pred.stream[3]",
  ],
  [
    "what happens afterwards",
    segment(visitors(sequence(on("a"), on("b"), excluding(on("x"))))),
    pages("a", "b", "x"),
    '2 of 2 steps reached; but never after that, Events where page is "x": but it happens',
    "container.pred",
  ],
  [
    "steps that are in no single session",
    segment(visits(sequence(on("a"), on("c")))),
    pages("a", "b", "c"),
    '1 of 2 steps reached; then, Events where page is "c": it happens, but not after the step before',
    "container.pred.stream[1]",
  ],
  [
    "a sequence beside another condition",
    segment(visitors(all(on("a"), sequence(on("a"), on("b"))))),
    pages("a"),
    '1 of 2 steps reached; then, Events where page is "b": it does not happen (found "a")',
    "container.pred.preds[1].stream[1]",
  ],
])("a person is out by %s", (_, definition, data, text, path) => {
  const found = explainSelection(definition, data, { dateRanges: () => "2000-01-01/2000-02-01" });
  expect([explanationText(found), found.path, found.selected]).toEqual([text, path, false]);
});

test.each<readonly [string, unknown, readonly SampleEvent[], string]>([
  ["without alternatives", segment(hits(cart)), pages("Cart"), ""],
  ["by the first alternative that holds", segment(visits(any(home, cart))), pages("Cart"), 'page is "Cart"'],
])("a person is in %s", (_, definition, data, text) => {
  const found = explainSelection(definition, data);
  expect([explanationText(found), found.selected]).toEqual([text, true]);
});

test("it has names, and the words of the API", () => {
  const { reason } = explainSelection(segment(visitors(without(on("a")))), pages("a"), {
    names: { "variables/page": "Page" },
    levels: "api",
  });
  expect(reason).toBe('there are no Hits where Page is "a": there is one');
});

test("a definition without a meaning is an error, as for evaluate", () => {
  expect(() => explainSelection({ func: "segment" }, pages("a"))).toThrow("This cannot be evaluated:");
});
