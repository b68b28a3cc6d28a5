import { resolve } from "node:path";
import ts from "typescript";

/** Where conditions stand that have to be in a container, and what the compiler says of each line. */
const LINES = [
  "sequence(home)",
  "sequence(hits(home), home)",
  "sequence(within(1, 'day'), home)",
  "sequenceIn('visits', home)",
  "onlyAfter('visits', home)",
  "onlyBefore('visits', hits(home), home)",
  "inAnyOrder(home)",
  "oneOf(hits(home), home)",
  "excluding(home)",
  "segment(home)",
  "segment(visitors(sequence(dimension('page').is('Home'))))",
  "sequence(all(home, metric('orders').exists()))",
  "sequence(sequence(hits(home)))",
];
const NAME = resolve("test/unit/definition/builder/lines.ts");
const SOURCE = [
  "import { all, dimension, excluding, hits, inAnyOrder, metric, oneOf, onlyAfter, onlyBefore, segment, sequence, sequenceIn, visitors, within } from '../../../../definition';",
  "const home = dimension('page').is('Home');",
  ...LINES.map((line) => `export const _${LINES.indexOf(line)} = ${line};`),
].join("\n");

test("the compiler says where a condition has to be wrapped, and in what", () => {
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  };
  const host = ts.createCompilerHost(options);
  const inMemory: ts.CompilerHost = {
    ...host,
    fileExists: (name) => name === NAME || host.fileExists(name),
    readFile: (name) => (name === NAME ? SOURCE : host.readFile(name)),
    getSourceFile: (name, languageVersion) =>
      name === NAME ? ts.createSourceFile(name, SOURCE, languageVersion) : host.getSourceFile(name, languageVersion),
  };
  const program = ts.createProgram([NAME], options, inMemory);
  const said = program.getSemanticDiagnostics(program.getSourceFile(NAME)).map(({ start = 0, messageText }) => ({
    line: SOURCE.slice(0, start).split("\n").length - 3,
    text: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
  expect(said).toEqual(
    LINES.map((_, line) => ({
      line,
      text: expect.stringContaining('"wrap it in hits(…), visits(…) or visitors(…)"') as string,
    })),
  );
});
