import { fc, samples } from "../../../properties";
import type { ComparedSegment } from "../../../../cli/compare/compared-segment";
import { compare } from "../../../../cli/compare/comparison";
import { withLogicalNames } from "../../../../cli/compare/side";
import { parseStackSegments } from "../../../../cli/compare/stack-segments";
import { comparisonMarkdown, comparisonText } from "../../../../cli/compare/text-and-markdown";
import { readEnvironmentFile } from "../../../../model/environment/environment-file";
import { resolveEnvironments } from "../../../../model/environment/resolve";
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
  - Sessions where page is "Home"
  + Sessions where page is "Start"

Different: renamed
  name: renamed → Other
`);
  expect(comparisonMarkdown(comparison)).toContain("#### Different: `renamed`\n\n- name: ~~`renamed`~~ → `Other`");
});

describe("tags and shares", () => {
  const jane = { to: "user", ids: ["5B02@company.example", "596983"] };
  const group = { to: "group", ids: ["812345678"] };
  const changed = (a: Partial<ComparedSegment>, b: Partial<ComparedSegment>) => {
    const comparison = sides([segment("a", "Home", a)], [segment("a", "Home", b)]);
    return {
      same: comparison.same,
      text: comparisonText(comparison).match(/^ {2}(?:tags|shares): .*$/gm) ?? [],
      markdown: comparisonMarkdown(comparison).match(/^- .*$/gm) ?? [],
      fields: comparison.different[0]?.fields,
    };
  };

  test("what only one side has is told", () => {
    const found = changed(
      { tags: ["web", "both"], shares: [jane, { to: "all", ids: [] }] },
      { tags: ["both", "mobile"], shares: [group, { ...jane, access: "edit" }] },
    );
    expect(found.text).toEqual([
      '  tags: + "mobile", − "web"',
      '  shares: + "group 812345678", − "all users of the organisation"',
    ]);
    expect(found.markdown).toEqual([
      "- tags: + `mobile`, − `web`",
      "- shares: + `group 812345678`, − `all users of the organisation`",
    ]);
    expect(found.fields).toMatchObject([
      { field: "tags", before: '["web","both"]', after: '["both","mobile"]', list: { managed: "still" } },
      { field: "shares", list: { entries: [{ is: "added", text: "group 812345678" }, { is: "removed" }] } },
    ]);
  });

  test.each<[string, Partial<ComparedSegment>, Partial<ComparedSegment>]>([
    ["what one side does not manage", { tags: ["a"], shares: [jane] }, {}],
    ["another order", { tags: ["a", "b"] }, { tags: ["b", "a"] }],
    ["the same by another of the IDs", { shares: [jane] }, { shares: [{ to: "user", ids: ["596983"] }] }],
    ["a number beside an IMS ID", { shares: [{ to: "user", ids: ["x@y"] }] }, { shares: [{ to: "user", ids: ["5"] }] }],
    ["an access that one side leaves open", { shares: [group] }, { shares: [{ ...group, access: "edit" }] }],
  ])("%s is no difference", (_, a, b) => {
    expect([changed(a, b).same, changed(b, a).same]).toEqual([1, 1]);
  });

  test.each<[string, Partial<ComparedSegment>, Partial<ComparedSegment>, string]>([
    ["a tag where there is none", { tags: [] }, { tags: ["a"] }, 'tags: + "a"'],
    ["another case", { tags: ["Web"] }, { tags: ["web"] }, 'tags: + "web", − "Web"'],
    [
      "another access",
      { shares: [{ ...group, access: "view" }] },
      { shares: [{ ...group, access: "edit" }] },
      'shares: ~ "group 812345678: access view → edit"',
    ],
    ["a user of a group's ID", { shares: [group] }, { shares: [{ ...group, to: "user" }] }, 'shares: + "user 8'],
    [
      "a name beside an ID without one",
      { shares: [{ to: "group", ids: ["{analysts}"] }] },
      { shares: [group] },
      'shares: + "group 812345678", − "group {analysts}"',
    ],
    [
      "one more, where the others have other kinds of IDs",
      { shares: [{ to: "user", ids: ["x@y"] }] },
      {
        shares: [
          { to: "user", ids: ["5"] },
          { to: "user", ids: ["6"] },
        ],
      },
      'shares: + "user 6"',
    ],
  ])("%s is one", (_, a, b, words) => {
    expect(changed(a, b).text).toEqual([expect.stringContaining(words)]);
  });

  test("of several with one name, those with the same tags belong together", () => {
    const [web, app] = ["web", "app"].map((tag) => segment("twin", "Home", { id: tag, tags: [tag] }));
    if (!web || !app) throw new Error("two");
    expect(sides([web, app], [app, web])).toMatchObject({ same: 2, different: [] });
  });

  test("hostile words are no markup", () => {
    const found = changed({ tags: [] }, { tags: ["`@x`, − b\n# no"] });
    expect(found.markdown).toEqual(["- tags: + `` `@x`, − b\\n# no ``"]);
    expect(found.text).toEqual(['  tags: + "`@x`, − b\\n# no"']);
  });
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
dev: { dataViews: { web: dv_dev }, dimensions: { page: page }, groups: { team: "5" } }
prod: { dataViews: { web: dv_prod }, dimensions: { page: prod_page }, groups: { team: 77@org } }
`),
  );
  const [dev, prod] = [environments.get("dev"), environments.get("prod")];
  if (!dev || !prod) throw new Error("two");
  const prodDefinition = JSON.parse(
    JSON.stringify(pageIs("page")).replace("variables/page", "variables/prod_page"),
  ) as object;
  const jane = { to: "user", ids: ["5"] };
  const [devShares, prodShares] = [["5"], ["77@org", "6"]].map((ids) => ({ shares: [{ to: "group", ids }, jane] }));
  const inDev = withLogicalNames(segment("a", "page", { dataViewId: "dv_dev", ...devShares }), dev);
  const inProd = withLogicalNames(
    segment("a", "page", { dataViewId: "dv_prod", definition: prodDefinition, ...prodShares }),
    prod,
  );
  expect(inDev).toEqual(inProd);
  expect(inDev).toMatchObject({
    dataViewId: "{web}",
    shares: [{ to: "group", ids: ["{team}"] }, jane],
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
  expect(parseStackSegments(JSON.stringify({ version: 3, deployment: { resources } }))).toEqual([
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
  expect(parseStackSegments('{"version":3,"deployment":{}}')).toEqual([]);
  expect(() => parseStackSegments("error: no stack")).toThrow('cannot read this output of "pulumi stack export"');
});

test("a stack has the tags and shares that it manages, and what is secret is compared with nothing", () => {
  const type = "pulumi-nodejs:dynamic/cja:Segment";
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
  const of = (outputs: object) => {
    const resources = [{ urn: `urn:pulumi:prod::web::${type}::a`, type, id: "s1", outputs: { name: "A", ...outputs } }];
    const [found] = parseStackSegments(JSON.stringify({ deployment: { resources } }));
    return { tags: found?.tags, shares: found?.shares };
  };
  const shares = [{ to: "all" }, { to: "group", id: "5", access: "edit" }];
  expect(of({ tags: ["a"], shares })).toEqual({
    tags: ["a"],
    shares: [
      { to: "all", ids: [] },
      { to: "group", ids: ["5"], access: "edit" },
    ],
  });
  expect(of({ tags: [], shares: [] })).toEqual({ tags: [], shares: [] });
  for (const outputs of [
    {},
    { tags: secret, shares: secret },
    { tags: [secret], shares: [{ to: "user", id: secret }] },
  ])
    expect(of(outputs)).toEqual({ tags: undefined, shares: undefined });
});

describe("what one side keeps secret", () => {
  const SECRET = "(secret)";
  const stack = (more: Partial<ComparedSegment>) => segment("home", "Home", { name: "Home", ...more });
  const texts = (a: Partial<ComparedSegment>, b: Partial<ComparedSegment>) =>
    comparisonText(sides([stack(a)], [stack(b)]));

  test("is shown of neither, and differs", () => {
    const hidden = "(not shown, because it is secret on the other side)";
    expect(texts({ name: SECRET }, { name: "Canary" })).toContain(`  name: (secret) → ${hidden}\n`);
    expect(texts({ name: "Canary" }, { name: SECRET })).toContain(`  name: ${hidden} → (secret)\n`);
    expect(texts({ definition: pageIs(SECRET) }, { definition: pageIs("Canary") })).toContain(
      '    Sessions where page is "(secret)"\n  + A secret value in it is not compared\n',
    );
    expect(texts({ definition: SECRET }, { definition: pageIs("Canary") })).toContain(
      `  - The definition is secret\n  + The definition ${hidden}\n`,
    );
  });

  test("stands in no form of the comparison, wherever it is", () => {
    const canary = "canary-7f3a";
    const and = (...preds: object[]) => ({
      ...pageIs("x"),
      container: { func: "container", context: "visits", pred: { func: "and", preds } },
    });
    const text = (str: string) => ({ func: "streq", str, val: { func: "attr", name: "variables/page" } });
    const definition = (str: string, other: string, order: boolean) =>
      order ? and(text(str), text(other)) : and(text(other), text(str));
    const side = fc.record({
      name: fc.boolean(),
      description: fc.boolean(),
      definition: fc.constantFrom("whole", "part", "none"),
      order: fc.boolean(),
      other: fc.constantFrom("Home", "Start"),
      hides: fc.subarray(["tags", "shares"] as const),
    });
    fc.assert(
      fc.property(side, side, fc.boolean(), fc.boolean(), (secret, plain, swap, isDataView) => {
        const hiding = stack({
          key: "s1",
          id: "s1",
          name: secret.name ? SECRET : "Home",
          description: secret.description ? SECRET : "",
          definition:
            secret.definition === "whole"
              ? SECRET
              : definition(secret.definition === "part" ? SECRET : "Home", secret.other, secret.order),
          hides: secret.hides,
        });
        const name = secret.name ? canary : "Home";
        const telling = stack({
          key: isDataView ? "s1" : name,
          id: "s1",
          name,
          description: secret.description ? canary : "",
          definition: secret.definition === "none" ? pageIs(plain.other) : definition(canary, plain.other, plain.order),
          tags: secret.hides.includes("tags") ? [canary] : [],
          shares: secret.hides.includes("shares") ? [{ to: "user", ids: [canary] }] : [],
        });
        const pair = [hiding, { ...telling, key: "s1" }] as const;
        const [a, b] = swap ? [pair[1], pair[0]] : pair;
        const comparison = sides([a], [b]);
        for (const view of [comparisonText(comparison), comparisonMarkdown(comparison), JSON.stringify(comparison)])
          expect(view).not.toContain(canary);
        if (secret.name || secret.description || secret.definition !== "none") expect(comparison.same).toBe(0);
      }),
      { numRuns: samples(1000) },
    );
  });
});

describe("a state that is not understood is not taken for an empty one", () => {
  const type = "pulumi-nodejs:dynamic/cja:Segment";
  const urn = `urn:pulumi:prod::web::${type}::a`;
  const state = (resource: object) => ({ version: 3, deployment: { resources: [{ urn, type, ...resource }] } });
  test.each([
    ["of a later version", { version: 5, deployment: {} }],
    ["in another shape", { checkpoint: { latest: {} } }],
    ["with its resources elsewhere", { version: 3, deployment: { manifest: {}, resourcesV5: [] } }],
    ["with resources in another shape", { version: 3, deployment: { resources: {} } }],
    ["never deployed, or so it says", { version: 3, deployment: null }],
    ["with a segment without an ID", state({ outputs: {} })],
    ["with a segment without outputs", state({ id: "s1" })],
    ["that is a preview", { steps: [], duration: 1 }],
    ["that is a summary", { result: "succeeded", duration: 1, summary: { same: 1 } }],
  ])("%s", (_, json) => {
    expect(() => parseStackSegments(JSON.stringify(json))).toThrow(
      /cannot read this output of "pulumi stack export".* pulumi stack export/,
    );
  });

  test("whatever its shape", () => {
    const key = fc.oneof(fc.constantFrom("version", "deployment", "resources"), fc.string()).map((word) => `${word} `);
    fc.assert(
      fc.property(key, fc.jsonValue(), fc.boolean(), (word, value, inside) => {
        const more = { [word]: value };
        const json = { version: 3, deployment: inside ? more : {}, ...(!inside && more) };
        expect(() => parseStackSegments(JSON.stringify(json))).toThrow(
          'cannot read this output of "pulumi stack export"',
        );
      }),
      { numRuns: samples(1000) },
    );
  });
});
