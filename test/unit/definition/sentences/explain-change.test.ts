import { changeText, explainChange } from "../../../../definition";
import type { DefinitionChange } from "../../../../definition";
import { around, exists, orders, page, PAGE_EXISTS, sequenceOf, step, withAt } from "../samples";
import { and, exclude, hits, home, or, total, without } from "./rows";

const site = { func: "attr", name: "variables/site" };
const is = (str: string, val: unknown = page) => ({ func: "streq", str, val });
const atLeast = (num: number) => ({ func: "ge", num, val: total });
const occurs = { func: "event-exists", evt: orders };
const within = (count: number) => ({ func: "time-restriction", limit: "within", count, unit: "day" });
const ALL = "in Sessions where all of";
const changed = (place: string, before: string, after: string) => ({ kind: "changed", place, before, after }) as const;
const added = (place: string, after: string) => ({ kind: "added", place, after }) as const;
const removed = (place: string, before: string) => ({ kind: "removed", place, before }) as const;
const step2 = "in Sessions, step 2 of the sequence";
const unheard = (x: unknown) => ({ func: "unheard-of", x });
const fifty = (change: (index: number) => unknown = (index) => is(`v${index}`)) =>
  around(and(...Array.from({ length: 50 }, (_, index) => change(index))));

type Case = readonly [name: string, before: unknown, after: unknown, expected: readonly DefinitionChange[]];

const CASES: readonly Case[] = [
  [
    "a value",
    around(home),
    around(is("Start")),
    [changed("at the top", 'Sessions where page is "Home"', 'Sessions where page is "Start"')],
  ],
  [
    "the level of everything",
    around(and(home, occurs)),
    around(and(home, occurs), "visitors"),
    [changed("at the top", "Sessions where all of", "Persons where all of")],
  ],
  [
    "a label of everything",
    around(and(home, occurs)),
    withAt(around(and(home, occurs)), ["container", "description"], "x"),
    [changed("at the top", "Sessions where all of", 'Sessions (labelled "x") where all of')],
  ],
  [
    "the version",
    PAGE_EXISTS,
    { ...PAGE_EXISTS, version: [2, 0, 0] },
    [
      changed(
        "at the top",
        'Events where page exists (labelled "Page")',
        'With version 2.0.0: Events where page exists (labelled "Page")',
      ),
    ],
  ],
  [
    "one value among 50",
    fifty(),
    fifty((index) => is(index === 30 ? "new" : `v${index}`)),
    [changed(ALL, 'page is "v30"', 'page is "new"')],
  ],
  [
    "one dimension among 50",
    fifty(),
    fifty((index) => is(`v${index}`, index === 30 ? site : page)),
    [changed(ALL, 'page is "v30"', 'site is "v30"')],
  ],
  [
    "one function among 50",
    fifty(),
    fifty((index) => ({ ...is(`v${index}`), func: index === 30 ? "contains" : "streq" })),
    [changed(ALL, 'page is "v30"', 'page contains "v30"')],
  ],
  [
    "one label among 50",
    fifty(),
    fifty((index) => ({ ...is(`v${index}`), ...(index === 30 ? { description: "x" } : {}) })),
    [changed(ALL, 'page is "v30"', 'page is "v30" (labelled "x")')],
  ],
  [
    "one of 50 turned around",
    fifty(),
    fifty((index) => (index === 30 ? without(is("v30")) : is(`v${index}`))),
    [changed(ALL, 'page is "v30"', 'it is not true that page is "v30"')],
  ],
  [
    "all of 50 values",
    fifty(),
    fifty((index) => is(`w${index}`)),
    Array.from({ length: 50 }, (_, index) => changed(ALL, `page is "v${index}"`, `page is "w${index}"`)),
  ],
  [
    "all of 50 values and functions",
    fifty(),
    fifty((index) => ({ ...is(`w${index}`), func: "contains" })),
    Array.from({ length: 50 }, (_, index) => changed(ALL, `page is "v${index}"`, `page contains "w${index}"`)),
  ],
  [
    "a condition more",
    around(and(home, occurs)),
    around(and(atLeast(2), home, occurs)),
    [added(ALL, "orders is at least 2")],
  ],
  [
    "a condition less",
    around(and(home, atLeast(2), occurs)),
    around(and(home, occurs)),
    [removed(ALL, "orders is at least 2")],
  ],
  ["a condition moved", around(and(home, occurs, exists)), around(and(exists, home, occurs)), []],
  [
    "a condition moved and another changed",
    around(and(home, occurs, atLeast(1))),
    around(and(atLeast(2), occurs, home)),
    [changed(ALL, "orders is at least 1", "orders is at least 2")],
  ],
  ["a second condition beside a single one", around(home), around(and(home, occurs)), [added(ALL, "orders occurs")]],
  ["the second of two conditions less", around(and(home, occurs)), around(home), [removed(ALL, "orders occurs")]],
  [
    "a second condition beside a changed one",
    around(home),
    around(and(occurs, is("Start"))),
    [added(ALL, "orders occurs"), changed(ALL, 'page is "Home"', 'page is "Start"')],
  ],
  [
    "a second condition and another level",
    around(home),
    around(and(home, occurs), "visitors"),
    [changed("at the top", "Sessions", "Persons"), added("in Persons where all of", "orders occurs")],
  ],
  [
    "a second container beside a single one",
    around(hits(and(home, occurs))),
    around(and(hits(and(home, occurs)), hits(exists))),
    [added(ALL, "Events where page exists")],
  ],
  [
    "an or around, with more in it",
    around(and(home, occurs)),
    around(or(and(home, occurs), exists)),
    [added("in Sessions where any of", "page exists")],
  ],
  [
    "or for and",
    around(and(home, occurs)),
    around(or(home, occurs)),
    [changed("at the top", "Sessions where all of", "Sessions where any of")],
  ],
  [
    "a negation around a list",
    around(and(home, occurs)),
    around(without(and(home, occurs))),
    [changed("at the top", "Sessions where all of", "Sessions where it is not true that all of")],
  ],
  [
    "deep inside",
    around(or(exists, hits(and(home, without(and(occurs, atLeast(1))))))),
    around(or(exists, hits(and(home, without(and(occurs, atLeast(2))))))),
    [
      changed(
        "in Sessions where any of, in Events where all of, in it is not true that all of",
        "orders is at least 1",
        "orders is at least 2",
      ),
    ],
  ],
  [
    "a list of conditions more",
    around(and(home, occurs)),
    around(and(home, occurs, or(exists, atLeast(2)))),
    [added(ALL, "any of:\n  - page exists\n  - orders is at least 2")],
  ],
  [
    "another thing altogether",
    around(and(home, occurs)),
    around(or(is("x", site), exists), "visitors"),
    [
      changed(
        "at the top",
        'Sessions where all of:\n  - page is "Home"\n  - orders occurs',
        'Persons where any of:\n  - site is "x"\n  - page exists',
      ),
    ],
  ],
  [
    "a list for a sequence",
    around(and(home, occurs)),
    sequenceOf(hits({ func: "exists", val: site })),
    [
      changed(
        "at the top",
        'Sessions where all of:\n  - page is "Home"\n  - orders occurs',
        "Sessions where these steps happen in order:\n  first, Events where site exists",
      ),
    ],
  ],
  [
    "a value of a list",
    around({ func: "streq-in", list: ["a", "b"], val: page }),
    around({ func: "streq-in", list: ["c", "a"], val: page }),
    [changed("at the top", 'Sessions where page is one of "a", "b"', 'Sessions where page is one of "c", "a"')],
  ],
  [
    "a list's order",
    around({ func: "streq-in", list: ["a", "b"], val: page }),
    around({ func: "streq-in", list: ["b", "a"], val: page }),
    [],
  ],
  [
    "a value of a long list",
    around(isIn(0, 200)),
    around(isIn(1, 201)),
    [
      changed(
        "at the top",
        'Sessions where page is one of "v0", and 199 that stay',
        'Sessions where page is one of "v200", and 199 that stay',
      ),
    ],
  ],
  [
    "a value more in a long list",
    around(isIn(0, 9)),
    around(isIn(0, 10)),
    [
      changed(
        "at the top",
        "Sessions where page is one of 9 values that stay",
        'Sessions where page is one of "v9", and 9 that stay',
      ),
    ],
  ],
  [
    "all of a long list, and one twice",
    around(isIn(0, 9)),
    around({ ...isIn(10, 19), list: ["v10", "v10", ...isIn(11, 19).list] }),
    [
      changed(
        "at the top",
        `Sessions where page is one of ${isIn(0, 9)
          .list.map((v) => `"${v}"`)
          .join(", ")}`,
        `Sessions where page is one of "v10", "v10", ${isIn(11, 19)
          .list.map((v) => `"${v}"`)
          .join(", ")}`,
      ),
    ],
  ],
  [
    "the same value twice in a long list",
    around(isIn(0, 10)),
    around({ ...isIn(0, 9), list: ["v0", ...isIn(0, 9).list] }),
    [
      changed(
        "at the top",
        'Sessions where page is one of "v9", and 9 that stay',
        'Sessions where page is one of "v0", and 9 that stay',
      ),
    ],
  ],
  [
    "a step's value",
    sequenceOf(step, hits(home), step),
    sequenceOf(step, hits(is("Start")), step),
    [changed(step2, 'then, Events where page is "Home"', 'then, Events where page is "Start"')],
  ],
  [
    "a step's distance",
    sequenceOf(step, within(1), hits(home)),
    sequenceOf(step, within(3), hits(home)),
    [
      changed(
        step2,
        'then, within 1 day, Events where page is "Home"',
        'then, within 3 days, Events where page is "Home"',
      ),
    ],
  ],
  [
    "a condition more in a step",
    sequenceOf(step, within(1), hits(home)),
    sequenceOf(step, within(1), hits(and(home, occurs))),
    [added(`${step2}, in Events where all of`, "orders occurs")],
  ],
  [
    "a step more at the beginning",
    sequenceOf(step, hits(home)),
    sequenceOf(hits(occurs), step, hits(home)),
    [added("in Sessions, step 1 of the sequence", "first, Events where orders occurs")],
  ],
  [
    "a step less at the end",
    sequenceOf(step, hits(home), hits(occurs)),
    sequenceOf(step, hits(home)),
    [removed("in Sessions, step 3 of the sequence", "then, Events where orders occurs")],
  ],
  [
    "a step less, another changed",
    sequenceOf(step, hits(home), hits(occurs), hits(atLeast(1))),
    sequenceOf(step, hits(occurs), hits(atLeast(2))),
    [
      removed(step2, 'then, Events where page is "Home"'),
      changed(
        "in Sessions, step 3 of the sequence",
        "then, Events where orders is at least 1",
        "then, Events where orders is at least 2",
      ),
    ],
  ],
  [
    "two steps exchanged",
    sequenceOf(step, hits(home)),
    sequenceOf(hits(home), step),
    [
      removed("in Sessions, step 1 of the sequence", "first, Events where page exists"),
      added(step2, "then, Events where page exists"),
    ],
  ],
  [
    "another step in the place of one",
    sequenceOf(step, hits(home)),
    sequenceOf(step, hits(occurs)),
    [changed(step2, 'then, Events where page is "Home"', "then, Events where orders occurs")],
  ],
  [
    "a step excluded",
    sequenceOf(step, hits(home), step),
    sequenceOf(step, exclude, hits(home), step),
    [changed(step2, 'then, Events where page is "Home"', 'but never in between, Events where page is "Home"')],
  ],
  [
    "what counts of a sequence",
    sequenceOf(step, hits(home)),
    around({ func: "sequence-prefix", context: "visits", stream: [step, hits(home)] }),
    [
      changed(
        "at the top",
        "Sessions where these steps happen in order",
        "Sessions where only what comes after these steps counts, in order within one Session",
      ),
    ],
  ],
  [
    "a restriction at the end",
    sequenceOf(step),
    sequenceOf(step, within(1)),
    [added(step2, "and at the end, within 1 day")],
  ],
  [
    "a step of a group, in another order",
    sequenceOf({ func: "sequence-and", checkpoints: [step, hits(home)] }),
    sequenceOf({ func: "sequence-and", checkpoints: [hits(is("Start")), step] }),
    [
      changed(
        "in Sessions, step 1 of the sequence, in all of these steps, in any order",
        'Events where page is "Home"',
        'Events where page is "Start"',
      ),
    ],
  ],
  [
    "an unknown node",
    around(and(home, unheard(1))),
    around(and(home, unheard(2))),
    [changed(ALL, 'unknown {"func":"unheard-of","x":1}', 'unknown {"func":"unheard-of","x":2}')],
  ],
  [
    "an unknown node moved, whose place may mean something",
    around(and(home, unheard(1))),
    around(and(unheard(1), home)),
    [removed(ALL, 'page is "Home"'), added(ALL, 'page is "Home"')],
  ],
  [
    "an unknown node more",
    around(and(home, occurs, exists)),
    around(and(exists, home, occurs, unheard(1))),
    [added(ALL, 'unknown {"func":"unheard-of","x":1}')],
  ],
  [
    "an and around an unknown node",
    around(unheard(1)),
    around(and(unheard(1))),
    [
      changed(
        "at the top",
        'Sessions where unknown {"func":"unheard-of","x":1}',
        'Sessions where all of:\n  - unknown {"func":"unheard-of","x":1}',
      ),
    ],
  ],
  [
    "a second condition in an and that says more",
    around(home),
    around({ ...and(home, occurs), x: 1 }),
    [
      changed(
        "at the top",
        'Sessions where page is "Home"',
        'Sessions where all of (also "x": 1):\n  - page is "Home"\n  - orders occurs',
      ),
    ],
  ],
  [
    "the last of several that could have become another",
    around(and(is("a"), occurs, exists, is("b"))),
    around(and(occurs, exists, is("c"))),
    [removed(ALL, 'page is "a"'), changed(ALL, 'page is "b"', 'page is "c"')],
  ],
  [
    "two of several that could have become each other",
    around(and(is("a"), { ...is("b"), func: "contains" })),
    around(and({ ...is("c"), func: "contains" }, is("d"))),
    [changed(ALL, 'page contains "b"', 'page contains "c"'), changed(ALL, 'page is "a"', 'page is "d"')],
  ],
  [
    "a list's order, and another condition",
    around(and({ func: "streq-in", list: ["a", "b"], val: page }, atLeast(1))),
    around(and({ func: "streq-in", list: ["b", "a"], val: page }, atLeast(2))),
    [changed(ALL, "orders is at least 1", "orders is at least 2")],
  ],
  [
    "a condition beside a changed sequence",
    sequenceOf(step, hits(home)),
    around(and(occurs, { func: "sequence", stream: [step, hits(is("Start"))] })),
    [
      added(ALL, "orders occurs"),
      changed(
        `${ALL}, step 2 of the sequence`,
        'then, Events where page is "Home"',
        'then, Events where page is "Start"',
      ),
    ],
  ],
  [
    "conditions that become steps",
    around(and(step, hits(home))),
    sequenceOf(step, hits(home)),
    [
      changed(
        "at the top",
        'Sessions where all of:\n  - Events where page exists\n  - Events where page is "Home"',
        'Sessions where these steps happen in order:\n  first, Events where page exists\n  then, Events where page is "Home"',
      ),
    ],
  ],
  [
    "an unknown step of a group moved",
    around({ func: "sequence-or", checkpoints: [step, unheard(1)] }),
    around({ func: "sequence-or", checkpoints: [unheard(1), step] }),
    [
      removed("in Sessions where at least one of these steps", "Events where page exists"),
      added("in Sessions where at least one of these steps", "Events where page exists"),
    ],
  ],
  ["no definition", "x", 5, [changed("at the top", 'Not a definition: unknown "x"', "Not a definition: unknown 5")]],
  ["what stands where it does not belong, respelled", around({ ...page, description: "" }), around(page), []],
];

function isIn(from: number, to: number) {
  return { func: "streq-in", list: Array.from({ length: to - from }, (_, index) => `v${from + index}`), val: page };
}

test.each(CASES)("%s", (_, before, after, expected) => {
  expect(explainChange(before, after)).toEqual(expected);
});

/** Steps are exchanged by moving either of them, and which one is moved depends on the direction. */
const isMove = (name: string) => name.startsWith("two steps") || /^an unknown .* moved/.test(name);

test.each(CASES.filter(([name]) => !isMove(name)))("the other way round: %s", (_, before, after, expected) => {
  const kinds = { changed: "changed", added: "removed", removed: "added" };
  const turned = expected.map(({ kind, before, after }) => [kinds[kind], after, before]);
  const back = explainChange(after, before).map(({ kind, before, after }) => [kind, before, after]);
  expect(back.map(String).sort()).toEqual(turned.map(String).sort());
});

test("the many conditions that one dimension has are matched as far as they are alike", () => {
  const conditions = (from: number) =>
    around(and(...Array.from({ length: 3_000 }, (_, index) => is(`v${from + index}`)), home, occurs));
  const changes = explainChange(conditions(0), conditions(2_000));
  expect(changes).toHaveLength(2_000);
  expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(["changed"]));
});

test("of very many, those with the same function belong together", () => {
  const list = (func: string, value: string) =>
    Array.from({ length: 30 }, (_, index) => ({ ...is(`${value}${index}`), func }));
  const changes = explainChange(
    around(and(...list("streq", "a"), ...list("contains", "b"))),
    around(and(...list("contains", "c"), ...list("streq", "d"))),
  );
  expect(changes).toHaveLength(60);
  for (const { before = "", after = "" } of changes)
    expect(before.includes("contains")).toBe(after.includes("contains"));
});

test("very long sequences are compared from both ends", () => {
  const stream = (length: number) => Array.from({ length }, (_, index) => hits(is(`v${index}`)));
  const long = stream(2_000);
  expect(explainChange(sequenceOf(...long), sequenceOf(...long, step))).toHaveLength(1);
  expect(explainChange(sequenceOf(step, ...long), sequenceOf(...long))).toHaveLength(1);
  const exchanged = (steps: readonly unknown[]) =>
    explainChange(sequenceOf(step, ...steps, hits(occurs)), sequenceOf(hits(occurs), ...steps, step));
  expect(exchanged(stream(500))).toHaveLength(2);
  expect(exchanged(long)).toHaveLength(2 * 2_002);
});

test("changes as text", () => {
  expect(changeText([])).toBe("");
  expect(
    changeText([
      changed("at the top", "Sessions", "Persons"),
      added(ALL, "any of:\n  - page exists\n  - orders occurs"),
      removed(step2, "then, Events where page exists"),
    ]),
  ).toBe(
    [
      "changed at the top:",
      "  - Sessions",
      "  + Persons",
      "added in Sessions where all of:",
      "  + any of:",
      "      - page exists",
      "      - orders occurs",
      "removed in Sessions, step 2 of the sequence:",
      "  - then, Events where page exists",
    ].join("\n"),
  );
});
