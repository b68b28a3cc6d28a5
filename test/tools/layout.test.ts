import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { Linter } from "eslint";
import ts from "typescript";
import tseslint from "typescript-eslint";

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { layers, rowOf } = require("../../tools/layers.cjs") as {
  layers: Readonly<Record<string, readonly string[]>>;
  rowOf: (file: string) => string | undefined;
};
// eslint-disable-next-line @typescript-eslint/no-require-imports
const oneWay = require("../../tools/one-way.cjs") as NonNullable<import("eslint").ESLint.Plugin["rules"]>[string];

const root = resolve(__dirname, "../..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file.includes("/") && !file.startsWith("."));
const sources = files.filter((file) => file.endsWith(".ts") && !file.startsWith("examples/"));

describe("the map of CONTRIBUTING.md", () => {
  const rows = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
    .split("## How things are")[0]!
    .split("\n")
    .flatMap((line) => {
      const [, folder, , imports] = /^\| `([a-z/-]+)\/` +\|(.*)\|(.*)\|$/.exec(line) ?? [];
      return folder === undefined
        ? []
        : [[folder, [...(imports ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name)] as const];
    });

  it("names every folder at the top, and none that is not there", () => {
    const mapped = rows.map(([folder]) => folder).filter((folder) => !folder.includes("/"));
    expect(mapped.sort()).toEqual([...new Set(files.map((file) => file.split("/")[0]))].sort());
  });

  it("says of each folder what the lint rule holds", () => {
    const said = rows.filter(([folder]) => !["docs", "examples", "plugin", "test", "tools"].includes(folder));
    expect(Object.fromEntries(said)).toEqual(layers);
  });

  it("has a row for each folder of the provider", () => {
    const inside = sources.flatMap((file) => /^provider\/[^/]+(?=\/)/.exec(file) ?? []);
    expect([...new Set(inside)].sort()).toEqual(
      Object.keys(layers)
        .filter((row) => /^provider\/./.test(row))
        .sort(),
    );
  });
});

test("every row of the rule is a folder, and every file of the product belongs to one", () => {
  for (const folder of Object.keys(layers)) expect(sources.some((file) => file.startsWith(`${folder}/`))).toBe(true);
  expect(sources.filter((file) => !file.startsWith("test/") && rowOf(file) === undefined)).toEqual([]);
});

describe("the lint rule", () => {
  const config: Linter.Config[] = [
    {
      files: ["**/*.ts"],
      languageOptions: { parser: tseslint.parser },
      plugins: { layers: { rules: { "one-way": oneWay } } },
      rules: { "layers/one-way": "error" },
    },
  ];
  const errors = (file: string, code: string): string[] =>
    new Linter({ cwd: root }).verify(code, config, { filename: join(root, file) }).map(({ message }) => message);

  it.each([
    ["definition/parse/x.ts", 'import { a } from "../../model/segment-mistakes";'],
    ["model/x.ts", 'import type { Clock } from "../provider/clock";'],
    ["provider/http/x.ts", 'export { a } from "../segment/client";'],
    ["provider/state/x.ts", 'export * from "../http/errors";'],
    ["provider/segment/x.ts", 'let a: import("../segment-job/job").Job;'],
    ["sdk/segment.ts", 'const a = require("../provider/lookups");'],
    ["emulator/x.ts", 'const a = await import("../definition");'],
    ["emulator/x.ts", 'import { a } from "../definition";'],
  ])("finds what %s may not import: %s", (file, code) => {
    expect(errors(file, code)).toEqual([expect.stringContaining("see tools/layers.cjs")]);
  });

  it.each([
    ["sdk/lookup/program-runtime.ts", 'const a = require("../../provider/lookups");'],
    ["provider/segment/x.ts", 'import { Clock } from "../clock"; import { parse } from "../../definition";'],
    ["emulator/x.ts", 'import { readJson } from "../definition/json";'],
    ["cli/review/command.ts", 'import { post } from "../post/post";'],
  ])("lets %s import what it may: %s", (file, code) => {
    expect(errors(file, code)).toEqual([]);
  });
});

test("no file imports itself over others, types included", () => {
  const known = new Set(sources);
  const imported = new Map(sources.map((file) => [file, importsOf(file, known)]));
  expect(cyclesOf(imported)).toEqual([]);
  expect(
    cyclesOf(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
        ["d", []],
      ]),
    ),
  ).toEqual([["b", "c"]]);
});

function importsOf(file: string, known: ReadonlySet<string>): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = moduleNamed(node);
    if (name?.startsWith(".")) names.push(posix.join(dirname(file), name));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022));
  return names.flatMap((name) => [`${name}.ts`, `${name}/index.ts`].find((path) => known.has(path)) ?? []);
}

function moduleNamed(node: ts.Node): string | undefined {
  const text = (one: ts.Node | undefined) => (one && ts.isStringLiteralLike(one) ? one.text : undefined);
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return text(node.moduleSpecifier);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? text(node.argument.literal) : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require");
  return loads ? text(node.arguments[0]) : undefined;
}

/** The sets of files that reach each other: Tarjan's algorithm. */
function cyclesOf(imported: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): number => {
    const mine = order.size;
    order.set(file, mine);
    lowest.set(file, mine);
    open.push(file);
    for (const next of imported.get(file) ?? []) {
      const low = !order.has(next) ? visit(next) : open.includes(next) ? order.get(next)! : mine;
      lowest.set(file, Math.min(lowest.get(file)!, low));
    }
    if (lowest.get(file) === mine) {
      const together = open.splice(open.indexOf(file));
      if (together.length > 1) found.push(together.sort());
    }
    return lowest.get(file)!;
  };
  for (const file of imported.keys()) if (!order.has(file)) visit(file);
  return found;
}
