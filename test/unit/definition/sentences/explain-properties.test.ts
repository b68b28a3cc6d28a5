import { fc, samples } from "../../../properties";
import { changeText, describe as sentence, equal, explainChange } from "../../../../definition";
import type { SegmentDefinition } from "../../../../definition";
import { definition, predicate } from "../arbitrary";
import { changed } from "../change";
import { positions } from "../positions";
import { respelled } from "../respell";
import { around, withAt } from "../samples";
import { oddDefinition } from "./odd";
import { and } from "./rows";

const runs = { numRuns: samples(300) };

test("there is a change exactly where definitions are not equal", () => {
  fc.assert(
    fc.property(definition, definition, (a, b) => {
      expect(explainChange(a, b).length === 0).toBe(equal(a, b));
      expect(explainChange(a, a)).toEqual([]);
    }),
    runs,
  );
  fc.assert(
    fc.property(oddDefinition(["a", "b"], 1), oddDefinition(["a", "b"], 1), (a, b) => {
      expect(explainChange(a, b).length === 0).toBe(equal(a, b));
    }),
    { numRuns: samples(1000) },
  );
});

test("no spelling of a definition is a change", () => {
  fc.assert(
    fc.property(respelled(definition), ([json, once, twice]) => {
      expect(explainChange(json, once)).toEqual([]);
      expect(explainChange(once, twice)).toEqual([]);
    }),
    runs,
  );
});

test("other JSON at any place is a change exactly where it is not equal", () => {
  fc.assert(
    fc.property(definition, fc.nat(), fc.jsonValue(), (json, pick, value) => {
      const all = positions(json);
      const { path } = all[pick % all.length] ?? { path: [] };
      const other = withAt(json, path, value);
      expect(explainChange(json, other).length === 0).toBe(equal(json, other));
    }),
    { numRuns: samples(1000) },
  );
});

test("a single change of a value, a name or a function is a single change", () => {
  const isOne = /\.(str|glob|regex|num|name|id|description|count|low|high|unit|limit|list\.\d+|context|container)$/;
  fc.assert(
    fc.property(changed(definition), ([json, { what, json: other }]) => {
      fc.pre(isOne.test(what));
      expect(explainChange(json, other)).toEqual([expect.objectContaining({ kind: "changed" })]);
    }),
    { numRuns: samples(1000) },
  );
});

test("a single change is one in any other spelling too", () => {
  const other = changed(definition).filter(([, { what }]) =>
    /\.(str|glob|regex|num|description|list\.\d+)$/.test(what),
  );
  const respelledOther = other.chain(([json, { json: after }]) =>
    respelled(fc.constant(after as SegmentDefinition)).map(([, once]) => [json, once] as const),
  );
  fc.assert(
    fc.property(respelledOther, ([json, once]) => {
      expect(explainChange(json, once)).toEqual([expect.objectContaining({ kind: "changed" })]);
    }),
    runs,
  );
});

test("no single change is more than a few", () => {
  fc.assert(
    fc.property(changed(definition), ([json, { what, json: other }]) => {
      // Conditions of an `and` in an `and` are its own; turned around together they are one.
      fc.pre(!/preds\.\d+$/.test(what));
      expect(explainChange(json, other).length).toBeLessThanOrEqual(4);
    }),
    { numRuns: samples(1000) },
  );
});

test("a condition more is one added, and a condition less one removed", () => {
  const conditions = fc.uniqueArray(predicate(2), {
    minLength: 2,
    maxLength: 8,
    selector: (pred) => sentence(around(pred)),
  });
  fc.assert(
    fc.property(conditions, fc.nat(), fc.nat(), (preds, pick, place) => {
      const one = preds[pick % preds.length];
      // Conditions of an `and` in it would be several.
      fc.pre(!sentence(around(one)).startsWith("Sessions where all of"));
      const fewer = preds.filter((pred) => pred !== one);
      const more = fewer.toSpliced(place % preds.length, 0, one as never);
      const [lesser, greater] = [around(and(...fewer)), around(and(...more))];
      const ifSingle = /^Sessions where (?:any|all) of/.test(sentence(lesser)) && fewer.length === 1;
      fc.pre(!ifSingle);
      expect(explainChange(lesser, greater).map(({ kind }) => kind)).toEqual(["added"]);
      expect(explainChange(greater, lesser).map(({ kind }) => kind)).toEqual(["removed"]);
    }),
    runs,
  );
});

test("what is told was said, and no line of a text is lost in the list", () => {
  fc.assert(
    fc.property(definition, definition, (a, b) => {
      const changes = explainChange(a, b);
      for (const { kind, place, before, after } of changes) {
        expect(place).not.toBe("");
        expect(place).not.toMatch(/\n/);
        expect([before === undefined, after === undefined]).toEqual([kind === "added", kind === "removed"]);
        expect(before).not.toBe(after);
      }
      const lines = changes.flatMap(({ before = "", after = "" }) => `${before}\n${after}`.trim().split("\n")).length;
      expect(changeText(changes).split("\n")).toHaveLength(lines + changes.length);
    }),
    runs,
  );
});
