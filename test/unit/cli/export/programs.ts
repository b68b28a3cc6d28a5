import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { EnvironmentIds } from "../../../../model/environment/environment-ids";
import { readEnvironmentFile } from "../../../../model/environment/environment-file";
import { resolveEnvironments } from "../../../../model/environment/resolve";
import type { ExistingFile } from "../../../../cli/export/source-module";
import { ExistingProgram, type ResourceIds } from "../../../../cli/export/existing-program";
import type { ExportedSegment } from "../../../../cli/export/exported-segment";
import { LogicalNames } from "../../../../cli/export/logical-names";
import { programFiles, type ProgramFile, type ProgramOptions } from "../../../../cli/export/program";
import { resourceNames } from "../../../../cli/export/resource-names";
import * as sdk from "../../../../sdk";
import * as native from "../../../../sdk/native";

/** An ID as the service gives it. */
export const idOf = (number: number): string => `s300000022_6b02b5cb0000000000${number.toString(16).padStart(6, "0")}`;

export const project = {
  name: "exported",
  description: "Segments of the data view dv_dev",
  dependency: "^0.1.0",
  runtime: "nodejs",
  isNative: false,
} as const;
const plain: ProgramOptions = {
  format: "typescript",
  singleFile: false,
  isImporting: false,
  project,
  names: undefined,
  environments: undefined,
};

/** The files of a program with some segments. */
export const filesOf = (segments: readonly ExportedSegment[], options: Partial<ProgramOptions> = {}): ProgramFile[] =>
  programFiles(segments, resourceNames(segments), { ...plain, ...options });

/** A program that is in a folder. */
export const programOf = (files: readonly ExistingFile[], stack?: ResourceIds): ExistingProgram =>
  new ExistingProgram(files, () => ts, stack);

/** The names of an environment of some file. */
export function namesIn(text: string, environment: string): LogicalNames {
  const { environments, mistakes } = resolveEnvironments(readEnvironmentFile(text));
  const own = environments.get(environment);
  if (!own || mistakes.length > 0) throw new Error(`no ${environment}: ${JSON.stringify(mistakes)}`);
  return new LogicalNames(new EnvironmentIds(environment, own.ids));
}

/** Work on a program that stands in a folder of its own. */
export async function inFolder<T>(
  files: readonly Pick<ProgramFile, "path" | "content">[],
  work: (folder: string) => T,
) {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-export-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What TypeScript says of the programs in some folders, under the tsconfig.json of the first one. */
export function mistakesIn(folder: string, below: readonly string[] = ["."]): string[] {
  const first = join(folder, below[0] ?? ".");
  const own = ts.readConfigFile(join(first, "tsconfig.json"), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(own, ts.sys, first);
  const modules = resolve("node_modules");
  const program = ts.createProgram(
    below.map((one) => join(folder, one, "index.ts")),
    {
      ...options,
      types: ["node"],
      typeRoots: [join(modules, "@types")],
      paths: {
        "pulumi-cja": [resolve("sdk/index.ts")],
        "pulumi-cja/native": [resolve("sdk/native/index.ts")],
        "@pulumi/pulumi": [join(modules, "@pulumi/pulumi/index.d.ts")],
      },
    },
  );
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

/** A resource as it is asked of the engine. */
export interface Registered {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of the option `import`. */
  readonly importId?: string;
}

export const registeredBy = async (folder: string, stack?: string): Promise<Registered[]> =>
  (await runIn(folder, stack)).registered;

/** Runs the program with the real classes, as a program of a stack. */
export async function runIn(folder: string, stack = "dev") {
  let outputs: object = {};
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, id }) => {
        if (type.includes("cja:Program")) throw new Error((inputs as { report: string }).report);
        if (type.includes("cja:"))
          registered.push({ name, inputs: inputs as Record<string, unknown>, ...(id && { importId: id }) });
        return { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
    },
    "exported",
    stack,
  );
  const before = process.cwd();
  process.chdir(folder);
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      outputs = load(join(folder, "index.ts"), new Map());
    });
  } finally {
    process.chdir(before);
  }
  await settled();
  return {
    registered: registered.sort((a, b) => (a.name < b.name ? -1 : 1)),
    outputs: await new Promise<unknown>((done) => void pulumi.output(outputs).apply(done)),
  };
}

/** The program is checked in one turn, its resources are registered in later ones. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
}

/** Node's loader for the program's own files; what it imports from elsewhere is this repository's. */
function load(path: string, loaded: Map<string, object>): object {
  const known = loaded.get(path);
  if (known) return known;
  const exported = {};
  loaded.set(path, exported);
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(path, "utf8"), { compilerOptions: options });
  const wanted = (name: string): unknown => {
    if (name.startsWith(".")) return load(`${resolve(dirname(path), name)}.ts`, loaded);
    if (name === "pulumi-cja") return sdk;
    if (name === "pulumi-cja/native") return native;
    if (name === "@pulumi/pulumi") return pulumi;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(name);
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("exports", "require", "__dirname", outputText) as (...of: unknown[]) => void;
  run(exported, wanted, dirname(path));
  return exported;
}
