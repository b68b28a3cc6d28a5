import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as language from "../../../definition";

/** The blocks of the README's section on definitions: builder, JSON, sentence. */
function blocks(): string[] {
  const readme = readFileSync(join(__dirname, "..", "..", "..", "README.md"), "utf8");
  const section = readme.split(/^## /m).find((part) => part.startsWith("Definitions")) ?? "";
  return [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
}

test("the README shows one segment as builder, as JSON and as its sentence", () => {
  const [builder = "", json = "", sentence] = blocks();
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const build = new Function("cja", `${builder}; return definition;`) as (cja: unknown) => unknown;
  expect(build(language)).toEqual(JSON.parse(json));
  expect(`${language.describe(build(language))}\n`).toBe(sentence);
});
