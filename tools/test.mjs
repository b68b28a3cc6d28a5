/** `npm test [-- arguments of jest]`: the set-up, then the tests, then one line that sums them up. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { hasChromium } from "./chromium.mjs";
import { root } from "./folders.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { setUp, setUpSteps } from "./setup.mjs";
import { summary } from "./test-summary.mjs";

const out = progress(setUpSteps + 1);
const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-tests-"));
const removeFolder = () => rmSync(folder, { recursive: true, force: true });
onInterrupt(removeFolder);
// .ci/run names a file of its own, to print the same line last of all.
const report = process.env.PULUMI_CJA_TEST_REPORT || join(folder, "jest.json");

try {
  await setUp(out);
  const help = "see the failures above; `npm test -- path/to/file` runs one file.";
  await out.step("Tests", help, () => runJest(process.argv.slice(2)), { talks: true });
} catch (error) {
  out.failed(error);
  process.exitCode = 1;
}
// In CI they run always, and fail where it is missing.
if (process.env.CI !== "true" && spawnSync("redis-server", ["--version"]).status !== 0) {
  console.log("\nLeft out: test/redis, since there is no redis-server here (on Debian: apt-get install redis-server).");
}
if (process.env.CI !== "true" && !hasChromium()) {
  console.log("\nLeft out: test/browser, since there is no chromium here (on Debian: apt-get install chromium).");
}
console.log(`\n${summary(report)}`);
removeFolder();

async function runJest(wanted) {
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  // Engine tests spend most of their time in one other process each, and some of it waiting for that one to start.
  const workers = Math.ceil(availableParallelism() * 1.5);
  const args = [jest, `--maxWorkers=${workers}`, "--json", `--outputFile=${report}`, ...wanted];
  await run(process.execPath, args, { cwd: root, terminal: true }).catch((error) => {
    throw error instanceof CommandFailed ? new Error("tests failed", { cause: error }) : error;
  });
}
