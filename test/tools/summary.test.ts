import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const script = resolve(__dirname, "../../tools/test-summary.mjs");
const summaryOf = (file: string) => execFileSync(process.execPath, [script, file], { encoding: "utf8" });

describe("the last line of .ci/run", () => {
  it.each([
    [{ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, "7 passed, 0 failed\n"],
    [{ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 0 }, "7 passed, 2 failed\n"],
    // A file that cannot be loaded has no test that failed.
    [{ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1 }, "7 passed, 3 failed\n"],
  ])("of %j", (result, line) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-summary-"));
    try {
      writeFileSync(join(folder, "jest.json"), JSON.stringify(result));
      expect(summaryOf(join(folder, "jest.json"))).toBe(line);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is there when no test could be run", () => expect(summaryOf("/nowhere/jest.json")).toBe("0 passed, 0 failed\n"));
});
