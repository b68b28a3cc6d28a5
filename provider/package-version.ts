import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package, and the plugin by itself (tools/plugin.mjs). */
const NAMES = ["pulumi-cja", "pulumi-resource-cja"];

/** This package's own package.json, which is above the sources and above the compiled files; undefined in a program that bundles them. */
export function ownManifest(folder: string): Manifest | undefined {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    if (NAMES.includes(manifest.name ?? "") && manifest.version !== undefined) return manifest;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : ownManifest(parent);
}

export const packageVersion = (folder: string): string => ownManifest(folder)?.version ?? "unknown";

/** `pulumi-cja/0.1.0 (node v20.19.0)`: lets Adobe's support tell our requests from others. */
export const userAgent = (): string => `pulumi-cja/${packageVersion(__dirname)} (node ${process.version})`;
