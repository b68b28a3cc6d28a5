import { dimension, hits, metric, segment, sequence, visitors, within } from "../../../../definition";
import { expectSegment } from "../../../../definition/evaluate/expect-segment";
import type { SampleEvent } from "../../../../definition/evaluate/sample-event";

const page = dimension("page");
const researchThenOrder = segment(
  visitors(sequence(hits(page.contains("product")), within(1, "week"), hits(metric("orders").exists()))),
);

const at = (person: string, time: string, values: SampleEvent["values"]): SampleEvent => ({
  person,
  session: time,
  time,
  values,
});
const events = [
  at("anna", "2026-03-01", { "variables/page": "product/1" }),
  at("ben", "2026-03-01", { "variables/page": "product/2" }),
  at("anna", "2026-03-03", { "metrics/orders": 1 }),
  at("carl", "2026-03-03", { "metrics/orders": 1 }),
  at("ben", "2026-03-20", { "metrics/orders": 1 }),
];

it("has nothing to say where the persons are those that are expected, in any order, and named twice or not", () => {
  expectSegment(researchThenOrder).on(events).toSelect(["anna", "anna"]);
  expectSegment(segment(hits(metric("orders").exists())))
    .on(events)
    .toSelect(["carl", "ben", "anna"]);
  expectSegment(researchThenOrder).on([]).toSelect([]);
});

it("says who is missing, who is not expected, and why", () => {
  const check = () => expectSegment(researchThenOrder).on(events).toSelect(["ben", "carl", "dora"]);
  expect(check).toThrow(
    new Error(
      [
        "The segment does not select the expected persons:",
        "  missing     ben   1 of 2 steps reached; then, within 1 week, Events where orders occurs: it happens, but not within these limits",
        '  missing     carl  0 of 2 steps reached; first, Events where page contains "product": it does not happen (no value)',
        "  missing     dora  no event is of this person",
        "  unexpected  anna  all conditions hold",
      ].join("\n"),
    ),
  );
});

it("takes names for components, and what the definition needs", () => {
  const named = expectSegment(segment(hits(page.is("x"))), { names: { "variables/page": "Page" } });
  expect(() => named.on(events).toSelect(["anna"])).toThrow(/Page is "x": found "product\/1"/);
  expect(() => expectSegment({ func: "segment" }).on(events).toSelect([])).toThrow("This cannot be evaluated:");
});
