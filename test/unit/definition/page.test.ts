import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as language from "../../../definition";

test("docs/definitions.md shows one segment as builder, as JSON and as its sentence", () => {
  const page = readFileSync(join(__dirname, "../../../docs/definitions.md"), "utf8");
  const [builder = "", json = "", sentence] = [...page.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(
    ([, block]) => block,
  );
  const program = ts.transpile(builder, { module: ts.ModuleKind.CommonJS });
  const exported: { definition?: unknown } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("require", "exports", program) as (load: () => unknown, exports: object) => void;
  run(() => language, exported);
  expect(exported.definition).toEqual(JSON.parse(json));
  expect(`${language.describe(exported.definition)}\n`).toBe(sentence);
});
