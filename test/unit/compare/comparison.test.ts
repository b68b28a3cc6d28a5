import fc from "fast-check";
import type { ComparedSegment } from "../../../compare/compared-segment";
import { compare } from "../../../compare/comparison";
import { comparisonMarkdown } from "../../../compare/markdown";
import { inLogicalNames } from "../../../compare/rebound";
import { segmentsOfStack } from "../../../compare/stack-segments";
import { comparisonText } from "../../../compare/text";
import { readEnvironmentFile } from "../../../environment/environment-file";
import { resolveEnvironments } from "../../../environment/resolve";
import { pageIs } from "../review/plan";

const segment = (key: string, page = "Home", more: Partial<ComparedSegment> = {}): ComparedSegment => ({
  key,
  id: `id-${key}`,
  name: key,
  description: "",
  dataViewId: "dv",
  definition: pageIs(page),
  ...more,
});
const sides = (a: readonly ComparedSegment[], b: readonly ComparedSegment[], ignoreDataView = false) =>
  compare({ label: "stack:a", segments: a }, { label: "stack:b", segments: b }, { ignoreDataView });

test("what is on one side only, what differs and how, and how many are the same", () => {
  const comparison = sides(
    [segment("same"), segment("changed"), segment("renamed"), segment("left")],
    [segment("changed", "Start"), segment("same"), segment("right"), segment("renamed", "Home", { name: "Other" })],
  );
  expect(comparisonText(comparison))
    .toBe(`stack:a and stack:b: 1 the same, 2 different, 1 only in stack:a, 1 only in stack:b

Only in stack:a:
  left (id-left)

Only in stack:b:
  right (id-right)

Different: changed
  - Visits where page is "Home"
  + Visits where page is "Start"

Different: renamed
  name: renamed → Other
`);
  expect(comparisonMarkdown(comparison)).toContain("#### Different: `renamed`\n\n- name: ~~`renamed`~~ → `Other`");
});

test("another data view counts, unless the sides are data views", () => {
  const moved = [segment("a", "Home", { dataViewId: "dv2" })];
  expect(sides([segment("a")], moved).different).toHaveLength(1);
  expect(sides([segment("a")], moved, true).same).toBe(1);
});

test("of several with one name, the same ones belong together", () => {
  const [home, start, end] = ["Home", "Start", "End"].map((page) => segment("twin", page, { id: page }));
  if (!home || !start || !end) throw new Error("three");
  const { same, different, onlyInA, onlyInB } = sides([home, start], [end, { ...start, id: "other" }]);
  expect([same, different.map(({ a, b }) => [a.id, b.id]), onlyInA, onlyInB]).toEqual([1, [["Home", "End"]], [], []]);
});

test("nothing is lost or counted twice, and a side is the same as itself in any order", () => {
  const some = fc.array(
    fc.record({ key: fc.constantFrom("a", "b", "c"), page: fc.constantFrom("Home", "Start"), id: fc.uuid() }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [a, b] = [one, other].map((list) => list.map(({ key, page, id }) => segment(key, page, { id })));
      if (!a || !b) return;
      const { same, different, onlyInA, onlyInB } = sides(a, b);
      expect([same + different.length + onlyInA.length, same + different.length + onlyInB.length]).toEqual([
        a.length,
        b.length,
      ]);
      expect(sides(a, a.toReversed())).toMatchObject({ same: a.length, different: [], onlyInA: [], onlyInB: [] });
    }),
  );
});

test("IDs that have logical names are the same under them", () => {
  const { environments } = resolveEnvironments(
    readEnvironmentFile(`
dev: { dataViews: { web: dv_dev }, dimensions: { page: page } }
prod: { dataViews: { web: dv_prod }, dimensions: { page: prod_page } }
`),
  );
  const [dev, prod] = [environments.get("dev"), environments.get("prod")];
  if (!dev || !prod) throw new Error("two");
  const prodDefinition = JSON.parse(
    JSON.stringify(pageIs("page")).replace("variables/page", "variables/prod_page"),
  ) as object;
  const inDev = inLogicalNames(segment("a", "page", { dataViewId: "dv_dev" }), dev);
  const inProd = inLogicalNames(segment("a", "page", { dataViewId: "dv_prod", definition: prodDefinition }), prod);
  expect(inDev).toEqual(inProd);
  expect(inDev).toMatchObject({
    dataViewId: "{web}",
    definition: { container: { pred: { str: "page", val: { name: "variables/{page}" } } } },
  });
});

test("a stack's segments are those that its program has", () => {
  const type = "pulumi-nodejs:dynamic/cja:Segment";
  const urn = (name: string, parents = "") => `urn:pulumi:prod::web::${parents}${type}::${name}`;
  const outputs = { name: "A", dataViewId: "dv", definition: pageIs("Home") };
  const resources = [
    { urn: urn("a"), type, id: "s1", outputs },
    { urn: urn("b", "acme:web:Audience$"), type, id: "s2", outputs: { ...outputs, description: "B" } },
    { urn: urn("old"), type, id: "s3", outputs, delete: true },
    { urn: urn("read"), type, id: "s4", outputs, external: true },
    { urn: "urn:pulumi:prod::web::pulumi:pulumi:Stack::x", type: "pulumi:pulumi:Stack" },
  ];
  expect(segmentsOfStack(JSON.stringify({ version: 3, deployment: { resources } }))).toEqual([
    { key: "a", id: "s1", name: "A", description: "", dataViewId: "dv", definition: pageIs("Home") },
    {
      key: "acme:web:Audience › b",
      id: "s2",
      name: "A",
      description: "B",
      dataViewId: "dv",
      definition: pageIs("Home"),
    },
  ]);
  expect(segmentsOfStack('{"version":3,"deployment":{}}')).toEqual([]);
  expect(() => segmentsOfStack("error: no stack")).toThrow('this is no output of "pulumi stack export"');
});
