/** What pages show can be copied: programs compile, commands and their options exist, data can be parsed. The walks of test/engine run more of it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { program } from "../../cli/main";
import { argumentsOf, commandsOf } from "./commands";
import { hasPython } from "../python";
import { root, written, type Block } from "./pages";

const blocks = written.flatMap((page) => page.blocks.map((block) => ({ ...block, page: page.path })));
const of = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language));
const nameOf = ({ page, line }: Block & { page: string }) => `${page}:${line}`;
const SHELL = ["sh", "bash"];

test("each block says in what language it is", () => {
  const known = ["ts", "js", "json", "yaml", "python", "text", ...SHELL];
  expect(blocks.filter(({ language }) => !known.includes(language)).map(nameOf)).toEqual([]);
});

(hasPython() ? test : test.skip).each(of("python").map((block) => [nameOf(block), block.text]))(
  "the Python of %s",
  (_, text) => {
    const script = "import ast, sys; ast.parse(sys.stdin.read())";
    expect(spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" }).stderr).toBe("");
  },
);

test.each(of("json").map((block) => [nameOf(block), block.text]))("the JSON of %s", (_, text) => {
  expect(() => void JSON.parse(text)).not.toThrow();
});

test.each(of("yaml").map((block) => [nameOf(block), block.text]))("the YAML of %s", (_, text) => {
  expect([...parseAllDocuments(text)].flatMap(({ errors }) => errors)).toEqual([]);
});

test("programs compile, each block by itself, on the package's types", () => {
  const sources = new Map(
    of("ts", "js").map(({ page, line, language, text }) => {
      const file = `${page.replaceAll("/", "-")}-${line}.${language === "js" ? "mjs" : "ts"}`;
      // Without an export of its own two blocks would see each other's names.
      return [join(root, file), /^export = /m.test(text) ? text : `${text}\nexport {};\n`];
    }),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    esModuleInterop: true,
    skipLibCheck: true,
    types: ["node"],
    baseUrl: root,
    paths: {
      "pulumi-cja": ["sdk/index.ts"],
      "pulumi-cja/native": ["sdk/native/index.ts"],
      "pulumi-cja/definition": ["definition/index.ts"],
      "pulumi-cja/emulator": ["emulator/index.ts"],
    },
  };
  const host = ts.createCompilerHost(options);
  const overlaid: ts.CompilerHost = {
    ...host,
    fileExists: (file) => sources.has(resolve(file)) || host.fileExists(file),
    readFile: (file) => sources.get(resolve(file)) ?? host.readFile(file),
    getSourceFile: (file, version, ...more) => {
      const text = sources.get(resolve(file));
      return text === undefined ? host.getSourceFile(file, version, ...more) : ts.createSourceFile(file, text, version);
    },
  };
  const compiled = ts.createProgram([...sources.keys()], options, overlaid);
  const wrong = [...sources.keys()].flatMap((file) => {
    const source = compiled.getSourceFile(file);
    return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)].map(
      ({ start, messageText }) => {
        const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start ?? 0).line + 1;
        return `${file.slice(root.length + 1)}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      },
    );
  });
  expect({ blocks: sources.size > 10, wrong }).toEqual({ blocks: true, wrong: [] });
});

describe("commands", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const cli = program();
  /** Whole commands in a sentence, too. */
  const texts = written.flatMap(({ path, blocks: all, spans }) => [
    ...all
      .filter(({ language }) => SHELL.includes(language))
      .map(({ text, line }) => [`${path}:${line}`, text] as const),
    ...spans.filter((span) => /^(npx |npm |pulumi-cja |node_modules)/.test(span)).map((span) => [path, span] as const),
  ]);

  function mistakeOf(command: readonly string[]): string | undefined {
    const words = argumentsOf("pulumi-cja", command);
    if (words) {
      const [name = ""] = words;
      if (/^(|…|--help|--version)$/.test(name)) return undefined;
      const found = cli.commands.find((one) => one.name() === name);
      if (!found) return `there is no pulumi-cja ${name}`;
      const known = [...found.options.flatMap(({ short, long }) => [short, long]), "--help", "-h"];
      const unknown = words.map((word) => word.split("=")[0]).filter((word) => /^--?[a-z]/.test(word ?? ""));
      const wrong = unknown.filter((flag) => !known.includes(flag));
      return wrong.length === 0 ? undefined : `pulumi-cja ${name} has no ${wrong.join(", ")}`;
    }
    if (command[0] !== "npm") return undefined;
    const [, verb = "", script = ""] = command;
    if (verb === "run") return script in scripts ? undefined : `there is no npm run ${script}`;
    return ["audit", "ci", "install", "pack", "test", "ls", "update"].includes(verb)
      ? undefined
      : `there is no npm ${verb}`;
  }

  test("of npm and pulumi-cja exist, with their options", () => {
    const wrong = texts.flatMap(([place, text]) =>
      commandsOf(text).flatMap((command) => {
        const mistake = mistakeOf(command);
        return mistake === undefined ? [] : [`${place}: ${mistake}`];
      }),
    );
    expect({ texts: texts.length > 40, wrong }).toEqual({ texts: true, wrong: [] });
  });
});
