import { execFileSync, spawnSync } from "node:child_process";
import { parse } from "yaml";
import { pythonSource, yamlLines } from "../../../cli/pasted-source";
import type { Json } from "../../../definition/json";
import { fc, samples } from "../../properties";
import { isVisible } from "../../../definition/sentences/quote";

const TRICKY: Json = {
  func: "segment",
  yes: [true, false, null, 1.5, -0.001, "2026-11-30", "0123", "1_000", "no"],
  "a key": { deep: [{ b: [] }, [["x"], {}], "${not.an.expression} and $${so} $ {"] },
  texts: ["\u202e\u{e0001}\t\\ud83d\\ude00", "😀 \"quoted\" 'so'", "line\nbreak", "# no comment", ": - ?"],
};

/** As Pulumi reads a text of a program in YAML. */
const unescaped = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === "string" ? one.replaceAll("$${", () => "${") : one)),
  );

const yaml = (value: Json): unknown => (parse(yamlLines({ value }).join("\n")) as { value: unknown }).value;

const hasPython = process.env["CI"] === "true" || spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("Left out: what is written in Python, since there is no python3 here.\n");
const python = (values: readonly Json[]): unknown => {
  const script = `import json\nprint(json.dumps([${values.map((value) => pythonSource(value)).join(",\n")}]))`;
  return JSON.parse(execFileSync("python3", ["-"], { input: script, encoding: "utf8" })) as unknown;
};

/** What a definition may be made of. Half of a character no language can write. */
const anything = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }) as fc.Arbitrary<Json>;
const places = fc.record({ a: anything, "b c": anything });

test("YAML says the very value, whatever stands in it", () => {
  expect(unescaped(yaml(TRICKY))).toEqual(TRICKY);
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  fc.assert(
    fc.property(places, (value) => {
      expect(plain(yaml(withoutDollars(value)))).toEqual(plain(withoutDollars(value)));
    }),
    { numRuns: samples(200) },
  );
});

test("YAML leaves nothing for Pulumi to evaluate", () => {
  expect(yamlLines({ a: "${mobile.id}" })).toEqual(['a: "$${mobile.id}"']);
});

(hasPython ? test : test.skip)("Python says the very value, whatever stands in it", () => {
  const values = [TRICKY, ...fc.sample(places, samples(200))];
  expect(python(values)).toEqual(JSON.parse(JSON.stringify(values)));
});

test("every character is seen in both", () => {
  const text = [...yamlLines(TRICKY), pythonSource(TRICKY)].join("\n").replaceAll("\n", "");
  expect(isVisible(text)).toBe(true);
});

const withoutDollars = (value: Json): Json => JSON.parse(JSON.stringify(value).replaceAll("$", "S")) as Json;
