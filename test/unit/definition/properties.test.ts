import { fc, samples } from "../../properties";
import { canonical, equal, hash, parse } from "../../../definition";
import { GRAMMAR } from "../../../definition/grammar/grammar";
import { definition } from "./arbitrary";
import { changed, changes } from "./change";
import { positions } from "./positions";
import { respelled } from "./respell";
import { around, exists, page, withAt } from "./samples";

const runs = { numRuns: samples(300) };

test("parse accepts every definition of the grammar as it is", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const before = JSON.stringify(json);
      expect(parse(json)).toEqual({ definition: json, errors: [], warnings: [] });
      expect(JSON.stringify(json)).toBe(before);
    }),
    runs,
  );
});

test("the generated definitions are deep, and say everything", () => {
  const funcs = new Set<unknown>();
  let deepest = 0;
  for (const json of fc.sample(definition, { numRuns: 400, seed: 1 })) {
    for (const { path, value } of positions(json)) {
      if (path.at(-1) === "func") funcs.add(value);
      deepest = Math.max(deepest, path.length);
    }
  }
  // segment-ref warns.
  expect(Object.keys(GRAMMAR).filter((func) => !funcs.has(func))).toEqual(["segment-ref"]);
  expect(deepest).toBeGreaterThan(12);
});

test("equal holds between all spellings of a definition", () => {
  fc.assert(
    fc.property(respelled(definition), ([json, once, twice]) => {
      expect(equal(json, json)).toBe(true);
      expect(equal(json, once)).toBe(true);
      expect(equal(once, json)).toBe(true);
      expect(equal(once, twice)).toBe(true);
      expect(equal(json, twice)).toBe(true);
      expect(hash(twice)).toBe(hash(json));
    }),
    runs,
  );
});

test("equal is symmetric, and the same as equal hashes", () => {
  fc.assert(
    fc.property(definition, definition, (a, b) => {
      expect(equal(a, b)).toBe(equal(b, a));
      expect(hash(a) === hash(b)).toBe(equal(a, b));
    }),
    runs,
  );
});

test("no single change of what is said is equal", () => {
  fc.assert(
    fc.property(changed(definition), ([json, { json: other }]) => {
      expect(equal(json, other)).toBe(false);
      expect(equal(other, json)).toBe(false);
    }),
    { numRuns: samples(1000) },
  );
});

test("and for or is another meaning, unless they hold a single entry", () => {
  fc.assert(
    fc.property(definition, fc.nat(), (json, pick) => {
      const junctions = positions(json).filter(({ path, value, parent }) => {
        const holder = parent as { readonly preds?: readonly unknown[] } | undefined;
        return path.at(-1) === "func" && (value === "and" || value === "or") && (holder?.preds?.length ?? 0) > 1;
      });
      const junction = junctions[pick % junctions.length];
      fc.pre(junction !== undefined);
      const other = withAt(json, junction.path, junction.value === "and" ? "or" : "and");
      expect(equal(json, other)).toBe(false);
    }),
    runs,
  );
});

test("the changes are changes of every kind", () => {
  const json = around({ func: "and", preds: [exists, { func: "eq-in", list: [1], val: page }] });
  expect(changes(json).map(({ what }) => what)).toEqual([
    "container.context",
    "container.context",
    "container.pred",
    "container.pred.preds.0",
    "container.pred.preds.0.func",
    "container.pred.preds.0.val.name",
    "container.pred.preds.1",
    "container.pred.preds.1.func",
    "container.pred.preds.1.func",
    "container.pred.preds.1.func",
    "container.pred.preds.1.list.0",
    "container.pred.preds.1.val.name",
  ]);
});

test("the canonical form is its own canonical form, says the same, and is not bigger", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const form = canonical(json);
      expect(JSON.stringify(canonical(form))).toBe(JSON.stringify(form));
      expect(equal(form, json)).toBe(true);
      expect(parse(form).errors).toEqual([]);
      expect(JSON.stringify(form).length).toBeLessThanOrEqual(JSON.stringify(json).length + "container".length);
    }),
    runs,
  );
});

test("nothing is written to what is compared", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const before = JSON.stringify(json);
      for (const { value } of positions(json)) Object.freeze(value);
      expect(() => hash(json)).not.toThrow();
      expect(parse(json).definition).toBe(json);
      expect(JSON.stringify(json)).toBe(before);
    }),
    runs,
  );
});
