import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { toPythonSource, toYamlSource } from "../../../cli/data-source";
import type { Json } from "../../../definition/json";
import { fc, samples } from "../../properties";
import { HOSTILE_NAMES } from "./export/hostile-names";
import { hasPython } from "../../python";

/** How Pulumi reads a text of a program in YAML: `$$` is a dollar sign, `${` begins an expression. */
function readByPulumi(value: unknown): unknown {
  if (typeof value === "string") {
    expect(value.replaceAll("$$", "")).not.toContain("${");
    return value.replaceAll("$$", () => "$");
  }
  if (Array.isArray(value)) return value.map(readByPulumi);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [readByPulumi(key), readByPulumi(entry)]));
}

const text = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "yes",
    "no",
    "NULL",
    "~",
    "0o7",
    "1:30",
    "2026-01-01",
    "- a",
    "a: b",
    "#",
    "{",
    "$${a}",
    "$$",
    "5$",
    "<<",
    "=",
    "",
    "a: 1\n  - b\n# c",
    "a\n\n${b}\n",
    "a \nb",
    " a\nb",
  ),
  fc
    .array(fc.constantFrom("$", "{", "a", "\\", "u", "\u200b", "\u{e0001}", "\n", "\t", '"', "'"))
    .map((parts) => parts.join("")),
);
const key = text.filter((word) => !/^fn::/i.test(word) && word !== "__proto__");
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one)),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const HIDDEN = /[\u007f-\u00a0\u200b\u2028\u2029\u{e0001}]/u;

test.each(["1.1", "1.2"] as const)("YAML is read as the value by a reader of YAML %s and by Pulumi", (version) => {
  fc.assert(
    fc.property(json, (value) => {
      const source = toYamlSource(value);
      expect(source).not.toMatch(HIDDEN);
      expect(readByPulumi(parse(source, { version, merge: false, uniqueKeys: false }))).toEqual(value);
    }),
    { numRuns: samples(1_000) },
  );
});

test("what has no entries of entries stands on one line", () => {
  const definition = { container: { pred: { list: ["Phone", "Tablet"], val: { func: "attr", name: "device" } } } };
  expect(toYamlSource(definition)).toBe(
    "container:\n  pred:\n    list: [ Phone, Tablet ]\n    val: { func: attr, name: device }",
  );
});

test("a key that Pulumi would call has no way into YAML", () => {
  expect(() => toYamlSource({ a: [{ "fn::toJSON": 1 }] })).toThrow(
    'Pulumi YAML would call the key "fn::toJSON" as a function',
  );
});

test("Python is laid out as its formatters do it", () => {
  const list = ["a".repeat(30), "b".repeat(30), "c".repeat(30)];
  expect(toPythonSource({ list, none: null, yes: true, no: false })).toBe(
    `{\n    "list": [\n${list.map((one) => `        "${one}",\n`).join("")}    ],\n    "none": None,\n    "yes": True,\n    "no": False,\n}`,
  );
});

(hasPython() ? test : test.skip)("Python reads it as the value", () => {
  const values = fc.sample(json, { numRuns: samples(1_000), seed: 19 });
  const sources = values.map((value) => toPythonSource(value));
  for (const source of sources) expect(source).not.toMatch(HIDDEN);
  const read = "import ast, json, sys\nprint(json.dumps([ast.literal_eval(one) for one in json.load(sys.stdin)]))";
  const { stdout, stderr } = spawnSync("python3", ["-c", read], {
    input: JSON.stringify(sources),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(values);
});
