import { fc, samples } from "../../../properties";
import { describe as sentence, toMermaid } from "../../../../definition";
import { definition } from "../arbitrary";
import { around, exists, sequenceOf, step } from "../samples";
import { decoded, readFlowchart } from "./flowchart";
import { ODD_TEXTS, oddDefinition } from "./odd";
import { and, exclude, hits, home, or, ROWS, without } from "./rows";

const within = { func: "time-restriction", limit: "within", count: 3, unit: "day" };

test("containers, lists and negations", () => {
  const json = around(or(and(home, hits(exists)), without(hits(and(home, exists))), without(home)));
  expect(toMermaid(json)).toBe(
    [
      "flowchart TD",
      '  n0(["Sessions where"])',
      '  n1{{"any of"}}',
      "  n0 --> n1",
      '  n2{{"all of"}}',
      "  n1 --> n2",
      '  n3["page is #34;Home#34;"]',
      "  n2 --> n3",
      '  n4["Events where page exists"]',
      "  n2 --> n4",
      '  n5{{"there are no"}}',
      "  n1 --> n5",
      '  n6(["Events where"])',
      "  n5 --> n6",
      '  n7{{"all of"}}',
      "  n6 --> n7",
      '  n8["page is #34;Home#34;"]',
      "  n7 --> n8",
      '  n9["page exists"]',
      "  n7 --> n9",
      '  n10{{"it is not true that"}}',
      "  n1 --> n10",
      '  n11["page is #34;Home#34;"]',
      "  n10 --> n11",
    ].join("\n"),
  );
});

test("steps hang on each other, excluded ones on dotted arrows, and restrictions are on the arrows", () => {
  const json = sequenceOf(exclude, hits(home), step, exclude, hits(home), within, hits(and(home, exists)), within);
  expect(toMermaid(json)).toBe(
    [
      "flowchart TD",
      '  n0(["Sessions where"])',
      '  n1[["these steps happen in order"]]',
      "  n0 --> n1",
      '  n2["Events where page is #34;Home#34;"]',
      '  n1 -.->|"never before the next step"| n2',
      '  n3["Events where page exists"]',
      '  n1 -->|"first"| n3',
      '  n4["Events where page is #34;Home#34;"]',
      '  n3 -.->|"but never in between"| n4',
      '  n5(["Events where"])',
      '  n3 -->|"then, within 3 days"| n5',
      '  n6{{"all of"}}',
      "  n5 --> n6",
      '  n7["page is #34;Home#34;"]',
      "  n6 --> n7",
      '  n8["page exists"]',
      "  n6 --> n8",
      '  n9["and at the end, within 3 days"]',
      "  n5 --> n9",
    ].join("\n"),
  );
});

test("one condition is one box, and what has nothing to say about itself is none", () => {
  expect(toMermaid(around(hits(home)))).toBe('flowchart TD\n  n0["Sessions with Events where page is #34;Home#34;"]');
  expect(toMermaid({ func: "segment", version: [1, 0, 0], container: without(home) })).toBe(
    'flowchart TD\n  n0{{"it is not true that"}}\n  n1["page is #34;Home#34;"]\n  n0 --> n1',
  );
  expect(toMermaid({ func: "segment", version: [2, 0, 0], container: without(home) })).toContain(
    '  n0(["With version 2#46;0#46;0#58;"])\n  n1{{"it is not true that"}}\n  n0 --> n1',
  );
});

test.each(ROWS)("a diagram says what the sentence says: %s %j", (_, json, expected) => {
  const { nodes, edges } = readFlowchart(toMermaid(json));
  const told = [...nodes.values(), ...edges].map(({ text }) => text).join(" ");
  const words = (text: string) => text.match(/[\p{L}\p{N}.*]+/gu)?.sort();
  expect(words(told)).toEqual(words(expected));
});

/** Every node but the first hangs on one that was there before. */
function expectTree(diagram: string): ReturnType<typeof readFlowchart> {
  const flowchart = readFlowchart(diagram);
  const { nodes, edges } = flowchart;
  expect([...nodes.keys()]).toEqual(Array.from({ length: nodes.size }, (_, index) => `n${index}`));
  expect(edges.map(({ to }) => to).sort()).toEqual([...nodes.keys()].slice(1).sort());
  return flowchart;
}

test("every diagram is a tree, and every line of it is one that Mermaid can read", () => {
  fc.assert(
    fc.property(definition, (json) => {
      expectTree(toMermaid(json));
    }),
    { numRuns: samples(300) },
  );
  fc.assert(
    fc.property(oddDefinition(), (json) => {
      expectTree(toMermaid(json));
    }),
    { numRuns: samples(1000) },
  );
});

test.each(ODD_TEXTS)("no value can be more than a text: %j", (text) => {
  const json = around({ ...home, str: text, description: text }, "hits");
  const { nodes } = expectTree(toMermaid(json, { names: { "variables/page": text } }));
  expect(nodes.size).toBe(1);
  expect(nodes.get("n0")?.text).toBe(sentence(json, { names: { "variables/page": text } }));
});

test("emoji stay, and no sign does", () => {
  const diagram = toMermaid(around({ ...home, str: "👩🏽‍🚀❤️🇩🇪<b>`#|[]{}()\\&;:/.-_*~$@!%^+='\"" }));
  expect(diagram).toContain("👩🏽‍🚀❤️🇩🇪");
  expect(diagram.split("\n")[1]).toMatch(/^ {2}n0\["[^<>`|[\]{}()\\&:/.\-_*~$@!%^+='"]+"\]$/);
});

describe("what GitHub does not draw", () => {
  const many = (count: number, str = "v") =>
    around(and(...Array.from({ length: count }, (_, index) => ({ ...home, str: `${str}${index}` }))));

  test("long texts are cut between characters", () => {
    for (const letter of ["x", "🛒", "a🛒"]) {
      const { nodes } = expectTree(toMermaid(around({ ...home, str: letter.repeat(500) })));
      const text = nodes.get("n0")?.text ?? "";
      expect([...text]).toHaveLength(160);
      expect(text).toMatch(/^Sessions where page is "[x🛒a]+…$/u);
      expect(text).not.toMatch(/\p{Cs}/u);
    }
    const fits = "x".repeat(160 - 'Sessions where page is ""'.length);
    expect(toMermaid(around({ ...home, str: fits }))).toContain(`${fits}#34;"]`);
    expect(toMermaid(around({ ...home, str: `${fits}x` }))).toContain("#8230;");
  });

  test("more than 490 nodes are counted", () => {
    const { nodes, edges } = readFlowchart(toMermaid(many(1000)));
    expect(edges.length).toBeLessThanOrEqual(490);
    expect(edges.length).toBeGreaterThan(450);
    expect(nodes.get("more")?.text).toBe(`and ${1000 + 2 - (nodes.size - 1)} more that are not drawn`);
    expect(toMermaid(many(480))).not.toContain("more");
  });

  test("so are more than 50,000 characters", () => {
    const diagram = toMermaid(many(400, "<>".repeat(80)));
    expect(diagram.length).toBeLessThan(50_000);
    expect(diagram.length).toBeGreaterThan(45_000);
    expect(readFlowchart(diagram).nodes.get("more")?.text).toMatch(/^and \d+ more that are not drawn$/);
  });

  test("no definition is more than that", () => {
    fc.assert(
      fc.property(fc.array(definition, { minLength: 20, maxLength: 60 }), (all) => {
        const diagram = toMermaid(around(and(...all.map(({ container }) => ({ ...container, func: "container" })))));
        expect(diagram.length).toBeLessThan(50_000);
        expect(readFlowchart(diagram).edges.length).toBeLessThanOrEqual(490);
      }),
      { numRuns: samples(30) },
    );
  });
});

test("the check of the diagrams finds what is wrong with one", () => {
  for (const line of [
    '  n0["a"b"]',
    '  n0["<b>"]',
    "  n0[a]",
    '  n0["a"] --> n1',
    "  click n0 x",
    '  n0["#quot;"]',
    "  n0 --> n0",
    '  n0[""]',
  ]) {
    expect(() => readFlowchart(`flowchart TD\n${line}`)).toThrow();
  }
  expect(decoded("#34;a#128722;")).toBe('"a🛒');
});
