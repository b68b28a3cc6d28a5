import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version in this package's own package.json, which is above the sources and above the compiled files. */
export function packageVersion(folder: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: string };
    return manifest.version ?? "unknown";
  } catch (error) {
    const parent = dirname(folder);
    if (parent === folder) throw error;
    return packageVersion(parent);
  }
}

/** `pulumi-cja/0.1.0 (node v20.19.0)`: lets Adobe's support tell our requests from others. */
export const userAgent = (): string => `pulumi-cja/${packageVersion(__dirname)} (node ${process.version})`;
