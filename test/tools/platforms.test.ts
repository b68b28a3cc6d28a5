import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

function platforms(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "tools/platforms.mjs"), ...args], {
    encoding: "utf8",
  });
  return {
    cells: stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")),
    stdout,
    stderr,
    status,
  };
}

const AXES = [
  ["20", "22", "24", "26"],
  ["oldest", "newest"],
  ["oldest", "newest"],
  ["npm", "pnpm", "yarn-classic", "yarn-berry", "bun"],
  ["ts-node", "tsx", "strip"],
] as const;

describe("the cells of npm run test:platforms", () => {
  const { cells } = platforms("--list");

  it("have every pair of values but those that do not exist", () => {
    const missing = AXES.flatMap((values, one) =>
      AXES.slice(one + 1).flatMap((others, at) =>
        values.flatMap((value) =>
          others
            .filter((other) => !cells.some((cell) => cell[one] === value && cell[one + 1 + at] === other))
            .map((other) => `${value} ${other}`),
        ),
      ),
    );
    // The SDK of today wants Node 22; Node 20 strips no types.
    expect(missing).toEqual(["20 newest", "20 strip"]);
  });

  it("are few, and no two are the same", () => {
    expect(new Set(cells.map((cell) => cell.join(" "))).size).toBe(cells.length);
    expect(cells.length).toBeLessThan(25);
  });

  it("are those of the values that are chosen", () => {
    const chosen = platforms("--list", "--only", "node=26,pm=bun,sdk=newest,cli=newest").cells;
    expect(chosen.sort()).toEqual(
      ["strip", "ts-node", "tsx"].map((loader) => ["26", "newest", "newest", "bun", loader]),
    );
  });

  it.each([
    ["node=18", "node is one of 20, 22, 24, 26, not 18"],
    ["os=linux", "there is no os, only node, sdk, cli, pm, typescript"],
    ["node=20,sdk=newest", "there is no such combination"],
  ])("are refused for --only %s, in one line", (only, words) => {
    const { stderr, status } = platforms("--list", "--only", only);
    expect([stderr.trim().split("\n").length, status]).toEqual([1, 1]);
    expect(stderr).toContain(words);
  });
});

it.each(["latest", "v3.276.0", ""])("--newest %j is no version", (newest) => {
  const { stdout, stderr, status } = platforms("--list", "--newest", newest);
  expect([stdout, stderr.trim(), status]).toEqual(["", "--newest is a version, as 3.276.0", 1]);
});

describe("what no user should read", () => {
  /** The lines that tools/platforms/warnings.mjs finds. */
  function warnings(text: string): string[] {
    const script = `
      const { warningsIn } = await import(process.argv[1]);
      console.log(JSON.stringify(warningsIn(process.argv[2])));`;
    const module = pathToFileURL(join(root, "tools/platforms/warnings.mjs")).href;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script, module, text], {
      encoding: "utf8",
    });
    return JSON.parse(stdout) as string[];
  }

  it.each([
    "(node:7) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. Please use a userland alternative instead.",
    "(node:7) ExperimentalWarning: Type Stripping is an experimental feature and might change at any time",
    "npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported",
    "npm warn EBADENGINE Unsupported engine {",
    " WARN  deprecated inflight@1.0.6: This module is not supported",
    "warning pulumi-cja > glob@7.2.3: Glob versions prior to v9 are no longer supported: deprecated",
    "➤ YN0061: │ glob@npm:7.2.3 is deprecated: Glob versions prior to v9 are no longer supported",
  ])("is found: %s", (line) => {
    expect(warnings(`added 3 packages\n  ${line}\n${line}\n`)).toEqual([line.trim()]);
  });

  it.each(["added 120 packages in 4s", "Updating (dev):", "    ~ description: deprecated => current"])(
    "is not: %s",
    (line) => expect(warnings(line)).toEqual([]),
  );
});
