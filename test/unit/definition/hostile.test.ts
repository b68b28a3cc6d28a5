import { fc, samples } from "../../properties";
import { parse } from "../../../definition";
import { MAX_DEPTH, MAX_VALUES } from "../../../definition/limits";
import { definition } from "./arbitrary";
import { positions, written } from "./positions";
import { around, exists, page, withAt } from "./samples";
import type { Mutable } from "./samples";

class Money {
  readonly amount = 5;
}

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const trap = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error("no keys for you");
    },
  },
);
const endless: Mutable = { func: "without" };
endless["pred"] = endless;
const ring: unknown[] = [];
ring.push(ring);

function nested(levels: number): unknown {
  let value: unknown = exists;
  for (let level = 0; level < levels; level += 1) value = { func: "without", pred: value };
  return value;
}

function doubled(levels: number): unknown {
  let value: unknown = exists;
  for (let level = 0; level < levels; level += 1) value = { func: "and", preds: [value, value] };
  return value;
}

/** What JSON cannot write, with what the message says of it. */
const FOREIGN: readonly (readonly [name: string, value: unknown, message: RegExp])[] = [
  ["NaN", Number.NaN, /found NaN/],
  ["Infinity", Infinity, /found Infinity/],
  ["a bigint", 5n, /found a bigint/],
  ["a function", () => 1, /found a function/],
  ["a symbol", Symbol("x"), /found a symbol/],
  ["a Date", new Date(0), /found an object of the class Date/],
  ["a Map", new Map(), /found an object of the class Map/],
  ["an instance", new Money(), /found an object of the class Money/],
  ["a boxed text", Object("x"), /found an object of the class String/],
  ["a symbol as key", { [Symbol("x")]: 1 }, /found an object with a symbol as key/],
  ["a revoked proxy", revoked.proxy, /found an object that cannot be read/],
  ["a proxy that throws", trap, /cannot be read \(no keys for you\)/],
];

test.each(FOREIGN)("%s is an error with its path, wherever it stands", (_, value, message) => {
  expect(parse(value).errors).toEqual([{ path: "", message: expect.stringMatching(message) as string }]);
  for (const [path, json] of [
    ["container.pred", around(value)],
    ["container.pred.str", around({ func: "streq", str: value, val: page })],
    ["container.pred.list[1]", around({ func: "streq-in", list: ["a", value], val: page })],
    ["container.pred.val.name", around({ func: "exists", val: { func: "attr", name: value } })],
    ["container.pred.description", around({ ...exists, description: value })],
    ["container.pred.func", around({ func: value })],
    ["container.pred.x.y[0]", around({ func: "unheard-of", x: { y: [value] } })],
    ["container.context", put(around(exists), ["container", "context"], value)],
  ] as const) {
    expect(parse(json).errors).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  }
});

test("a key without a value is none, and a list has no place without one", () => {
  expect(parse(around({ ...exists, description: undefined })).errors).toEqual([]);
  expect(parse(around({ func: "streq", str: undefined, val: page })).errors).toEqual([
    { path: "container.pred.str", message: expect.stringMatching(/missing/) as string },
  ]);
  expect(parse(around({ func: "streq-in", list: ["a", undefined], val: page })).errors).toEqual([
    { path: "container.pred.list[1]", message: expect.stringMatching(/found undefined/) as string },
  ]);
});

test("a foreign value at any place of any definition is an error at its path", () => {
  fc.assert(
    fc.property(definition, fc.nat(), fc.constantFrom(...FOREIGN), (json, pick, [, value]) => {
      const all = positions(json).filter(({ path }) => path[0] !== "version");
      const { path } = all[pick % all.length] ?? { path: [] };
      // Not cloned with it: proxies and functions cannot be.
      const broken = put(withAt(json, path, null), path, value);
      expect(parse(broken).errors.map((error) => error.path)).toContain(written(path));
    }),
    { numRuns: samples(500) },
  );
});

test("a field that is taken away is an error at its path, unless it is optional", () => {
  fc.assert(
    fc.property(definition, fc.nat(), (json, pick) => {
      const all = positions(json).filter(({ path }) => typeof path.at(-1) === "string");
      const { path } = all[pick % all.length] ?? { path: [] };
      const { errors } = parse(withAt(json, path, undefined));
      const optional = ["description", "allocation-model", "low", "high"].includes(String(path.at(-1)));
      if (!optional && !isOptionalContext(json, path))
        expect(errors.map((error) => error.path)).toContain(written(path));
    }),
    { numRuns: samples(500) },
  );
});

test("any JSON at any place is answered: accepted, or with mistakes", () => {
  fc.assert(
    fc.property(definition, fc.nat(), fc.jsonValue(), (json, pick, value) => {
      const all = positions(json);
      const { path } = all[pick % all.length] ?? { path: [] };
      const broken = withAt(json, path, value);
      const { definition: accepted, errors } = parse(broken);
      expect(accepted === undefined).toBe(errors.length > 0);
    }),
    { numRuns: samples(1000) },
  );
});

test("any value that code can make is answered", () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      (value) => {
        expect(Array.isArray(parse(value).errors)).toBe(true);
        expect(Array.isArray(parse(around(value)).errors)).toBe(true);
      },
    ),
    { numRuns: samples(1000) },
  );
});

describe("keys that reach a prototype", () => {
  test.each(["__proto__", "constructor", "prototype"])("%s is an error", (key) => {
    const evil: unknown = JSON.parse(
      `{"func": "exists", "val": {"func": "attr", "name": "variables/a"}, "${key}": {"func": "x"}}`,
    );
    expect(parse(around(evil)).errors).toEqual([
      { path: `container.pred.${key}`, message: `the key "${key}" is not allowed` },
    ]);
    const opaque = { func: "unheard-of", inside: evil };
    expect(parse(around(opaque)).errors.map(({ path }) => path)).toEqual([`container.pred.inside.${key}`]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is no function", (func) => {
    expect(parse(around({ func })).warnings).toHaveLength(1);
    expect(parse({ ...around(exists), func }).errors.map(({ path }) => path)).toEqual(["func"]);
  });

  test("fields of a prototype do not count", () => {
    expect(parse(Object.create(around(exists))).errors).toHaveLength(1);
  });
});

test("getters that throw are errors at their path", () => {
  const evil = Object.defineProperty({ func: "exists" }, "val", {
    enumerable: true,
    get: () => {
      throw new Error("not today");
    },
  });
  expect(parse(around(evil)).errors).toEqual([{ path: "container.pred.val", message: "cannot be read: not today" }]);
});

describe("definitions without end", () => {
  test.each([
    ["an object in itself", around(endless), "container.pred.pred", /contains itself/],
    [
      "a list in itself",
      around({ func: "and", preds: [{ func: "new", ring }] }),
      "container.pred.preds[0].ring[0]",
      /contains itself/,
    ],
    [
      "10,000 levels",
      around(nested(10_000)),
      expect.stringMatching(/^container(\.pred){99}$/),
      /deeper than 100 levels/,
    ],
    ["twice twice twice …", around(doubled(90)), expect.any(String), /more than 100000 values/],
    ["a list of holes", around({ func: "and", preds: new Array(4_000_000_000) }), "container.pred.preds", /more than/],
    [
      "a list of a million",
      around({ func: "streq-in", list: Array<string>(1e6).fill("x"), val: page }),
      "container.pred.list",
      /more than/,
    ],
    [
      "an object of many keys",
      around(Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`k${i}`, 1]))),
      expect.any(String),
      /more than/,
    ],
  ])("%s", (_, json, path, message) => {
    let visits = 0;
    const isUnknown = () => {
      visits += 1;
      return false;
    };
    const { errors } = parse(json, { isUnknown });
    // Work, not time: once for every value, and the whole once more.
    expect(visits).toBeLessThanOrEqual(MAX_VALUES + 1);
    expect(errors).toContainEqual({ path: path as string, message: expect.stringMatching(message) as string });
    expect(errors.filter(({ message }) => message.includes("more than")).length).toBeLessThanOrEqual(1);
  });

  test("an object that stands in two places is not in itself", () => {
    expect(parse(around({ func: "and", preds: [exists, exists] })).errors).toEqual([]);
  });

  test("the limits themselves are allowed", () => {
    expect(parse(around(nested(MAX_DEPTH - 4))).errors).toEqual([]);
    expect(parse(around(nested(MAX_DEPTH - 3))).errors).toHaveLength(1);
    const valuesBeside = 15;
    const list = Array<string>(MAX_VALUES - valuesBeside).fill("x");
    expect(parse(around({ func: "streq-in", list, val: page })).errors).toEqual([]);
    expect(parse(around({ func: "streq-in", list: [...list, "y"], val: page })).errors).toHaveLength(1);
  });

  test("as many mistakes as there is room for are answered", () => {
    const preds = Array<number>(40_000).fill(5);
    expect(parse(around({ func: "and", preds })).errors).toHaveLength(preds.length);
  });
});

/** Puts a value where there is one, into a copy that is made already. */
function put(copy: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Mutable, copy as Mutable);
  parent[last] = value;
  return copy;
}

/** `context` of a plain sequence, and what a restriction counts. */
function isOptionalContext(json: unknown, path: readonly (string | number)[]): boolean {
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Mutable, json as Mutable);
  const key = `${String(parent["func"])}.${String(path.at(-1))}`;
  return [
    "sequence.context",
    "time-restriction.container",
    "container-restriction.container",
    "dimension-restriction.attribute",
  ].includes(key);
}
