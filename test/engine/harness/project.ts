/** The folder of a test's project. It lies under the checkout, so that `require("pulumi-cja")` climbs to the root's node_modules. */
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export interface ProjectOptions {
  /** Text of a CommonJS index.js: `const cja = require("pulumi-cja"); …`. */
  readonly program: string;
  /** More files of the project, by path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Stack config, plain values: `{ "cja:validate": "apply" }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** The stack's name, default `dev`. */
  readonly name?: string;
  /** The project's name, default `engine-test`. */
  readonly project?: string;
}

const parent = resolve(__dirname, "../../../.tmp/engine");

/** Writes the project and returns its folder. */
export async function createProject(options: ProjectOptions): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "stack-"));
  const project = {
    name: options.project ?? "engine-test",
    runtime: { name: "nodejs", options: { typescript: false } },
  };
  // YAML is a superset of JSON. Without a package.json here, `main` of the checkout's would be run.
  const files = {
    "Pulumi.yaml": JSON.stringify(project),
    "package.json": JSON.stringify({ name: project.name, private: true, main: "index.js" }),
    ...(options.config ? { [`Pulumi.${options.name ?? "dev"}.yaml`]: JSON.stringify({ config: options.config }) } : {}),
    ...options.files,
  };
  for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeProgram(folder, options.program);
  return folder;
}

export function writeProgram(folder: string, text: string): void {
  writeFileSync(join(folder, "index.js"), text);
}

/** All that a run sees of this machine: no login, no stack, no proxy, no setting of the shell that started the tests. */
export function pulumiEnvironment(folder: string): Record<string, string> {
  const path = process.env["PULUMI_CJA_TEST_PATH"];
  if (!path) throw new Error("No Pulumi CLI: engine tests run through jest.config.js, whose global setup finds one");
  const home = process.env["HOME"] ?? process.env["USERPROFILE"] ?? folder;
  return {
    PATH: path,
    HOME: home,
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Nothing may be fetched in a test: a plugin that is missing shall be an error.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    // `--event-log` is accepted only with this.
    PULUMI_DEBUG_COMMANDS: "true",
    // The look for typos has tests of its own; in the others each request and line counts.
    CJA_CHECK_TARGET: "never",
  };
}
