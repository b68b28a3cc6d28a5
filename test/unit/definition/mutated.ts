import { fc } from "../../properties";
import { definition } from "./arbitrary";
import { positions } from "./positions";
import { withAt } from "./samples";
import type { Mutable } from "./samples";

type Path = readonly (string | number)[];

/** One thing done to the value at a path. The copy is the mutation's own. */
type Mutation = (copy: unknown, path: Path) => unknown;

const parentOf = (copy: unknown, path: Path): Mutable =>
  path.slice(0, -1).reduce((at, key) => at[key] as Mutable, copy as Mutable);

/** Puts a value that cannot be cloned where there is one. */
function put(copy: unknown, path: Path, value: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  parentOf(copy, path)[last] = value;
  return copy;
}

const valueAt = (copy: unknown, path: Path): unknown => path.reduce<unknown>((at, key) => (at as Mutable)[key], copy);

function deeper(levels: number, inner: unknown): unknown {
  let value = inner;
  for (let level = 0; level < levels; level += 1)
    value = level % 2 === 0 ? { func: "without", pred: value } : { func: "and", preds: [value] };
  return value;
}

function listed(levels: number, inner: unknown): unknown {
  let value = inner;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const thrower = (): unknown =>
  Object.defineProperty({}, "func", {
    enumerable: true,
    get: () => {
      throw new Error("not today");
    },
  });

const evil = (key: string): unknown =>
  JSON.parse(`{"func": "exists", "${key}": {"func": "attr", "name": "variables/a"}}`);

/** What can be done, and something else after it. By name, so that a failure says what was done. */
const SMALL: Readonly<Record<string, Mutation>> = {
  deleted: (copy, path) => withAt(copy, path, undefined),
  null: (copy, path) => put(copy, path, null),
  "a text": (copy, path) => put(copy, path, "x"),
  "an empty text": (copy, path) => put(copy, path, ""),
  "a number": (copy, path) => put(copy, path, -1e308),
  true: (copy, path) => put(copy, path, true),
  "an empty object": (copy, path) => put(copy, path, {}),
  "an empty list": (copy, path) => put(copy, path, []),
  "in a list": (copy, path) => put(copy, path, [valueAt(copy, path)]),
  "in an object": (copy, path) => put(copy, path, { func: valueAt(copy, path) }),
  "the whole once more": (copy, path) => put(copy, path, structuredClone(copy)),
};

/** What is there, only odd, long or without a prototype. */
const ODD: Readonly<Record<string, Mutation>> = {
  undefined: (copy, path) => put(copy, path, undefined),
  "an object without a prototype": (copy, path) => {
    const value = valueAt(copy, path);
    const fields = typeof value === "object" ? value : { value };
    return put(copy, path, Object.assign(Object.create(null) as object, fields));
  },
};

/** What is a mistake wherever it stands: JSON cannot write it, or it is too deep, or it would reach a prototype. */
const NEVER_RIGHT: Readonly<Record<string, Mutation>> = {
  NaN: (copy, path) => put(copy, path, Number.NaN),
  "a function": (copy, path) => put(copy, path, () => copy),
  "a bigint": (copy, path) => put(copy, path, 1n),
  "a key that is a prototype": (copy, path) => put(copy, path, evil("__proto__")),
  "a key that is a constructor": (copy, path) => put(copy, path, evil("constructor")),
  "a getter that throws": (copy, path) => put(copy, path, thrower()),
};

/** The same, and so large that a few of the thousands are enough. */
const HUGE: Readonly<Record<string, Mutation>> = {
  "a huge text": (copy, path) => put(copy, path, "\u0000".repeat(200_000)),
  "a huge list": (copy, path) => put(copy, path, Array<unknown>(110_000).fill("x")),
};
const DEEP: Readonly<Record<string, Mutation>> = {
  "a cycle": (copy, path) => put(copy, path, path.length > 0 ? copy : Number.NaN),
  "200 levels around": (copy, path) => put(copy, path, deeper(200, valueAt(copy, path))),
  "10,000 levels around": (copy, path) => put(copy, path, deeper(10_000, valueAt(copy, path))),
  "10,000 lists around": (copy, path) => put(copy, path, listed(10_000, valueAt(copy, path))),
};

export interface Mutated {
  /** What was done, and where. */
  readonly what: readonly string[];
  readonly json: unknown;
  /** Whether it cannot be right. */
  readonly wrong: boolean;
}

const step = (of: Readonly<Record<string, Mutation>>) => fc.tuple(fc.constantFrom(...Object.entries(of)), fc.nat());

/** A definition to which one to three such things were done. */
export const mutated: fc.Arbitrary<Mutated> = fc
  .tuple(
    definition,
    fc.array(step(SMALL), { maxLength: 2 }),
    fc.oneof(
      { arbitrary: step(SMALL), weight: 500 },
      { arbitrary: step(ODD), weight: 160 },
      { arbitrary: step(NEVER_RIGHT), weight: 320 },
      { arbitrary: step(HUGE), weight: 3 },
      { arbitrary: step(DEEP), weight: 8 },
    ),
  )
  .map(([json, before, last]) => {
    let copy: unknown = structuredClone(json);
    const what: string[] = [];
    for (const [[name, mutation], pick] of [...before, last]) {
      const all = positions(copy);
      const path = all[pick % all.length]?.path ?? [];
      copy = mutation(copy, path);
      what.push(`${name} at ${path.join(".")}`);
    }
    // What cannot be printed is told by what was done.
    return {
      what,
      json: copy,
      [fc.toStringMethod]: () => what.join(", "),
      wrong: Object.hasOwn({ ...NEVER_RIGHT, ...DEEP }, last[0][0]),
    };
  });
