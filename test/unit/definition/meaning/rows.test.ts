import { evaluate } from "../../../../definition";
import { GRAMMAR } from "../../../../definition/grammar/grammar";
import type { SegmentDefinition } from "../../../../definition";
import { positions } from "../positions";
import { select, selectionOf } from "./enumerated/select";
import { marked } from "./notation";
import { CONDITIONS } from "./rows/conditions";
import { SEQUENCE_ROWS } from "./rows/sequences";

const ROWS = [...CONDITIONS, ...SEQUENCE_ROWS].map((row) => ({
  ...row,
  name: `${row.func}${row.what === undefined ? "" : `: ${row.what}`} (${row.page})`,
}));

test.each(ROWS)("$name", ({ definition, events: text, options }) => {
  const { events, marked: expected } = marked(text);
  expect(evaluate(definition, events, options)).toEqual(selectionOf(expected));
});

// It knows no rolling date ranges.
test.each(ROWS.filter(({ options }) => options?.now === undefined))(
  "by enumeration: $name",
  ({ definition, events: text, options }) => {
    const { events, marked: expected } = marked(text);
    expect(select(definition as SegmentDefinition, events, options).events).toEqual(expected);
  },
);

test("every function of the grammar has events that show what it selects", () => {
  const shown = new Set(ROWS.map(({ func }) => func));
  expect(Object.keys(GRAMMAR).filter((func) => !shown.has(func))).toEqual([]);
});

test("a row has the function that it is about, and at most eight events, some of them selected", () => {
  for (const { name, func, definition, events: text } of ROWS) {
    const { events, marked: expected } = marked(text);
    const said = positions(definition).filter(({ path }) => path.at(-1) === "func");
    expect({
      name,
      isThere: said.some(({ value }) => value === func),
      isSmall: events.length <= 8,
      isSelected: expected.length > 0,
    }).toEqual({ name, isThere: true, isSmall: true, isSelected: true });
  }
});

test("events are read as they are written", () => {
  const { events, marked: expected } = marked("A [B@2h{tag=x+1,orders=2,~page=C}] | - |1 D ; A{tag='1'} C{tag=}");
  expect(events).toEqual([
    { person: "p1", session: "s1", time: Date.UTC(2024, 5, 1), values: { "variables/page": "A" } },
    {
      person: "p1",
      session: "s1",
      time: Date.UTC(2024, 5, 1, 2),
      values: { "variables/page": "B", "variables/tag": ["x", 1], "metrics/orders": 2 },
      persisted: { "variables/page": "C" },
    },
    { person: "p1", session: "s2", time: Date.UTC(2024, 5, 1, 2, 1), values: {} },
    { person: "p1", session: "s1", time: Date.UTC(2024, 5, 1, 2, 2), values: { "variables/page": "D" } },
    {
      person: "p2",
      session: "s1",
      time: Date.UTC(2024, 5, 1),
      values: { "variables/page": "A", "variables/tag": "1" },
    },
    {
      person: "p2",
      session: "s1",
      time: Date.UTC(2024, 5, 1, 0, 1),
      values: { "variables/page": "C", "variables/tag": "" },
    },
  ]);
  expect(expected).toEqual([events[1]]);
});
