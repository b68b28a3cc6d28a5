import { fc, samples } from "../../../properties";
import ts from "typescript";
import { resourceNames, slug } from "../../../../cli/export/resource-names";
import { HOSTILE_NAMES } from "./hostile-names";
import { idOf } from "./programs";

const segmentsOf = (names: readonly string[]) => names.map((name, i) => ({ id: idOf(i), name }));

const name = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: "grapheme", maxLength: 90 }));
const id = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map(idOf),
  fc.string({ minLength: 1 }),
  fc.stringMatching(/^s_[0-9a-f]{24}$/),
);
const segments = fc.uniqueArray(fc.record({ id, name }), { selector: (segment) => segment.id, maxLength: 40 });

/** Whether something can be a constant of a module beside what the program has there. */
function isConstant(word: string): boolean {
  const source = `import * as cja from "pulumi-cja";\nexport const ${word} = 1;\n`;
  const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
  return diagnostics?.length === 0;
}

function expectUsable(names: ReturnType<typeof resourceNames>): void {
  const all = [...names.values()];
  for (const { resource, identifier, file } of all) {
    expect(resource).toMatch(/^[a-z][a-z0-9-]{0,79}$/);
    expect(file).toBe(resource);
    expect(file).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d|index)$/);
    expect(identifier).toMatch(/^[a-z][A-Za-z0-9]*$/);
  }
  expect(new Set(all.map(({ file }) => file)).size).toBe(all.length);
  expect(new Set(all.map(({ identifier }) => identifier.toLowerCase())).size).toBe(all.length);
}

test("hostile names give files and constants that can be, each its own", () => {
  const names = resourceNames(segmentsOf(HOSTILE_NAMES));
  expect(names.size).toBe(HOSTILE_NAMES.length);
  expectUsable(names);
  for (const { identifier } of names.values()) expect([identifier, isConstant(identifier)]).toEqual([identifier, true]);
});

test("any names do", () => {
  fc.assert(
    fc.property(segments, (all) => {
      const names = resourceNames(all);
      expect(names.size).toBe(all.length);
      expectUsable(names);
    }),
    { numRuns: samples(500) },
  );
});

test("the order in which they come is no matter", () => {
  fc.assert(
    fc.property(segments, (all) => {
      expect(new Map([...resourceNames([...all].reverse())].sort())).toEqual(new Map([...resourceNames(all)].sort()));
    }),
  );
});

test("neither one that goes nor one that comes changes the name of another, also where names are equal", () => {
  const alike = fc.array(fc.oneof(name, fc.constantFrom("Mobile", "mobile", "MOBILE!")), { maxLength: 30 });
  fc.assert(
    fc.property(alike, fc.infiniteStream(fc.boolean()), (all, stays) => {
      const before = resourceNames(segmentsOf(all));
      const some = segmentsOf(all).filter(() => stays.next().value);
      for (const [id, names] of resourceNames(some)) expect(names).toEqual(before.get(id));
    }),
    { numRuns: samples(1000) },
  );
});

test("names that there are stay, and no other takes them", () => {
  const existingNames = new Map([[idOf(1), { resource: "phones", identifier: "myPhones", file: "old" }]]);
  const names = resourceNames(segmentsOf(["Old", "Mobile", "Phones", "My phones", "Mine"]), {
    existingNames,
    files: ["mine"],
  });
  expect(names.get(idOf(1))).toEqual({ resource: "phones", identifier: "myPhones", file: "old" });
  expect([0, 2, 3, 4].map((i) => names.get(idOf(i))?.file)).toEqual([
    "old-000000",
    "phones-000002",
    "my-phones-000003",
    "mine-000004",
  ]);
});

test.each([
  ["Mobile visitors", "mobile-visitors"],
  ["  Größe & Ærø ", "grosse-aero"],
  ["naïve café №1", "naive-cafe-no1"],
  ["📱", ""],
  ["x".repeat(300), "x".repeat(60)],
  [`${"word ".repeat(30)}`, "word-".repeat(12).slice(0, -1)],
])("the slug of %j", (text, expected) => {
  expect(slug(text)).toBe(expected);
});

test.each([
  ["Visits", "visits-000000", "visits000000"],
  ["2024", "segment-2024-000000", "segment2024000000"],
  ["con", "con-000000", "con000000"],
  ["📱", "segment-000000", "segment000000"],
])("%s is called %s", (text, resource, identifier) => {
  expect(resourceNames(segmentsOf([text])).get(idOf(0))).toEqual({ resource, identifier, file: resource });
});
