import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const provider = join(__dirname, "../../../../provider");
const FOLDERS = [".", "state"];

/** Compiles what processes share to a place where plain Node processes can load it. */
export function compileTo(target: string): void {
  for (const folder of FOLDERS) {
    mkdirSync(join(target, folder), { recursive: true });
    for (const file of readdirSync(join(provider, folder)).filter((name) => name.endsWith(".ts"))) {
      const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
      const source = readFileSync(join(provider, folder, file), "utf8");
      const { outputText } = ts.transpileModule(source, { compilerOptions });
      writeFileSync(join(target, folder, file.replace(/\.ts$/, ".js")), outputText);
    }
  }
}

/** What a process needs to find the packages that the compiled files use. */
export const packages = { NODE_PATH: join(__dirname, "../../../../node_modules") };
