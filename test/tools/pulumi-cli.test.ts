import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const checkout = resolve(__dirname, "../..");
const goMod = readFileSync(join(checkout, "tools/pulumi-cli/cli/go.mod"), "utf8");
const pinned = /pkg\/v3 v(\S+)/.exec(goMod)?.[1] ?? "";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-cli-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Executables by path, as shell scripts. */
function scripts(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
}

/** What `node tools/pulumi-cli.mjs` answers with these folders on PATH, and a cache that has the pinned CLI. */
function resolved(...path: string[]): { source: string; version: string; pulumi: string; path: string } {
  const bin = `cache/pulumi-cja/pulumi-${pinned}-${process.platform}-${process.arch}/bin`;
  scripts({ [`${bin}/pulumi`]: "exit 1", [`${bin}/pulumi-language-nodejs`]: "exit 1" });
  const PATH = [...path.map((name) => join(folder, name)), "/usr/bin", "/bin"].join(":");
  const env = { PATH, XDG_CACHE_HOME: join(folder, "cache"), HOME: folder };
  const stdout = execFileSync(process.execPath, [join(checkout, "tools/pulumi-cli.mjs")], {
    env,
    encoding: "utf8",
    stdio: "pipe",
  });
  return JSON.parse(stdout) as { source: string; version: string; pulumi: string; path: string };
}

describe("the Pulumi CLI is", () => {
  it.each([
    ["new", "v3.250.1", "3.250.1"],
    ["the oldest that will do", "v3.200.0", "3.200.0"],
    ["of another major version", "v4.0.0", "4.0.0"],
  ])("the one on PATH, %s", (_, printed, version) => {
    scripts({ "a/pulumi": `echo ${printed}`, "a/pulumi-language-nodejs": "exit 1" });
    expect(resolved("a")).toMatchObject({ source: "PATH", version, pulumi: join(folder, "a/pulumi") });
  });

  it("the one on PATH, with its language host in another folder of PATH", () => {
    scripts({ "a/pulumi": "echo v3.248.0", "b/pulumi-language-nodejs": "exit 1" });
    expect(resolved("a", "b")).toMatchObject({ source: "PATH" });
  });

  it.each([
    ["there is none on PATH", {}],
    ["that on PATH is too old", { "a/pulumi": "echo v3.199.9", "a/pulumi-language-nodejs": "exit 1" }],
    ["that on PATH has no language host", { "a/pulumi": "echo v3.248.0" }],
    ["that on PATH does not run", { "a/pulumi": "exit 3", "a/pulumi-language-nodejs": "exit 1" }],
  ])("the cached one where %s", (_, files) => {
    scripts(files);
    const cli = resolved("a");
    expect(cli).toMatchObject({ source: "cache", version: pinned });
    // The cached folder comes first, this Node next: an older pulumi behind them is never started.
    expect(cli.path.split(":").slice(0, 2)).toEqual([dirname(cli.pulumi), dirname(process.execPath)]);
  });
});
