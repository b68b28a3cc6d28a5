import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-summary-"));
afterAll(() => rmSync(folder, { recursive: true }));

function summaryOf(...files: readonly string[]): [string, number | null] {
  const { stdout, status } = spawnSync(process.execPath, [join(root, "tools/test-summary.mjs"), ...files], {
    encoding: "utf8",
  });
  return [stdout, status];
}

describe("the last line of .ci/run", () => {
  it.each<[object | string, string, number]>([
    [{ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, success: true }, "7 passed, 0 failed\n", 0],
    [{ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 0, success: false }, "7 passed, 2 failed\n", 1],
    // A file that cannot be loaded has no test that failed.
    [{ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1, success: false }, "7 passed, 3 failed\n", 1],
    // Something else than a test: a reporter, a threshold.
    [{ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, success: false }, "7 passed, 1 failed\n", 1],
    // A jest that was killed while it wrote.
    ['{"numPassedTests": 7, "succ', "0 passed, 1 failed\n", 1],
  ])("of %j", (result, line, status) => {
    const file = join(folder, "jest.json");
    writeFileSync(file, typeof result === "string" ? result : JSON.stringify(result));
    expect(summaryOf(file)).toEqual([line, status]);
  });

  it("adds up the results of several commands, and one that has failed is enough", () => {
    const files = [true, false].map((success, i) => {
      const file = join(folder, `${i}.json`);
      writeFileSync(file, JSON.stringify({ numPassedTests: 5, numFailedTests: success ? 0 : 2, success }));
      return file;
    });
    const [good = "", bad = ""] = files;
    expect(summaryOf(good, good)).toEqual(["10 passed, 0 failed\n", 0]);
    expect(summaryOf(good, bad)).toEqual(["10 passed, 2 failed\n", 1]);
    expect(summaryOf(bad, good)).toEqual(["10 passed, 2 failed\n", 1]);
  });

  it("counts a jest that wrote no result as a failure", () => {
    expect(summaryOf(join(folder, "nothing.json"))).toEqual(["0 passed, 1 failed\n", 1]);
    expect(summaryOf()).toEqual(["0 passed, 0 failed\n", 1]);
  });

  it.each<[string, string[]]>([
    ["with a mistake in its configuration", ["--config", '{"preset":"nowhere"}']],
    ["that finds no tests", ["--config", JSON.stringify({ rootDir: folder })]],
  ])("counts a jest %s as a failure", (_, wanted) => {
    const file = join(folder, "real.json");
    const jest = join(root, "node_modules/jest/bin/jest.js");
    const ran = spawnSync(process.execPath, [jest, "--json", `--outputFile=${file}`, ...wanted], { cwd: folder });
    expect(ran.status).not.toBe(0);
    expect(summaryOf(file)).toEqual(["0 passed, 1 failed\n", 1]);
  });
});
