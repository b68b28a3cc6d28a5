import { fc, samples } from "../../../properties";
import { changeText, describe as sentence, explainChange, outline, parse, toMermaid } from "../../../../definition";
import type { OutlineLine } from "../../../../definition";
import { definition } from "../arbitrary";
import { positions } from "../positions";
import { around, exists, page, withAt } from "../samples";
import type { Mutable } from "../samples";
import { ODD_TEXTS, oddDefinition } from "./odd";
import { and, home, without } from "./rows";

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const thrower = Object.defineProperty({ func: "exists" }, "val", {
  enumerable: true,
  get: () => {
    throw new Error("not today");
  },
});
const endless: Mutable = { func: "without" };
endless["pred"] = endless;
const ring: unknown[] = [];
ring.push(ring);
const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((pred) => without(pred), exists);
const doubled = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((pred) => and(pred, pred), exists);

/** Everything at once, for what must not throw. */
function everything(value: unknown): string {
  const said = sentence(value);
  expect(outline(value).text).toBe(said.split("\n")[0]);
  expect(typeof changeText(explainChange(value, around(exists)))).toBe("string");
  expect(explainChange(value, value)).toEqual([]);
  expect(toMermaid(value)).toMatch(/^flowchart TD\n/);
  return said;
}

describe("what JSON has no way to write is named", () => {
  test.each<readonly [string, unknown, RegExp]>([
    ["undefined", undefined, /^Not a definition: unknown \{"unreadable":"undefined"\}$/],
    ["NaN", around(Number.NaN), /^Sessions where unknown \{"unreadable":"NaN"\}$/],
    ["a bigint", around(5n), /"a bigint"/],
    ["a symbol", around(Symbol("x")), /"a symbol"/],
    [
      "a function as a value",
      around({ func: "streq", str: () => 1, val: page }),
      /^Sessions where unknown \{.*"a function"/,
    ],
    ["a Date in a list", around({ func: "streq-in", list: [new Date(0)], val: page }), /class Date/],
    [
      "a revoked proxy",
      around(and(home, revoked.proxy)),
      /^Sessions where all of:\n {2}- page is "Home"\n {2}- unknown .*cannot be read/,
    ],
    ["a getter that throws", around(thrower), /^Sessions where unknown \{"unreadable":"not today"\} exists$/],
    [
      "an object in itself",
      around(endless),
      /^Sessions where it is not true that unknown \{"unreadable":"contains itself"\}$/,
    ],
    ["a list in itself", around({ func: "and", preds: ring }), /"contains itself"/],
    [
      "a proxy whose errors cannot be read",
      around({
        get func(): never {
          throw revoked.proxy as Error;
        },
      }),
      /an object that cannot be read/,
    ],
    [
      "a list without a length",
      around({ func: "and", preds: new Proxy([1], { get: () => Symbol() }) }),
      /^Sessions where unknown \{.*something that cannot be read/,
    ],
    [
      "a key without an end",
      around({ func: "unheard-of", ["k".repeat(3e7)]: 1n }),
      /^Sessions where unknown \{"func":"unheard-of","k{57}…":\{/,
    ],
    ["a hole of a list", around({ func: "and", preds: Array<unknown>(2) }), /"undefined"/],
  ])("%s", (_, json, expected) => {
    expect(everything(json)).toMatch(expected);
  });
});

describe("what has no end is cut", () => {
  test.each<readonly [string, unknown, number]>([
    ["10,000 levels", around(nested(10_000)), 10_000],
    ["twice twice twice …", around(doubled(90)), 500_000],
    ["a list of holes", around({ func: "and", preds: new Array(4_000_000_000) }), 500_000],
    ["a list of a million", around({ func: "streq-in", list: Array<string>(1e6).fill("x"), val: page }), 100_000],
    [
      "an object of many keys",
      around(Object.fromEntries(Array.from({ length: 510_000 }, (_, i) => [`k${i}`, 1]))),
      200_000,
    ],
    ["a list of many lists", around(and(...Array.from({ length: 1000 }, () => Array<number>(1000).fill(1)))), 200_000],
    ["a text of 50 million characters", around({ func: "streq", str: "x".repeat(5e7), val: page }), 1_000],
    [
      "one text in many places",
      around(and(...Array<unknown>(10_000).fill({ ...home, str: "\u0000".repeat(1e5) }))),
      2_000_000,
    ],
  ])("%s", (_, json, longest) => {
    expect(sentence(json).length).toBeLessThan(longest);
  });

  test("changes and diagrams too", () => {
    everything(around(nested(10_000)));
    everything(around({ func: "and", preds: new Array(4_000_000_000) }));
    everything(around({ ...home, str: "x".repeat(5e7) }));
  });

  test("the place is said", () => {
    expect(sentence(around(nested(10_000)))).toMatch(/"an object more than 100 levels deep"\}$/);
    expect(sentence(around({ func: "streq-in", list: Array<string>(1e6).fill("x"), val: page }))).toMatch(
      /"x",\{"unreadable":"99\d{4} more"\}\]/,
    );
    expect(sentence(around(doubled(90)))).toContain('version {"unreadable":"a list, left out"}:');
  });

  test("long texts are told apart", () => {
    const long = (end: string) => around({ ...home, str: "x".repeat(3e7) + end });
    expect(sentence(long("a"))).toMatch(/\(30000001 characters, SHA-256 [0-9a-f]{64}\)/);
    expect(sentence(long("a"))).not.toBe(sentence(long("b")));
    expect(explainChange(long("a"), long("b"))).toHaveLength(1);
  });
});

test("what a server may accept is told in full, and quoted where it is deeper than anybody reads", () => {
  const deep = around(nested(900));
  expect(parse(deep).errors).not.toEqual([]);
  const said = sentence(deep);
  expect(said.match(/it is not true that/g)).toHaveLength(99);
  expect(said).toContain('unknown {"func":"without","pred":{"func":"without"');
  expect(said).not.toBe(sentence(around(nested(901))));
  expect(explainChange(deep, around(nested(901)))).toHaveLength(1);
  const wide = around(and(...Array.from({ length: 60_000 }, (_, index) => ({ ...home, str: `v${index}` }))));
  expect(sentence(wide).split("\n")).toHaveLength(60_001);
});

test("what parse takes at most is told without a quote", () => {
  const deepest = around(nested(96));
  expect(parse(deepest).errors).toEqual([]);
  expect(sentence(deepest)).not.toContain("unknown");
});

test("any value that code can make is answered", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  });
  fc.assert(
    fc.property(anything, definition, fc.nat(), (value, json, pick) => {
      everything(value);
      everything(around(value));
      const all = positions(json);
      const { path } = all[pick % all.length] ?? { path: [] };
      const copy = withAt(json, path, null);
      everything(put(copy, path, value));
    }),
    { numRuns: samples(300) },
  );
});

describe("no value can be more than a value", () => {
  const rest = sentence(around(and(home, exists))).split("\n");

  test.each(ODD_TEXTS)("%j", (text) => {
    const json = around(and({ ...home, str: text }, exists));
    const lines = sentence(json).split("\n");
    expect(lines).toHaveLength(3);
    expect([lines[0], lines[2]]).toEqual([rest[0], rest[2]]);
    const quoted = /^ {2}- page is (".*")$/.exec(lines[1] ?? "")?.[1] ?? "";
    expect(JSON.parse(quoted)).toBe(text);
    // One token of JSON, in which every character can be seen.
    expect(quoted).toMatch(/^"(?:[^"\\]|\\(?:["\\nrtbf]|u[0-9a-f]{4}))*"$/);
    expect(quoted.replace(/\p{Extended_Pictographic}(?:\u200d|\ufe0f)?/gu, "")).not.toMatch(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u3164\u2800]/u,
    );
  });

  test.each([
    "a\u00ad",
    "\u{e0041}",
    "\u115f",
    "\u2003",
    "\u2800",
    "x\u200d",
    "x\ufe0f",
    "\ue000",
    "👍\u200d",
    "\u200d👍",
  ])("a character that shows nothing: %j", (text) => {
    const said = sentence(around({ ...home, str: text }));
    expect(said).toMatch(/\\u[0-9a-f]{4}/);
    expect(JSON.parse(said.replace(/^Sessions where page is /, ""))).toBe(text);
  });

  test.each(["👍🏽", "👩🏽‍🚀", "👨‍👩‍👧", "❤️", "1️⃣", "🇩🇪", "é", "e\u0301", "עברית", "日本", "한국"])(
    "what can be seen stays: %s",
    (text) => {
      expect(sentence(around({ ...home, str: text }))).toBe(`Sessions where page is "${text}"`);
    },
  );

  test("no odd definition has a line of its own making", () => {
    fc.assert(
      fc.property(oddDefinition(), (json) => {
        const lines = sentence(json).split("\n");
        expect(lines).toHaveLength(count(outline(json)));
        for (const line of lines) expect(line).not.toMatch(/[^\P{C}\u200d]|[\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: samples(500) },
    );
  });
});

function count({ children }: OutlineLine): number {
  return children.reduce((sum, child) => sum + count(child), 1);
}

/** Puts a value where there is one, into a copy that is made already. */
function put(copy: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Mutable, copy as Mutable);
  parent[last] = value;
  return copy;
}
