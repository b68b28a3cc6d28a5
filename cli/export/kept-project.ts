import { parse } from "yaml";
import { z } from "zod";
import { isTooDeepYaml } from "../../model/environment/yaml-depth";
import type { ExistingFile } from "./existing-file";

const names = z.record(z.string(), z.unknown()).default({});
const manifest = z.object({ dependencies: names, devDependencies: names, peerDependencies: names });
const project = z.object({ runtime: z.union([z.string(), z.object({ name: z.string() })]) });

/**
 * What has to be added to a file of a project so that the exported segments run in it; undefined where nothing has to be.
 *
 * @param own the content that the export would have written
 */
export function toAdd({ path, content }: ExistingFile, own: string): string | undefined {
  if (path === "package.json") return dependenciesToAdd(content, own);
  if (path === "Pulumi.yaml")
    return isForNode(content) ? undefined : "Pulumi.yaml: the runtime has to be: runtime: nodejs";
  return undefined;
}

function dependenciesToAdd(content: string, own: string): string | undefined {
  const there = manifest.safeParse(parsed(content)).data;
  const has = { ...there?.dependencies, ...there?.devDependencies, ...there?.peerDependencies };
  const needed = Object.entries(manifest.parse(JSON.parse(own)).dependencies);
  const missing = needed.filter(([name]) => !(name in has));
  if (missing.length === 0) return undefined;
  const lines = missing.map(([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`);
  return `package.json: add to its dependencies: ${lines.join(", ")}`;
}

function isForNode(content: string): boolean {
  const found = project.safeParse(parsed(content)).data?.runtime;
  return (typeof found === "string" ? found : found?.name) === "nodejs";
}

/** YAML, of which JSON is a part. */
function parsed(text: string): unknown {
  if (isTooDeepYaml(text)) return undefined;
  try {
    return parse(text);
  } catch {
    // What cannot be read has nothing that the segments need.
    return undefined;
  }
}
