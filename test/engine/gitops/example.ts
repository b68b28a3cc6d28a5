/** A checkout of examples/gitops, with audiences, as a runner has it after `npm ci`, with a state and a home of its own. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pulumiEnvironment } from "../harness/project";
import { startProcess, type Finished } from "../harness/process";
import { AUDIENCES } from "../programs";

const root = resolve(__dirname, "../../..");
export const exampleFolder = join(root, "examples/gitops");

export class Example {
  readonly folder: string;

  constructor() {
    mkdirSync(join(root, ".tmp/engine"), { recursive: true });
    this.folder = mkdtempSync(join(root, ".tmp/engine/gitops-"));
    cpSync(exampleFolder, this.folder, { recursive: true });
    for (const stack of ["dev", "stage", "prod"])
      this.edit(`Pulumi.${stack}.yaml`, "config:\n", `config:\n  segments:audiences: ${JSON.stringify(AUDIENCES)}\n`);
    // `require` climbs to the checkout's packages; its own command is in no node_modules there.
    mkdirSync(join(this.folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(join(root, "dist/cli/main.js"), join(this.folder, "node_modules/.bin/pulumi-cja"));
    mkdirSync(join(this.folder, "backend"));
  }

  /**
   * Runs lines as GitHub does with `shell: bash`, and GitLab with each `script`: in one shell, which ends with the first that fails.
   *
   * @param env beside what every runner of this test has; nothing of the shell that started the test
   */
  run(lines: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
    const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE: __, ...machine } = pulumiEnvironment(this.folder);
    const runner = {
      ...machine,
      XDG_STATE_HOME: join(this.folder, "state-home"),
      CI: "true",
      // `npm run typecheck` checks the types, once instead of thirty times.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // npx asks the registry for newer versions of npm.
      npm_config_update_notifier: "false",
    };
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", lines.join("\n")];
    return startProcess("bash", args, { cwd: this.folder, env: { ...runner, ...env } }, (finished) => finished).done;
  }

  /** Where the stacks' state is, for those who are let near it. */
  get state(): Readonly<Record<string, string>> {
    const { PULUMI_BACKEND_URL = "", PULUMI_CONFIG_PASSPHRASE = "" } = pulumiEnvironment(this.folder);
    return { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE };
  }

  /** What a commit changes in a file. Throws where the text is not there. */
  edit(file: string, before: string, after: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(before)) throw new Error(`${file} has no "${before}"`);
    writeFileSync(path, text.replace(before, after));
  }

  dispose(): void {
    if (!process.env["CJA_KEEP_TEST_FOLDERS"]) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
