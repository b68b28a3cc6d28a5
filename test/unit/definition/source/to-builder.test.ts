import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fc, samples } from "../../../properties";
import ts from "typescript";
import { equal, toBuilder } from "../../../../definition";
import { respelled } from "../respell";
import { definition } from "../arbitrary";
import { MOBILE, REVENUE } from "../samples";
import { built } from "./built";

const runs = { numRuns: samples(300) };

test("what is built by the source means the same", () => {
  fc.assert(
    fc.property(respelled(definition), ([json, once]) => {
      expect(equal(built(json), json)).toBe(true);
      expect(equal(built(once), json)).toBe(true);
    }),
    runs,
  );
});

/** The guide's form over what no document shows it with. */
const rangeOverTotal = /"func":"range"[^}]*"val":\{"func":"total"/;

test("the builder has a word for all of the grammar that is generated, but for a range over a total", () => {
  fc.assert(
    fc.property(definition, (json) => {
      fc.pre(!rangeOverTotal.test(JSON.stringify(json)));
      expect(toBuilder(json).imports).not.toContain("raw");
    }),
    runs,
  );
});

test("no line is longer than 100 characters, unless a single value is", () => {
  fc.assert(
    fc.property(definition, (json) => {
      for (const line of toBuilder(json).expression.split("\n")) {
        if (line.length > 100) expect(line).toMatch(/^\s*([\w.]+\(("([^"\\]|\\.)*"|.{0,90})\)\.)?[\w.]*[("[{]|^\s*"/);
      }
    }),
    runs,
  );
});

test("it reads like what it means", () => {
  const json = {
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "visitors",
      pred: {
        func: "sequence",
        stream: [
          {
            func: "container",
            context: "hits",
            pred: { func: "streq", str: "Home", val: { func: "attr", name: "variables/page" } },
          },
          { func: "time-restriction", limit: "within", count: "3", unit: "day" },
          {
            func: "container",
            context: "visits",
            pred: {
              func: "ge",
              num: 2,
              val: { func: "total", evt: { func: "event", name: "metrics/orders" } },
              description: "Buys",
            },
          },
          { func: "exclude-next-checkpoint" },
          {
            func: "container",
            context: "hits",
            pred: { func: "new", val: { func: "attr", name: "variables/page" } },
          },
        ],
      },
    },
  };
  expect(toBuilder(json)).toEqual({
    imports: ["dimension", "excluding", "hits", "metric", "raw", "segment", "sequence", "visitors", "visits", "within"],
    expression: `segment(
  visitors(
    sequence(
      hits(dimension("page").is("Home")),
      within(3, "days"),
      visits(metric("orders").isAtLeast(2, { description: "Buys" })),
      excluding(hits(raw({ func: "new", val: { func: "attr", name: "variables/page" } }))),
    ),
  ),
)`,
  });
});

test.each([
  ["the guide's exists", MOBILE],
  ["the guide's range", REVENUE],
  ["something else than a definition", { anything: [1, null, { "a-b": "x" }] }],
  ["another version", { func: "segment", version: [2, 0, 0], container: MOBILE.container }],
  ["an extra field of the root", { ...MOBILE, extra: 1 }],
  ["a name with its kind twice", nested({ func: "exists", val: { func: "attr", name: "variables/variables/x" } })],
  ["a metric in place of a dimension", nested({ func: "exists", val: { func: "attr", name: "metrics/x" } })],
  ["an extra field", nested({ func: "exists", val: { func: "attr", name: "variables/x" }, extra: { deep: [] } })],
  ["a text where a number belongs", nested({ func: "eq", num: "5", val: { func: "attr", name: "variables/x" } })],
  ["a word of the UI", { ...MOBILE, container: { ...MOBILE.container, func: "container", context: "event" } }],
  ["a key that is a prototype", nested(JSON.parse('{"func":"new","__proto__":{"a":1}}'))],
  ["a text that turns the reading direction", nested({ func: "new", text: "a\u202eb\u2028c\\" })],
  [
    "a range over a total",
    nested({ func: "range", low: 1, val: { func: "total", evt: { func: "event", name: "metrics/x" } } }),
  ],
])("%s is lost on the way by nothing", (_, json) => {
  expect(equal(built(json), json)).toBe(true);
  expect(toBuilder(json).expression).not.toMatch(/[\u2028\u202e]/);
});

function nested(pred: unknown) {
  return { func: "segment", version: [1, 0, 0], container: { func: "container", context: "hits", pred } };
}

test("what has a name of its own stands as source, wherever a component is named", () => {
  const attr = (name: string) => ({ func: "attr", name });
  const orders = { func: "event", name: "metrics/orders" };
  const preds = [
    { func: "streq", str: "variables/page", val: attr("variables/page") },
    { func: "exists", val: { ...attr("variables/page"), description: "Page" } },
    { func: "event-exists", evt: orders },
    { func: "ge", num: 2, val: { func: "total", evt: orders } },
    { func: "range", low: 1, high: null, val: attr("metrics/orders") },
    { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "d1" } },
    { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "d1", description: "May" } },
    { func: "new", val: attr("variables/page"), evt: orders, x: { func: "datetime-interval-ref", id: "d1" } },
    { func: "exists", val: attr("variables/other") },
  ];
  const container = { func: "container", context: "hits", pred: { func: "and", preds } };
  const asked = new Set<string>();
  const reference = (kind: string, id: string) => {
    asked.add(`${kind} ${id}`);
    return id === "variables/other" ? undefined : `env.${kind}`;
  };
  const { expression, imports } = toBuilder({ func: "segment", version: [1, 0, 0], container }, { reference });
  expect([...asked].sort()).toEqual([
    "dateRanges d1",
    "dimensions variables/other",
    "dimensions variables/page",
    "metrics metrics/orders",
  ]);
  expect(imports).toEqual(["all", "dimension", "hits", "inDateRange", "metric", "raw", "segment"]);
  expect(expression).toBe(`segment(
  hits(
    all(
      dimension(env.dimensions).is("variables/page"),
      dimension(env.dimensions, { description: "Page" }).exists(),
      metric(env.metrics).exists(),
      metric(env.metrics).isAtLeast(2),
      metric(env.metrics).isBetween(1, null),
      inDateRange(env.dateRanges),
      inDateRange({ id: env.dateRanges, description: "May" }),
      raw(
        {
          evt: { func: "event", name: env.metrics },
          func: "new",
          val: { func: "attr", name: env.dimensions },
          x: { func: "datetime-interval-ref", id: env.dateRanges },
        },
      ),
      dimension("other").exists(),
    ),
  ),
)`);
});

test("the sources compile", () => {
  const folder = mkdtempSync(join(__dirname, "sources-"));
  try {
    const sources = fc.sample(definition, { numRuns: samples(60), seed: 7 }).map((json) => toBuilder(json));
    const file = join(folder, "sources.ts");
    const imports = [...new Set(sources.flatMap((source) => source.imports))].join(", ");
    const lines = sources.map(({ expression }) => `use(${expression});`);
    const use =
      'import type { SegmentDefinition } from "../../../../../definition";\ndeclare function use(of: SegmentDefinition): void;';
    writeFileSync(file, `import { ${imports} } from "../../../../../definition";\n${use}\n${lines.join("\n")}\n`);
    const { options } = ts.parseJsonConfigFileContent(
      { ...(ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)).config as object), include: [file] },
      ts.sys,
      process.cwd(),
    );
    const program = ts.createProgram([file], { ...options, types: ["node"], noEmit: true });
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(messages).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
