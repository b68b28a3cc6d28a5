import { CheckedResources, parseProgramResource } from "../../../provider/program-resource";

const urn = (name: string, types = "pulumi-nodejs:dynamic/cja:Segment") => `urn:pulumi:dev::web::${types}::${name}`;
const a = parseProgramResource({ urn: urn("a") });
const b = parseProgramResource({ urn: urn("b") });

test.each([
  [urn("mobile"), 'cja.Segment "mobile"'],
  [urn("a::b", "acme:web:Audience$pulumi-nodejs:dynamic/cja:Segment"), 'cja.Segment "a::b"'],
  [urn('say "x"', "pulumi-nodejs:dynamic/cja:SegmentJob"), 'cja.SegmentJob "say \\"x\\""'],
])("%s is called %s, of the stack web/dev", (text, label) => {
  expect(parseProgramResource({ urn: text, organization: "organization" })).toEqual({
    urn: text,
    label,
    stack: "web/dev",
  });
});

test("the stack has its organisation where there is one", () => {
  expect(parseProgramResource({ urn: urn("a"), organization: "acme" })).toMatchObject({ stack: "acme/web/dev" });
});

test.each([undefined, null, "", urn("a"), { urn: "mobile" }, { urn: 5 }, {}])("%p is no resource", (value) => {
  expect(parseProgramResource(value)).toBeUndefined();
});

describe("a later step", () => {
  test("is told apart by what was checked, however its keys come back", () => {
    const checked = new CheckedResources();
    checked.add(a, { name: "A", description: null, list: [1, { x: 1, y: 2 }] });
    checked.add(b, { name: "B" });
    expect(checked.forInputs({ list: [1, { y: 2, x: 1 }], name: "A" })).toBe(a);
    expect(checked.forInputs({ name: "B" })).toBe(b);
  });

  test("with the same inputs as another one is that of the last check", () => {
    const checked = new CheckedResources();
    checked.add(a, { name: "A" });
    expect(checked.forInputs({ name: "A" })).toBe(a);
    checked.add(b, { name: "A" });
    expect(checked.forInputs({ name: "A" })).toBe(b);
    checked.add(a, { name: "Z" });
    checked.add(undefined, { name: "A" });
    expect(checked.forInputs({ name: "A" })).toBeUndefined();
  });

  test("that makes one is that of each of several with the same inputs in turn", () => {
    const checked = new CheckedResources();
    for (const one of [a, b]) checked.add(one, { name: "A" });
    expect([1, 2].map(() => checked.forCreate({ name: "A" }))).toEqual([a, b]);
  });

  test("of inputs that nobody has checked is nobody's: the engine asks about old ones, too", () => {
    const checked = new CheckedResources();
    checked.add(a, { name: "A" });
    expect(checked.forInputs({ name: "B" })).toBeUndefined();
  });
});
