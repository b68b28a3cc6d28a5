import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const PACKAGE = "pulumi-cja";
/** What npm, yarn and pnpm write of a folder or a tarball that is beside the project. */
const LOCAL = /^(file|link|portal):(?!\/)(.*)$/;

/**
 * What a package.json in `folder` says to get this package from where the project that runs the command has it: a tarball or a
 * checkout as `file:…` from there. Undefined where no project around `from` names it.
 *
 * @example ownDependency("/work/shop", "/work/shop/segments") // file:../pulumi-cja-0.1.0.tgz
 */
export function ownDependency(from: string, folder: string): string | undefined {
  const wanted = dependencyIn(join(from, "package.json"));
  const parent = dirname(from);
  if (wanted === undefined) return parent === from ? undefined : ownDependency(parent, folder);
  const [, protocol, path] = LOCAL.exec(wanted) ?? [];
  if (protocol === undefined || path === undefined) return wanted;
  const moved = relative(resolve(folder), resolve(from, path)).split(sep).join("/");
  return `${protocol}:${moved || "."}`;
}

function dependencyIn(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    Readonly<Record<string, string>> | undefined
  >;
  return dependencies?.[PACKAGE] ?? devDependencies?.[PACKAGE];
}
