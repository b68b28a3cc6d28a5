import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";

const source = join(__dirname, "../../../provider/http");

/** Compiles the HTTP folder to a place where plain Node processes can load it. */
export function compileTo(target: string): void {
  for (const file of readdirSync(source).filter((name) => name.endsWith(".ts"))) {
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), "utf8"), { compilerOptions: options });
    writeFileSync(join(target, `${basename(file, ".ts")}.js`), outputText);
  }
}

/** What a process needs to find the packages that the compiled files use. */
export const packages = { NODE_PATH: join(__dirname, "../../../node_modules") };
