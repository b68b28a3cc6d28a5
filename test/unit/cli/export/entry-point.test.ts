import ts from "typescript";
import { fc, samples } from "../../../properties";
import { findFileLines, updateIndex } from "../../../../cli/export/entry-point";
import { SourceModule } from "../../../../cli/export/source-module";
import { MOBILE } from "../../definition/samples";
import { filesOf, idOf } from "./programs";
import { commented, comments, formatted, prettierOptions } from "./restyled";

const named = (word: string) => ({ resource: word, identifier: word, file: word });
const indexOf = (content: string) => new SourceModule(ts, { path: "index.ts", content });
const words = fc.uniqueArray(fc.constantFrom("apes", "bees", "cats", "dogs", "emus"), { minLength: 1 });
const generated = (all: readonly string[]): string => {
  const segments = all.map((name, i) => ({ id: idOf(i), name, dataViewId: "dv_dev", definition: MOBILE }));
  const files = filesOf(segments).find(({ role }) => role === "index")?.content ?? "";
  return files.replaceAll(/-?00000\d/g, "");
};
const EARLIER: Readonly<Record<string, (all: readonly string[]) => string>> = {
  "an export's": generated,
  "an earlier export's": (all) => all.map((word) => `import "./segments/${word}";\n`).join(""),
};
const earlierJson = (all: readonly string[]) =>
  `const files = [\n${all.map((word) => `  "${word}.json",\n`).join("")}];\nfor (const file of files) make(file);\n`;

describe.each(Object.entries(EARLIER))("%s index.ts", (name, indexBefore) => {
  test("gets what is new and loses what is gone, however it is formatted and commented", async () => {
    await fc.assert(
      fc.asyncProperty(words, words, words, prettierOptions, comments, async (before, more, gone, options, notes) => {
        const there = await formatted(commented(indexBefore(before), notes), options);
        const after = updateIndex(
          indexOf(there),
          more.map(named),
          "modules",
          (file) => gone.some((word) => file.endsWith(word)) && !more.some((word) => file.endsWith(word)),
        );
        const left = before.filter((word) => !gone.includes(word) || more.includes(word));
        const next = indexOf(after ?? "");
        expect(
          findFileLines(next)
            .map(({ file }) => file)
            .sort(),
        ).toEqual([...new Set([...left, ...more])].map((word) => `segments/${word}`).sort());
        if (name === "an export's") {
          // It compiles, and says the IDs of the same segments.
          const { diagnostics } = ts.transpileModule(after ?? "", { reportDiagnostics: true });
          expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
          for (const word of [...left, ...more]) expect(next.usesOf(word).length).toBeGreaterThanOrEqual(2);
          for (const word of gone)
            if (!left.includes(word) && !more.includes(word)) expect(next.usesOf(word)).toEqual([]);
        }
        expect(updateIndex(next, more.map(named), "modules", () => false)).toBe(after);
      }),
      { numRuns: samples(1000) },
    );
  });
});

test("an earlier export's list of files of JSON gets what is new and loses what is gone, however it is formatted", async () => {
  await fc.assert(
    fc.asyncProperty(words, words, prettierOptions, async (before, more, options) => {
      const there = await formatted(earlierJson(before), options);
      const gone = before.filter((word) => !more.includes(word)).slice(0, 1);
      const after = updateIndex(indexOf(there), more.map(named), "json", (file) =>
        gone.some((word) => file.endsWith(word)),
      );
      expect(
        findFileLines(indexOf(after ?? ""))
          .map(({ file }) => file)
          .sort(),
      ).toEqual(
        [...new Set([...before.filter((word) => !gone.includes(word)), ...more])]
          .map((word) => `segments/${word}`)
          .sort(),
      );
      expect(ts.transpileModule(after ?? "", { reportDiagnostics: true }).diagnostics?.length).toBe(0);
    }),
    { numRuns: samples(1000) },
  );
});

test("what lists no files of JSON is refused, and what reads its folder stays as it is", () => {
  expect(updateIndex(indexOf("main();\n"), [named("cats")], "json", () => false)).toBeUndefined();
  const reads =
    'import { readdirSync as read } from "node:fs";\nimport * as fs from "node:fs";\nfs.readdirSync(".");\n';
  expect(updateIndex(indexOf(reads), [named("cats")], "json", () => false)).toBe(reads);
});

test("lines on Windows stay lines on Windows", () => {
  const there = generated(["bees"]).replaceAll("\n", "\r\n");
  expect(updateIndex(indexOf(there), [named("cats")], "modules", () => false)).toBe(
    generated(["bees", "cats"]).replaceAll("\n", "\r\n"),
  );
});
