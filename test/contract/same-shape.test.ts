import { fc } from "../properties";
import type { Json } from "./json";
import { rekey, sameShape } from "./same-shape";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

test.each<[string, Json, Json, string[]]>([
  ["equal scalars of other values", { a: 1 }, { a: 2 }, []],
  ["a missing key", { a: 1, b: 2 }, { a: 1 }, ["- b"]],
  ["a further key", { a: 1 }, { a: 1, b: 2 }, ["+ b"]],
  ["another type", { id: 596983 }, { id: "596983" }, ["! id: number, not string"]],
  ["null is a type", { low: 500 }, { low: null }, ["! low: number, not null"]],
  ["an object is no array", { a: {} }, { a: [] }, ["! a: object, not array"]],
  ["depth", { a: { b: { c: "" } } }, { a: { b: { d: "" } } }, ["- a.b.c", "+ a.b.d"]],
  ["an element's key", [{ id: "" }], [{ name: "" }], ["- [].id", "+ [].name"]],
  ["elements one by one", [{ a: 1 }, { b: 1 }], [{ a: 1 }, { a: 1 }], ["- [].b", "+ [].a"]],
  ["the last element stands for the rest", [{ a: 1 }], [{ a: 1 }, { a: 1 }, { a: "" }], ["! [].a: number, not string"]],
  ["the same difference once", [{ a: 1 }], [{}, {}], ["- [].a"]],
  ["no element at all", { tags: [{ id: 1 }] }, { tags: [] }, ["- tags[]"]],
  ["an empty sample array", { tags: [] }, { tags: [{ id: 1 }] }, []],
  ["an empty sample object is a statement", { next: {} }, { next: { href: "" } }, ["+ next.href"]],
  ["the whole is of another type", {}, [], ["! : object, not array"]],
])("%s", (_title, sample, answer, differences) => {
  expect(sameShape(sample, answer)).toEqual(differences);
});

test("everything has its own shape", () => {
  fc.assert(fc.property(json, (value) => sameShape(value, value).length === 0));
});

test("order of keys means nothing", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      return sameShape(value, turned).length === 0;
    }),
  );
});

test("a key that one side lacks is reported by whichever side is the sample", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), json), json, (value, extra) => {
      const more = { ...value, "the-extra-key": extra };
      expect(sameShape(value, more)).toEqual(["+ the-extra-key"]);
      expect(sameShape(more, value)).toEqual(["- the-extra-key"]);
    }),
  );
});

test("rekey gives a map of IDs the IDs of the answer, in order", () => {
  expect(rekey({ a: 1, b: 2 }, ["x", "y"])).toEqual({ x: 1, y: 2 });
  expect(rekey({ a: 1, b: 2 }, ["x"])).toEqual({ x: 1, "missing key 1": 2 });
  expect(() => rekey([1], ["x"])).toThrow("only an object");
});
