import { referencedAudiences, renameAudiences } from "../../../../definition/pql/references";
import { fc } from "../../../properties";
import { JSON_SAMPLES, SAMPLES } from "./samples";

const literal = (value: unknown) => ({ nodeType: "literal", literalType: "String", value });
const call = (fnName: string, ...params: readonly unknown[]) => ({ nodeType: "fnApply", fnName, params });
const MEMBERSHIPS = { nodeType: "fieldLookup", fieldName: "segmentMembership" };

test("the audiences that a text names, with their places", () => {
  expect(
    referencedAudiences(
      'a = "inSegment" and inSegment("one")\nor segmentMembership.get("ups").get("two").status = "realized" or get("x")',
    ),
  ).toEqual([
    { id: "one", path: "", place: "line 1, column 31" },
    { id: "two", path: "", place: "line 2, column 37" },
  ]);
});

test("the audiences that a text names behind what is not known, and not those in comments", () => {
  const text = 'a ; inSegment("one") // inSegment("two")\nor inSegment(/* x */ "three")';
  expect(referencedAudiences(text)).toEqual([
    { id: "one", path: "", place: "line 1, column 15" },
    { id: "three", path: "", place: "line 2, column 22" },
  ]);
  expect(renameAudiences(text, ({ id }) => `new ${id}`)).toBe(
    'a ; inSegment("new one") // inSegment("two")\nor inSegment(/* x */ "new three")',
  );
});

test("the audiences that JSON names, with their places", () => {
  const expression = call(
    "and",
    call("inSegment", literal("one")),
    call("=", literal("inSegment"), literal("x")),
    call("get", call("get", MEMBERSHIPS, literal("ups")), literal("two")),
    call("get", call("get", MEMBERSHIPS, literal("other")), literal("three")),
    call("inSegment", { nodeType: "variable", value: "four" }),
  );
  expect(referencedAudiences(expression)).toEqual([
    { id: "one", path: "params[0].params[0].value", place: "" },
    { id: "two", path: "params[2].params[1].value", place: "" },
  ]);
});

test("an output in JSON is not looked into", () => {
  class Output {
    readonly value = "one";
  }
  expect(referencedAudiences(call("inSegment", new Output(), literal(new Output())))).toEqual([]);
});

test("only references are renamed, and all else stays as it is", () => {
  const rename = ({ id }: { readonly id: string }) => (id === "{buyers}" ? "e3be" : undefined);
  expect(renameAudiences('a = "{buyers}"  and inSegment( "{buyers}" )\nor inSegment("x")', rename)).toBe(
    'a = "{buyers}"  and inSegment( "e3be" )\nor inSegment("x")',
  );
  expect(renameAudiences(call("and", literal("{buyers}"), call("inSegment", literal("{buyers}"))), rename)).toEqual(
    call("and", literal("{buyers}"), call("inSegment", literal("e3be"))),
  );
});

test.each([...SAMPLES, ...JSON_SAMPLES])("%j is the same with nothing renamed", (expression) => {
  expect(renameAudiences(expression, () => undefined)).toEqual(expression);
});

test("every reference is renamed, however deep and whatever stands around it", () => {
  const expression = fc.letrec<{ node: unknown; leaf: unknown; inside: unknown }>((tie) => ({
    node: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("inside")),
    leaf: fc.constantFrom(call("inSegment", literal("old")), literal("old")),
    inside: fc.array(tie("node"), { maxLength: 3 }).map((params) => call("and", ...params)),
  })).node;
  fc.assert(
    fc.property(expression, (of) => {
      const renamed = renameAudiences(of, () => "new");
      expect(referencedAudiences(renamed).map(({ id }) => id)).toEqual(referencedAudiences(of).map(() => "new"));
      expect(renameAudiences(renamed, () => "old")).toEqual(of);
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('inSegment("old")', '"old"', "and", "\n", "("), { maxLength: 12 }),
      (words) => {
        const text = words.join(" ");
        expect(renameAudiences(text, () => "new")).toBe(text.replaceAll('inSegment("old")', 'inSegment("new")'));
      },
    ),
  );
});
