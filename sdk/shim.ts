import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { forEachKind, providerName } from "../model/resource-kinds";

/**
 * Refuses an inline program of the Automation API that has mistakes: the engine ends a run at a failed check, and has no other way
 * to end one that leaves the rest of the process alone. It needs no package, since that may be what is missing, and reaches no state.
 */
export const PROGRAM_PROVIDER =
  'exports.handler = () => ({ check: async (_, { report }) => ({ failures: [{ property: "", reason: report }] }) })';

/**
 * Finds the code for a program that depends on this package through another one: a library of a workspace, where the package manager puts
 * nothing into the program's own node_modules. Looks from the program's folder, then from what its package.json names, and from what these name.
 */
const FIND = `(() => {
  const { createRequire } = require("module"), { dirname, join } = require("path"), { existsSync, realpathSync } = require("fs");
  const seen = new Set();
  for (let files = [join(process.cwd(), "x")], depth = 0; depth < 4; depth++) {
    const next = [];
    for (const file of files) {
      const from = createRequire(file);
      try { return from.resolve("pulumi-cja/provider"); } catch {}
      let folder = dirname(file);
      while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
      if (seen.size === seen.add(folder).size) continue;
      let named = {};
      try { named = from(join(folder, "package.json")); } catch {}
      for (const name of Object.keys({ ...named.dependencies, ...named.devDependencies, ...named.optionalDependencies })) {
        const place = (from.resolve.paths(name) || []).map((path) => join(path, name)).find((path) => existsSync(path));
        try { next.push(place ? join(realpathSync(place), "x") : from.resolve(name)); } catch {}
      }
    }
    files = next;
  }
})()`;

/**
 * What the engine's provider process evaluates to find the code of a resource. It stands in the state of every resource
 * (docs/decisions/constant-provider-text.md): changing one character would make a change of every resource of every user,
 * and old state must load for ever. It names the code instead of holding it, so that a fixed bug reaches old state.
 */
const textsLoading = (place: string) =>
  forEachKind((kind) => `exports.handler = () => require(${place}).${providerName(kind)}`);

/** By where the code is found. Elsewhere a longer text is needed, which is as constant, and has no path in it, either. */
export const PROVIDERS = { here: textsLoading('"pulumi-cja/provider"'), elsewhere: textsLoading(FIND) } as const;

/** What a provider process loads. */
export interface FoundProvider {
  /** Which text finds it. */
  readonly place: keyof typeof PROVIDERS;
  readonly file: string;
  readonly version: string | undefined;
}

/** What a provider process in this folder loads; undefined where it finds nothing. */
export function findProvider(folder: string): FoundProvider | undefined {
  const from = createRequire(join(folder, "x"));
  try {
    const file = from.resolve("pulumi-cja/provider");
    return { place: "here", file, version: versionOf(file) };
  } catch {
    const find = compileFunction(`return ${FIND}`, ["require", "process"]) as (...given: unknown[]) => unknown;
    const file = find(from, { cwd: () => folder });
    return typeof file === "string" ? { place: "elsewhere", file, version: versionOf(file) } : undefined;
  }
}

/** The version of the copy of this package that a file belongs to; undefined for one that belongs to none, in a bundled program. */
export function versionOf(file: string): string | undefined {
  try {
    return (createRequire(file)("pulumi-cja/package.json") as { version?: string }).version;
  } catch {
    return undefined;
  }
}
