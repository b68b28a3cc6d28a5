import { stringify, parse } from "yaml";
import { slug } from "./resource-names";
import { z } from "zod";
import { isTooDeepYaml } from "../../model/environment/yaml-depth";
import type { ExistingFile } from "./source-module";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** What the exported program needs around its sources. */
export interface Project {
  readonly name: string;
  /** `Segments of the data view dv_prod` */
  readonly description: string;
  /** Of which `pulumi-cja` it is: a range of versions, `file:…` or a URL. */
  readonly dependency: string;
  /** What runs the program. */
  readonly runtime: "nodejs" | "yaml";
  /** Whether its resources are those of the plugin, which npm installs with the package. */
  readonly isNative: boolean;
}

/** How the engine finds the plugin: docs/native.md. */
const PLUGIN = { providers: [{ name: "cja", path: "node_modules/pulumi-cja/plugin" }] };

/** The name of a project where none is given: the ID of the data view, or the name of the sandbox, cleaned. */
export const projectName = (dataViewId: string, otherwise = "segments"): string => slug(dataViewId) || otherwise;

/** What Pulumi and npm both take. */
export const PROJECT_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export const pulumiYaml = ({ name, description, runtime, isNative }: Project): string =>
  stringify(
    {
      name,
      description,
      runtime,
      ...(isNative && { plugins: PLUGIN }),
    },
    { lineWidth: 0, version: "1.1" },
  );

export const packageJson = ({ name, dependency, runtime }: Project): string =>
  runtime === "yaml"
    ? asJson({ name, private: true, dependencies: { "pulumi-cja": dependency } })
    : asJson({
        name,
        private: true,
        main: "index.ts",
        dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-cja": dependency },
        devDependencies: { "@types/node": "^20.19.43", typescript: "~5.9" },
      });

/** As `pulumi new typescript` writes it. */
export const tsconfigJson = (): string =>
  asJson({
    compilerOptions: {
      strict: true,
      outDir: "bin",
      target: "es2020",
      module: "nodenext",
      moduleResolution: "nodenext",
      sourceMap: true,
      experimentalDecorators: true,
      pretty: true,
      noFallthroughCasesInSwitch: true,
      noImplicitReturns: true,
      forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
  });

const asJson = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

const names = z.record(z.string(), z.unknown()).default({});
const manifest = z.object({ dependencies: names, devDependencies: names, peerDependencies: names });
const project = z.object({
  runtime: z.union([z.string(), z.object({ name: z.string() })]),
  plugins: z.object({ providers: z.array(z.object({ name: z.string() })) }).optional(),
});

/**
 * What has to be added to a file of a project so that the exported segments run in it; undefined where nothing has to be.
 *
 * @param exportedContent the content that the export would have written
 */
export function missingParts({ path, content }: ExistingFile, exportedContent: string): string | undefined {
  if (path === "package.json") return missingDependencies(content, exportedContent);
  return path === "Pulumi.yaml" ? missingSettings(content, exportedContent) : undefined;
}

function missingDependencies(content: string, exportedContent: string): string | undefined {
  const existing = manifest.safeParse(parseYaml(content)).data;
  const has = { ...existing?.dependencies, ...existing?.devDependencies, ...existing?.peerDependencies };
  const needed = Object.entries(manifest.parse(JSON.parse(exportedContent)).dependencies);
  const missing = needed.filter(([name]) => !(name in has));
  if (missing.length === 0) return undefined;
  const lines = missing.map(([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`);
  return `package.json: add to its dependencies: ${lines.join(", ")}`;
}

function missingSettings(content: string, exportedContent: string): string | undefined {
  const settingsOf = (text: string) => {
    const { runtime, plugins } = project.safeParse(parseYaml(text)).data ?? {};
    const hasPlugin = plugins?.providers.some(({ name }) => name === "cja") === true;
    return { runtime: typeof runtime === "string" ? runtime : runtime?.name, hasPlugin };
  };
  const [existing, exported] = [settingsOf(content), settingsOf(exportedContent)];
  const missing = [
    ...(existing.runtime === exported.runtime ? [] : [`set runtime: ${exported.runtime}`]),
    ...(existing.hasPlugin || !exported.hasPlugin ? [] : [`add plugins: ${JSON.stringify(PLUGIN)}`]),
  ];
  return missing.length === 0 ? undefined : `Pulumi.yaml: ${missing.join("; ")}`;
}

/** YAML, of which JSON is a part. */
function parseYaml(text: string): unknown {
  if (isTooDeepYaml(text)) return undefined;
  try {
    return parse(text);
  } catch {
    // What cannot be read has nothing that the segments need.
    return undefined;
  }
}

const PACKAGE = "pulumi-cja";
/** What npm, yarn and pnpm write of a folder or a tarball that is beside the project. */
const LOCAL = /^(file|link|portal):(?!\/)(.*)$/;

/**
 * What a package.json in `folder` says to get this package from where the project that runs the command has it: a tarball or a
 * checkout as `file:…` from there. Undefined where no project around `from` names it.
 *
 * @example findOwnDependency("/home/ada/shop", "/home/ada/shop/segments") // file:../pulumi-cja-0.1.0.tgz
 */
export function findOwnDependency(from: string, folder: string): string | undefined {
  const dependency = readDependency(join(from, "package.json"));
  const parent = dirname(from);
  if (dependency === undefined) return parent === from ? undefined : findOwnDependency(parent, folder);
  const [, protocol, path] = LOCAL.exec(dependency) ?? [];
  if (protocol === undefined || path === undefined) return dependency;
  const adjustedPath = relative(resolve(folder), resolve(from, path)).split(sep).join("/");
  return `${protocol}:${adjustedPath || "."}`;
}

function readDependency(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    Readonly<Record<string, string>> | undefined
  >;
  return dependencies?.[PACKAGE] ?? devDependencies?.[PACKAGE];
}
