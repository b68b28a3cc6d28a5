/**
 * A release to its end: in a throwaway repository with the files of this one, `npm run release` publishes to a registry on this machine, and a
 * project installs it from there by name.
 */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { files } from "../docs/pages";
import { startProcess } from "../engine/harness/process";
import { useOnce } from "./first-use";
import { startRegistry } from "./registry";
import type { Registry } from "./registry";
import { cleanEnvironment } from "./tarball";

const checkout = resolve(__dirname, "../..");
const environment = { ...cleanEnvironment(), NO_COLOR: "1" } as Record<string, string>;

/** What somebody corrects before the first release, and where. */
const PLACEHOLDER = "your-organisation";
const PLACEHOLDERS = ["package.json", ".github/CODEOWNERS"];
const NOT_PUBLISHED = "npm registry does not have `pulumi-cja` yet";
const NOT_YET = ["README.md", "docs/installing.md"];

let folder: string;
let repository: string;
let registry: Registry;

const git = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)("git", args, { cwd: repository })).stdout.trim();

async function commit(title: string, change: () => void): Promise<void> {
  change();
  await git("add", "--all");
  await git("commit", "--message", title);
}

function edit(file: string, change: (text: string) => string): void {
  const [path, before] = [join(repository, file), readFileSync(join(repository, file), "utf8")];
  if (change(before) === before) throw new Error(`nothing to change in ${file}`);
  writeFileSync(path, change(before));
}

/** `file:line` of the first line with this text. */
function placeOf(file: string, text: string): string {
  const before = readFileSync(join(repository, file), "utf8").split(text)[0] ?? "";
  return `${file}:${before.split("\n").length}`;
}

function release(...words: readonly string[]): Promise<{ code: number; output: string }> {
  const args = ["run", "--silent", "release", "--", ...words];
  const env = { ...environment, ...registry.environment };
  return startProcess("npm", args, { cwd: repository, env }, (finished) => finished).done;
}

const left = async (): Promise<unknown> => ({
  status: await git("status", "--porcelain"),
  tags: await git("tag"),
  title: await git("log", "-1", "--format=%s"),
});

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-release-")));
  repository = join(folder, "repository");
  for (const file of files) {
    await mkdir(join(repository, dirname(file)), { recursive: true });
    await cp(join(checkout, file), join(repository, file), { verbatimSymlinks: true });
  }
  // The packages of the checkout, without what it has built.
  const packages = join(repository, "node_modules");
  await mkdir(packages);
  for (const name of await readdir(join(checkout, "node_modules")))
    if (![".cache", "pulumi-cja"].includes(name))
      await symlink(join(checkout, "node_modules", name), join(packages, name));
  await symlink("..", join(packages, "pulumi-cja"));
  await git("init", "--quiet", "--initial-branch", "main");
  for (const [key, value] of [
    ["user.name", "Somebody"],
    ["user.email", "somebody@example.com"],
    ["commit.gpgSign", "false"],
    ["tag.gpgSign", "false"],
  ] as const)
    await git("config", key, value);
  await commit("Everything before", () => {});
  await git("tag", "v0.0.9");
  registry = await startRegistry(join(folder, "registry"));
});

afterAll(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it("does not begin while a placeholder stands, and says where", async () => {
  const { code, output } = await release("0.2.0");
  expect(code).toBe(1);
  for (const file of PLACEHOLDERS) expect(output).toContain(placeOf(file, PLACEHOLDER));
  for (const file of NOT_YET) expect(output).toContain(placeOf(file, NOT_PUBLISHED));
  expect(await left()).toEqual({ status: "", tags: "v0.0.9", title: "Everything before" });
});

it("puts back what it has written when it fails", async () => {
  await commit("Say where the project lives", () => {
    for (const file of ["package.json", ".github/CODEOWNERS"])
      edit(file, (text) => text.replaceAll("your-organisation", "acme"));
    for (const file of ["README.md", "docs/installing.md"])
      edit(file, (text) =>
        text.replace("npm registry does not have `pulumi-cja` yet", "npm registry has `pulumi-cja`"),
      );
    edit("package.json", (text) => text.replace('"prepack": "', '"prepack": "exit 3 && '));
  });
  const before = await left();
  const { code, output } = await release("0.2.0");
  expect([code, output]).toEqual([1, expect.stringMatching(/Failed: 3\/5 Pack/)]);
  expect(await left()).toEqual(before);
});

it("puts back what it has written when it is interrupted", async () => {
  await commit("Pack for ever", () => edit("package.json", (text) => text.replace("exit 3 && ", "sleep 9999 && ")));
  const before = await left();
  // Not by npm, which ends with a code of its own.
  const command = [join(repository, "tools", "release.mjs"), "0.2.0"];
  const running = startProcess(
    process.execPath,
    command,
    { cwd: repository, env: environment },
    (finished) => finished,
  );
  await running.until("3/5 Pack");
  expect(await left()).not.toEqual(before);
  process.kill(running.pid, "SIGINT");
  const { code, output } = await running.done;
  expect([code, output]).toEqual([130, expect.stringContaining("Interrupted.")]);
  expect(output).not.toContain("    at ");
  expect(await left()).toEqual(before);
});

it("takes the commit back when it cannot tag it", async () => {
  await commit("Pack at once, try nothing", () => {
    edit("package.json", (text) => text.replace("sleep 9999 && ", ""));
    edit("test/package/candidate.test.ts", () => 'it("is tried by another test", () => {});');
  });
  const before = await left();
  await git("config", "tag.gpgSign", "true");
  await git("config", "gpg.program", "false");
  const { code, output } = await release("0.2.0");
  expect([code, output]).toEqual([1, expect.stringMatching(/Failed: 5\/5 Commit and tag/)]);
  expect(await left()).toEqual(before);
  await git("config", "tag.gpgSign", "false");
});

it("ends with a package that a project installs by its name and uses", async () => {
  const tried = "test/package/candidate.test.ts";
  await commit("Try it again", () => edit(tried, () => readFileSync(join(checkout, tried), "utf8")));
  await commit("Tell `a thing` of *segments* to <everybody>", () =>
    edit("sdk/index.ts", (text) => `${text}\n// Changed.\n`),
  );
  await commit("Ask more of them", () => edit("test/properties.ts", (text) => `${text}\n// Changed.\n`));
  const { code, output } = await release("0.2.0", "--publish", "--registry", registry.url);
  expect([code, output]).toEqual([0, expect.stringContaining("Released 0.2.0.")]);
  expect(await left()).toEqual({ status: "", tags: "v0.0.9\nv0.2.0", title: "Release 0.2.0" });
  expect(await git("rev-parse", "v0.2.0^{commit}")).toBe(await git("rev-parse", "HEAD"));
  const changelog = readFileSync(join(repository, "CHANGELOG.md"), "utf8");
  expect(changelog).toMatch(/^# Changelog\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- Tell `a thing` of .*everybody.*\n$/);
  expect(readFileSync(join(repository, "README.md"), "utf8")).toContain("npm install ./pulumi-cja-0.2.0.tgz");
  const shop = join(folder, "shop");
  expect(await useOnce(shop, "pulumi-cja@0.2.0", "--registry", registry.url)).toBe("0.2.0");
  const { repository: home } = JSON.parse(readFileSync(join(shop, "node_modules/pulumi-cja/package.json"), "utf8")) as {
    repository: { url: string };
  };
  expect(home.url).toBe("git+https://github.com/acme/pulumi-cja.git");
});
