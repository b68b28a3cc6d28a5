import { execFileSync, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const tools = resolve(__dirname, "../../tools");

/** What a call of tools/release-checks.mjs returns. */
function call(name: string, ...args: readonly unknown[]): unknown {
  const program = `import * as checks from ${JSON.stringify(pathToFileURL(`${tools}/release-checks.mjs`).href)};
    console.log(JSON.stringify(checks.${name}(...${JSON.stringify(args)})));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }));
}

describe("a release is made", () => {
  const ready = {
    version: "0.10.0",
    current: "0.9.0",
    tags: ["v0.9.0", "v0.8.11", "v0.8.9", "somebody's", "v1.0.0-draft"],
    branch: "main",
    uncommitted: [],
    placeholders: [],
    notPublished: [],
  };

  it.each([
    ["the next version", {}],
    ["the first, which package.json has already", { version: "0.9.0", tags: [] }],
  ])("of %s", (_, facts) => expect(call("reasonsAgainst", { ...ready, ...facts })).toEqual([]));

  it.each([
    [{ version: "0.9.0" }, "0.9.0 is not higher than 0.9.0, the last release"],
    [{ version: "0.8.12", current: "0.8.0" }, "0.8.12 is not higher than 0.9.0, the last release"],
    [{ version: "0.8.0", tags: [] }, "0.8.0 is lower than 0.9.0, which package.json has"],
    [{ version: "v0.10.0" }, '"v0.10.0" is no version: give three numbers, as in 0.2.0'],
    [{ version: "0.10" }, '"0.10" is no version: give three numbers, as in 0.2.0'],
    [{ version: "0.10.0-rc.1" }, '"0.10.0-rc.1" is no version: give three numbers, as in 0.2.0'],
    [{ branch: "topic" }, "releases are made on main, this is topic"],
    [{ branch: "" }, "releases are made on main, this is no branch"],
    [{ uncommitted: ["README.md", "new file"] }, "commit or remove first: README.md, new file"],
    [
      { placeholders: ["package.json:9"] },
      "put the organisation that the repository belongs to in place of your-organisation: package.json:9",
    ],
    [
      { notPublished: ["README.md:24"] },
      'with a release `npm install pulumi-cja` works, say so in place of "npm registry does not have `pulumi-cja` yet": README.md:24',
    ],
  ])("not with %j", (facts, reason) => expect(call("reasonsAgainst", { ...ready, ...facts })).toEqual([reason]));

  it("not for all reasons at once, and says each", () => {
    const facts = { version: "1", branch: "topic", uncommitted: ["a"], placeholders: ["b:1"], notPublished: ["c:1"] };
    expect(call("reasonsAgainst", { ...ready, ...facts })).toHaveLength(5);
  });
});

describe("what a release writes", () => {
  it("the first section, in place of what says that there is none", () => {
    expect(call("withSection", "# Changelog\n\nNothing has been released yet.\n", "## 0.1.0\n\nThe first.\n")).toBe(
      "# Changelog\n\n## 0.1.0\n\nThe first.\n",
    );
  });

  it("each other one above the last", () => {
    expect(call("withSection", "# Changelog\n\n## 0.1.0\n\nThe first.\n", "## 0.2.0\n\n- More\n")).toBe(
      "# Changelog\n\n## 0.2.0\n\n- More\n\n## 0.1.0\n\nThe first.\n",
    );
  });

  it("the new tarball's name, and no other", () => {
    expect(
      call("namingTarball", "pulumi-cja-0.1.0.tgz, other-0.1.0.tgz, ./pulumi-cja-0.1.0.tgz", "0.1.0", "0.2.0"),
    ).toBe("pulumi-cja-0.2.0.tgz, other-0.1.0.tgz, ./pulumi-cja-0.2.0.tgz");
  });
});

describe("npm run release", () => {
  const release = (...args: readonly string[]) =>
    spawnSync(process.execPath, [resolve(tools, "release.mjs"), ...args], { encoding: "utf8" });

  it("explains itself with --help", () => {
    const { stdout, status } = release("--help");
    expect([stdout.split("\n")[0], status]).toEqual([
      "npm run release -- VERSION [--dry-run] [--publish --registry URL]",
      0,
    ]);
    expect(stdout).toContain("npm run release -- 0.2.0 --dry-run");
  });

  it.each([
    [[], "give one version"],
    [["0.2.0", "0.3.0"], "give one version"],
    [["0.2.0", "--publish"], "--publish and --registry go together"],
    [["0.2.0", "--registry", "http://127.0.0.1:1"], "--publish and --registry go together"],
    [["0.2.0", "--now"], "Unknown option '--now'"],
  ])("does nothing with %j", (args, message) => {
    const { stdout, stderr, status } = release(...args);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("Examples:");
  });
});
