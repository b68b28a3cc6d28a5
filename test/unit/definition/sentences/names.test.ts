import { describe as sentence, explainChange, toMermaid } from "../../../../definition";
import { around, exists, page, sequenceOf, step } from "../samples";
import { and, home, total } from "./rows";

const attr = (name: string) => ({ func: "attr", name });
const existing = (name: string) => around({ func: "exists", val: attr(name) });
const called = (name: string) => sentence(existing("variables/x"), { names: { "variables/x": name } });

test("IDs of every kind have names, from a map or a record", () => {
  const json = around(
    and(
      exists,
      { func: "ge", num: 1, val: total },
      { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "r1" } },
      { func: "segment-ref", id: "s1", segmentId: "s2" },
      { func: "range", low: 1, val: attr("metrics/orders") },
    ),
  );
  const names = { "variables/page": "Page", "metrics/orders": "Orders", r1: "Last May", s1: "Buyers", s2: "Fans" };
  const expected = [
    "Sessions where all of:",
    "  - Page exists",
    "  - Orders is at least 1",
    "  - the date range Last May applies",
    "  - the segment Buyers with segmentId Fans applies",
    "  - the metric Orders lies in the range from 1 up",
  ].join("\n");
  expect(sentence(json, { names })).toBe(expected);
  expect(sentence(json, { names: new Map(Object.entries(names)) })).toBe(expected);
});

test("a restriction's dimension has its name", () => {
  const restriction = { func: "dimension-restriction", limit: "within", count: 2, attribute: page };
  expect(sentence(sequenceOf(step, restriction, step), { names: { "variables/page": "Page" } })).toContain(
    "then, within 2 values of Page, Events where Page exists",
  );
});

test.each([
  ["two IDs in the definition", { "variables/a": "Page", "variables/b": "Page" }],
  ["another case", { "variables/a": "Page", "variables/b": "page" }],
  ["blanks", { "variables/a": "Page", "variables/b": "\u200b Page\n" }],
])("one name for several IDs is followed by the ID: %s", (_, names) => {
  const json = around(and({ func: "exists", val: attr("variables/a") }, { func: "exists", val: attr("variables/b") }));
  const [, a, b] = sentence(json, { names }).split("\n");
  expect(a).toBe("  - Page (variables/a) exists");
  expect(b).toMatch(/^ {2}- .*[Pp]age.* \(variables\/b\) exists$/);
});

test("the other ID may be one that the definition does not mention", () => {
  expect(sentence(existing("variables/a"), { names: { "variables/a": "Page", "variables/b": "Page" } })).toBe(
    "Sessions where Page (variables/a) exists",
  );
});

test("an ID without a name may be like a name", () => {
  const json = around(
    and({ func: "exists", val: attr("variables/page") }, { func: "exists", val: attr("variables/b") }),
  );
  expect(sentence(json, { names: { "variables/b": "Page" } })).toBe(
    "Sessions where all of:\n  - page (variables/page) exists\n  - Page (variables/b) exists",
  );
});

test("a dimension and a metric of one name, and notes after the ID", () => {
  const json = around(
    and(
      { func: "exists", val: { ...attr("variables/orders"), description: "x" } },
      { func: "event-exists", evt: { func: "event", name: "metrics/orders" } },
    ),
  );
  expect(sentence(json)).toBe(
    'Sessions where all of:\n  - orders (variables/orders; labelled "x") exists\n  - orders (metrics/orders) occurs',
  );
});

test("an ID in parentheses is quoted where it could be read as more", () => {
  const names = { "variables/a)": "Page", "variables/b": "Page" };
  expect(sentence(existing("variables/a)"), { names })).toBe('Sessions where Page ("variables/a)") exists');
});

test("an ID that is its own name needs no ID after it", () => {
  const interval = { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "page" } };
  expect(sentence(around(and(exists, interval)))).toBe(
    "Sessions where all of:\n  - page (variables/page) exists\n  - the date range page applies",
  );
});

describe("a name that is no more than a name stands without quotes", () => {
  test.each([
    "Page",
    "Page Name",
    "Days since last visit",
    "Größe",
    "ページ",
    "web.page_1",
    "A/B-Test",
    "$price",
    "1st page",

    "C&A 100%",
  ])("%s", (name) => {
    expect(called(name)).toBe(`Sessions where ${name} exists`);
  });
});

describe("any other name is quoted", () => {
  test.each([
    ["Page is", '"Page is"'],
    ["Page EXISTS", '"Page EXISTS"'],
    ["page EXISTS or Page", '"page EXISTS or Page"'],
    ["the metric x", '"the metric x"'],
    ["nothing", '"nothing"'],
    ["Page, Site", '"Page, Site"'],
    ['a "b', '"a \\"b"'],
    ["a\nb", '"a\\nb"'],
    ["a\u202eb", '"a\\u202eb"'],
    ["a\u3164", '"a\\u3164"'],
    ["5", '"5"'],
    ["a  b", '"a  b"'],
    [" a", '" a"'],
    ["- a", '"- a"'],
    ["(a)", '"(a)"'],
    ["a: b", '"a: b"'],
    ["🛒 Cart", '"🛒 Cart"'],
  ])("%j", (name, quoted) => {
    expect(called(name)).toBe(`Sessions where ${quoted} exists`);
  });
});

test.each(["", " ", "\u200b\n", 5, null, undefined, {}])("%j is no name", (name) => {
  expect(called(name as string)).toBe("Sessions where x exists");
});

test.each(["constructor", "__proto__", "toString"])("what an object has anyway is no name: %s", (id) => {
  const json = around({ func: "segment-ref", id });
  expect(sentence(json, { names: {} })).toBe(`Sessions where the segment ${id} applies`);
});

test("changes and diagrams have names too, and one name for two IDs is seen across both definitions", () => {
  const names = { "variables/a": "Page", "variables/b": "Page" };
  expect(explainChange(existing("variables/a"), existing("variables/b"), { names })).toEqual([
    {
      kind: "changed",
      place: "at the top",
      before: "Sessions where Page (variables/a) exists",
      after: "Sessions where Page (variables/b) exists",
    },
  ]);
  expect(explainChange(existing("variables/page"), existing("metrics/page"))).toEqual([
    expect.objectContaining({ before: "Sessions where page (variables/page) exists" }),
  ]);
  expect(toMermaid(around(home), { names: { "variables/page": "Site" } })).toContain(
    "Sessions where Site is #34;Home#34;",
  );
});
