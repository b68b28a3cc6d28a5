import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `pulumi-cja/0.1.0 (node v20.19.0)`: lets Adobe's support tell our requests from others. */
export function userAgent(): string {
  const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
  return `pulumi-cja/${(JSON.parse(text) as { version: string }).version} (node ${process.version})`;
}
