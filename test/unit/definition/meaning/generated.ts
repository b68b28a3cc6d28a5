import { fc } from "../../../properties";
import type { EvaluateOptions, SampleEvent, SegmentDefinition } from "../../../../definition";
import { except, is, container as inContainer, segment } from "./nodes";

/**
 * Small definitions over few components and few values, and events that set them: so that conditions are true of some events and not
 * of others. (The definitions of ../arbitrary.ts are to be compared with each other: events hardly ever satisfy them.)
 */

type Node = Readonly<Record<string, unknown>>;
type Nodes = fc.Arbitrary<Node>;

const node = (func: readonly string[], fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): Nodes =>
  fc.record({ func: fc.constantFrom(...func), ...fields }, { noNullPrototype: true });

const often = <T>(...weighted: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })));

const PAGES = ["A", "B", "C", "AB", "a", ""];
const context = fc.constantFrom("hits", "visits", "visitors");

const model = fc.constantFrom<Node>(
  { func: "allocation-instance" },
  { func: "allocation-dedupedInstance", context: "visitors" },
  { func: "allocation-dedupedInstance", context: "sessions" },
);
const dimension = (name: string): Nodes =>
  often<Node>(
    [4, fc.constant({ func: "attr", name })],
    [1, model.map((model) => ({ func: "attr", name, "allocation-model": model }))],
  );
const page = dimension("variables/page");
const tag = dimension("variables/tag");
const val = often<Node>([3, page], [1, tag]);

const metric = often<Node>(
  [6, fc.constant({ func: "event", name: "metrics/orders" })],
  [1, fc.constantFrom("occurrences", "visits", "visitors").map((id) => ({ func: "event", name: `metrics/${id}` }))],
);
const counted = often<Node>(
  [2, tag],
  [3, node(["total"], { evt: metric })],
  [2, node(["total-distinct"], { field: val })],
);
const num = fc.constantFrom(0, 1, 1, 2, 2, 3);
const str = fc.constantFrom(...PAGES, "A", "B", "C", "1", "x");
const list = <T>(entry: fc.Arbitrary<T>) => fc.array(entry, { minLength: 1, maxLength: 3 });

const leaf: Nodes = often(
  [
    8,
    node(["streq"], {
      str: fc.constantFrom("A", "B", "C"),
      val: fc.constant({ func: "attr", name: "variables/page" }),
    }),
  ],
  [2, node(["streq", "not-streq", "strlt", "strgt", "strle", "strge"], { str, val })],
  [2, node(["contains", "not-contains", "starts-with", "not-starts-with", "ends-with", "not-ends-with"], { str, val })],
  [1, node(["streq-in", "not-streq-in"], { list: list(str), val })],
  [
    2,
    node(["contains-any-of", "contains-all-of", "not-contains-any-of", "not-contains-all-of"], {
      list: list(str),
      val,
    }),
  ],
  [1, node(["matches", "not-matches"], { glob: fc.constantFrom("A*", "*B", "*", "A", "*a*", "A\\*", ""), val })],
  [0.5, node(["matches-regex"], { regex: fc.constantFrom("^A", "B$", "A|C", "^$"), val })],
  [3, node(["eq", "not-eq", "gt", "lt", "ge", "le"], { num, val: counted })],
  [1.5, node(["eq-any-of", "not-eq-any-of", "eq-in", "not-eq-in"], { list: list(num), val: counted })],
  [1, node(["exists", "not-exists"], { val })],
  [1, node(["event-exists", "not-event-exists"], { evt: metric })],
  [
    0.7,
    fc
      .tuple(often<Node>([3, counted], [1, fc.constant({ func: "attr", name: "metrics/orders" })]), num, num, fc.nat(2))
      .map(([val, low, high, bounds]) => ({
        func: "range",
        val,
        ...(bounds !== 0 && { low }),
        ...(bounds !== 1 && { high: bounds === 0 ? high : low + high }),
      })),
  ],
  [
    0.6,
    fc
      .constantFrom("one", "two")
      .map((id) => ({ func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id } })),
  ],
  [
    0.6,
    fc
      .constantFrom<Node>({ id: "A" }, { segmentId: "buyers" }, { id: "both" })
      .map((id) => ({ func: "segment-ref", ...id })),
  ],
);

const limit = fc.constantFrom("within", "within", "after", "before");
const count = often<unknown>([4, fc.integer({ min: 1, max: 3 })], [1, fc.constantFrom("1", "2")]);
const unit = fc.constantFrom("minute", "hour", "hour", "day", "day", "week", "month", "quarter", "year");
const restriction = often<Node>(
  [2, node(["time-restriction"], { limit, count: often<unknown>([3, fc.constant(1)], [1, count]), unit })],
  [1, node(["container-restriction"], { limit, count, container: fc.constantFrom("hits", "visits") })],
  [0.3, node(["container-restriction"], { limit, count })],
  [1, node(["dimension-restriction"], { limit, count, attribute: val })],
);

const labelled = (container: Nodes): Nodes =>
  fc
    .tuple(container, fc.nat(19))
    .map(([container, pick]) => (pick === 19 ? { ...container, description: "Named" } : container));
const container = (depth: number, of = context): Nodes =>
  labelled(node(["container"], { context: of, pred: predicate(depth - 1) }));

const checkpoint = (depth: number): Nodes => {
  const level = often<string>([3, fc.constant("hits")], [1, fc.constant("visits")]) as typeof context;
  const step = container(Math.max(0, depth - 1), level);
  if (depth <= 0) return step;
  const group = node(["sequence-and", "sequence-or"], {
    checkpoints: fc.array(checkpoint(depth - 1), { minLength: 1, maxLength: 3 }),
  });
  return often([6, step], [1, group]);
};

function sequence(depth: number): Nodes {
  const modifiers = often<Node[]>(
    [8, fc.constant([])],
    [3, restriction.map((one) => [one])],
    [1, fc.array(restriction, { minLength: 2, maxLength: 2 })],
  );
  const step = fc
    .tuple(modifiers, fc.nat(5), checkpoint(depth - 1))
    .map(([before, excluded, checkpoint]) => [...before, ...(excluded === 5 ? [except] : []), checkpoint]);
  const trailing = often<Node[]>(
    [8, fc.constant([])],
    [1, restriction.map((one) => [one])],
    [1, fc.constant([except])],
  );
  const stream = fc
    .tuple(often<Node[][]>([2, fc.tuple(step)], [4, fc.tuple(step, step)], [1, fc.tuple(step, step, step)]), trailing)
    .map(([steps, last]) => [...steps.flat(), ...last]);
  // A single event has hardly ever a sequence.
  const context = often<string>([1, fc.constant("hits")], [4, fc.constantFrom("visits", "visitors")]);
  return often(
    [2, node(["sequence"], { stream })],
    [1, node(["sequence"], { stream, context })],
    [3, node(["sequence-prefix", "sequence-suffix"], { stream, context })],
  );
}

const predicates = new Map<number, Nodes>();

function predicate(depth: number): Nodes {
  if (depth <= 0) return leaf;
  const known = predicates.get(depth);
  if (known !== undefined) return known;
  const below = predicate(depth - 1);
  const made = often(
    [2, leaf],
    [2, container(depth)],
    [2, node(["and", "or"], { preds: fc.array(below, { minLength: 1, maxLength: 3 }) })],
    [0.7, node(["without"], { pred: below })],
    [0.2, node(["not"], { pred: below })],
    [3, sequence(depth)],
    [
      0.3,
      node(["sequence-and", "sequence-or"], {
        checkpoints: fc.array(checkpoint(depth - 1), { minLength: 1, maxLength: 2 }),
      }),
    ],
  );
  predicates.set(depth, made);
  return made;
}

export const definition: fc.Arbitrary<SegmentDefinition> = fc
  .tuple(container(4, fc.constantFrom("hits", "hits", "visits", "visitors")), fc.nat(5))
  .map(([container, pick]) => {
    const version = [1, 0, 0];
    const json =
      pick === 5
        ? { func: "segment-def", version, container: { ...container, func: "segment" } }
        : { func: "segment", version, container };
    return json as unknown as SegmentDefinition;
  });

const MINUTE = 60_000;
const STARTS = [Date.UTC(2024, 5, 1, 10), Date.UTC(2024, 0, 31, 10)];
const LATER = [0, 0, 1, 1, 2, 3, 60, 120, 1440, 2 * 1440, 7 * 1440, 29 * 1440, 30 * 1440];
const time = fc.tuple(fc.constantFrom(...STARTS), fc.constantFrom(...LATER), fc.nat(3)).map(([start, later, form]) => {
  const ms = start + later * MINUTE;
  if (form === 0) return new Date(ms);
  const text = new Date(ms).toISOString();
  return form === 1 ? text.replace("Z", "") : ms;
});

type Value = SampleEvent["values"][string] | undefined;
const few = (...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const values = (fields: Readonly<Record<string, fc.Arbitrary<Value>>>) =>
  fc.record(fields).map((all) => JSON.parse(JSON.stringify(all)) as SampleEvent["values"]);
const usual = values({
  "variables/page": few(
    "A",
    "A",
    "A",
    "B",
    "B",
    "B",
    "C",
    "C",
    "AB",
    "a",
    "",
    null,
    undefined,
    ["A", "B"],
    ["B", "A"],
    [],
  ),
  "variables/tag": few(undefined, undefined, undefined, 1, 2, 3, "2", "2.0", "x", true, ["x", 1], [1, 3], null, "A"),
  "metrics/orders": few(undefined, undefined, undefined, 0, 1, 1, 2, "1", "x", true, [1, 2], []),
  "metrics/occurrences": few(...Array<undefined>(20), 0, 2),
  "metrics/visits": few(...Array<undefined>(30), 2),
  "metrics/visitors": few(...Array<undefined>(30), 2),
});
const persisted = values({
  "variables/page": few(undefined, "A", "B", ["A", "C"]),
  "variables/tag": few(undefined, undefined, 1, "x"),
});

const event = (persons: number): fc.Arbitrary<SampleEvent> =>
  fc
    .record({
      person: fc.constantFrom(...["p1", "p2", "p3"].slice(0, persons)),
      session: fc.constantFrom("s1", "s1", "s2", "s3"),
      time,
      values: usual,
      persisted: fc.option(persisted, { nil: undefined, freq: 3 }),
    })
    .map(({ persisted, ...event }) => (persisted === undefined ? event : { ...event, persisted }));

/** At most eight events of at most three persons. */
export const events: fc.Arbitrary<readonly SampleEvent[]> = often(
  [1, fc.array(event(3), { maxLength: 8 })],
  [1, fc.array(event(1), { minLength: 5, maxLength: 8 })],
  [4, fc.array(event(2), { minLength: 6, maxLength: 8 })],
  [4, fc.array(event(3), { minLength: 6, maxLength: 8 })],
);

const journeyEvent = (session: fc.Arbitrary<string>): fc.Arbitrary<SampleEvent> =>
  fc.record({
    person: fc.constant("p1"),
    session,
    time: fc.constantFrom(0, 0, 1, 2, 60, 1440, 30 * 1440).map((later) => Date.UTC(2024, 0, 31, 10) + later * MINUTE),
    values: fc
      .tuple(
        fc.constantFrom("A", "A", "B", "B", "C"),
        fc.constantFrom({}, { "variables/tag": "x" }, { "variables/tag": "y" }),
        fc.nat(9),
      )
      .map(([name, more, pick]) => (pick === 9 ? more : { "variables/page": name, ...more })),
  });

/** Seven or eight events of one person, in sessions that overlap. */
export const journey: fc.Arbitrary<readonly SampleEvent[]> = fc.array(
  journeyEvent(fc.constantFrom("s1", "s1", "s2", "s2", "s3")),
  { minLength: 7, maxLength: 8 },
);

/** A hundred events, more or less, in up to thirty sessions. */
export const longJourney: fc.Arbitrary<readonly SampleEvent[]> = fc.array(
  journeyEvent(fc.nat(29).map((number) => `s${number}`)),
  { minLength: 70, maxLength: 140 },
);

const pageStep = fc
  .tuple(fc.constantFrom("hits", "hits", "visits"), fc.constantFrom("A", "A", "B", "B", "C"))
  .map(([level, name]): Node => inContainer(level, is(name)));
const journeyGroup = node(["sequence-and", "sequence-or"], {
  checkpoints: fc.array(pageStep, { minLength: 2, maxLength: 2 }),
});
const journeyRestrictions = often<Node[]>(
  [7, fc.constant([])],
  [3, fc.tuple(restriction)],
  [1, fc.tuple(restriction, restriction)],
);
const journeyStep = fc
  .tuple(journeyRestrictions, fc.nat(5), often<Node>([3, pageStep], [1, journeyGroup]))
  .map(([before, excluded, step]) => [...before, ...(excluded === 5 ? [except] : []), step]);

/** What is hard to find in them: sequences of several steps with restrictions and exclusions. */
export const sequenceIn = (context: fc.Arbitrary<string>): fc.Arbitrary<SegmentDefinition> =>
  fc
    .tuple(
      fc.constantFrom("sequence", "sequence-prefix", "sequence-prefix", "sequence-suffix", "sequence-suffix"),
      often(
        [3, fc.array(journeyStep, { minLength: 2, maxLength: 2 })],
        [2, fc.array(journeyStep, { minLength: 3, maxLength: 4 })],
      ),
      context,
    )
    .map(([func, steps, context]) => {
      const level = func === "sequence" ? "visits" : "hits";
      return segment(level, { func, stream: steps.flat(), context }) as unknown as SegmentDefinition;
    });

/** In one session, or in the person's life. */
export const anySequence = sequenceIn(fc.constantFrom("visits", "visitors", "visitors", "visitors"));

const RANGES: Readonly<Record<string, string>> = {
  one: "2024-06-01T00:00:00.000/2024-06-02T00:00:00.000",
  two: "2024-01-31T06:00:00.000/2024-06-01T10:01:00.000",
};
const SEGMENTS: Readonly<Record<string, unknown>> = {
  A: segment("hits", { func: "streq", str: "A", val: { func: "attr", name: "variables/page" } }),
  buyers: segment("visitors", { func: "event-exists", evt: { func: "event", name: "metrics/orders" } }),
  both: segment("visits", {
    func: "and",
    preds: [
      { func: "segment-ref", id: "A" },
      { func: "segment-ref", id: "buyers" },
    ],
  }),
};

/** What the definitions refer to, in one time zone or another. */
export const options: fc.Arbitrary<EvaluateOptions> = fc
  .constantFrom("UTC", "UTC", "UTC", "UTC", "UTC", "Europe/Berlin", "America/New_York")
  .map((timeZone) => ({ timeZone, dateRanges: (id) => RANGES[id], segments: (id) => SEGMENTS[id] }));
