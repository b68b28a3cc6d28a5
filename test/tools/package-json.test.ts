import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pages } from "../docs/pages";

const root = resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  author: string;
  homepage: string;
  repository: { type: string; url: string; directory?: string };
  bugs: { url: string };
  publishConfig: { access: string; provenance: boolean };
};
const [, owner = "", repository = ""] =
  /^git\+https:\/\/github\.com\/([\w-]+)\/([\w-]+)\.git$/.exec(manifest.repository.url) ?? [];

it("package.json says in one way where the project lives", () => {
  expect(manifest.repository).toEqual({ type: "git", url: `git+https://github.com/${owner}/${repository}.git` });
  expect(repository).toBe("pulumi-cja");
  expect(manifest.bugs.url).toBe(`https://github.com/${owner}/${repository}/issues`);
  expect(manifest.homepage).toBe(`https://${owner}.github.io/${repository}/`);
  expect(manifest.author).toContain(`https://github.com/${owner})`);
  expect(read(".github/CODEOWNERS")).toMatch(new RegExp(`^\\* @${owner}/`, "m"));
});

it("only the workflow can publish to npm: nothing else has a provenance", () => {
  expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
});

// npm's page turns them into addresses below `repository`, at its default branch: test/docs sees that each leads to a file.
it("README.md's links and pictures lead into the repository, so that they work on npm's page", () => {
  const { targets } = pages.find(({ path }) => path === "README.md")!;
  const local = targets.filter((target) => !/^https:/.test(target));
  expect(local.length).toBeGreaterThan(10);
  expect(local.filter((target) => !/^(#|\w)/.test(target) || /^\w+:/.test(target))).toEqual([]);
});

it("scripts are checked out with line ends that run, also where the package is packed on Windows", () => {
  const scripts = ["plugin/pulumi-resource-cja", "cli/main.ts", ".ci/run"];
  const lines = execFileSync("git", ["ls-files", "--eol", "--", ...scripts], { cwd: root, encoding: "utf8" });
  expect(lines.trim().split("\n")).toEqual(
    scripts.sort().map((script) => expect.stringMatching(`^i/lf +w/lf +attr/text=auto eol=lf\\s+${script}$`) as string),
  );
});
