/** `npm test`, `npm run test:engine`, `npm run test:all` [-- arguments of jest]: the set-up, then tests, then one line that sums them up. */
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

/** What each command runs: projects of jest.config.js. */
const COMMANDS = {
  "": {
    name: "npm test",
    projects: ["fast", "life"],
    covers: "everything that needs no engine, and a short life of both resources on the real engine",
    leaves: [
      "the rest on the real engine, packages, examples, demo → npm run test:engine",
      "nine of ten samples of each property, most of the fault matrix → npm run test:all",
    ],
  },
  engine: {
    name: "npm run test:engine",
    projects: ["life", "engine"],
    covers: "everything on the real engine, packages, examples, demo",
    leaves: ["everything that needs no engine → npm test"],
  },
  all: {
    name: "npm run test:all",
    projects: ["fast", "life", "engine"],
    covers: "everything, with all samples of each property and the whole fault matrix",
    leaves: ["what is measured → npm run bench"],
    env: { PULUMI_CJA_TEST_EVERYTHING: "1" },
  },
};

const [first = "", ...others] = process.argv.slice(2);
const isNamed = first !== "" && Object.hasOwn(COMMANDS, first);
const command = COMMANDS[isNamed ? first : ""];
const wanted = isNamed ? others : process.argv.slice(2);

if (wanted.includes("--help") || wanted.includes("-h")) help();
else await main();

function help() {
  for (const { name, covers, leaves } of Object.values(COMMANDS))
    console.log(`${[name, `  runs       ${covers}`, ...leaves.map((what) => `  leaves out ${what}`)].join("\n")}\n`);
  console.log("Arguments are jest's; with a path, the tests below it run, whichever command they belong to:");
  console.log("  npm test -- test/unit/definition\n  npm test -- test/engine/options.test.ts -t destroy");
}

async function main() {
  const out = progress(setUpSteps + 1);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-tests-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  onInterrupt(removeFolder);
  // .ci/run names a file of its own, to print the same line last of all.
  const report = process.env.PULUMI_CJA_TEST_REPORT || join(folder, "jest.json");
  try {
    await setUp(out);
    const advice = "see the failures above; `npm test -- path/to/file` runs one file.";
    await out.step("Tests", advice, () => runJest(report), { talks: true });
  } catch (error) {
    out.failed(error);
    process.exitCode = 1;
  }
  // In CI they run always, and fail where it is missing.
  if (process.env.CI !== "true" && spawnSync("redis-server", ["--version"]).status !== 0) {
    console.log(
      "\nLeft out: test/redis and what else needs one, since there is no redis-server here (on Debian: apt-get install redis-server).",
    );
  }
  if (process.env.CI !== "true" && !hasChromium()) {
    console.log("\nLeft out: test/browser, since there is no chromium here (on Debian: apt-get install chromium).");
  }
  console.log(`\n${summary(report)}`);
  removeFolder();
}

async function runJest(report) {
  const { name, projects, covers, leaves, env } = command;
  const hasPath = wanted.some((word, index) => !word.startsWith("-") && !/^-(t|-\w+)$/.test(wanted[index - 1] ?? ""));
  if (!hasPath) {
    console.log(`    ${name} runs ${covers}.`);
    for (const what of leaves) console.log(`    Left out: ${what}`);
  }
  // Engine tests spend most of their time in one other process each, and some of it waiting for that one to start.
  const workers = Math.ceil(availableParallelism() * 1.5);
  const selected = hasPath ? [] : ["--selectProjects", ...projects];
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const args = [jest, ...selected, `--maxWorkers=${workers}`, "--json", `--outputFile=${report}`, ...wanted];
  await run(process.execPath, args, { cwd: root, terminal: true, env: { ...process.env, ...env } }).catch((error) => {
    throw error instanceof CommandFailed ? new Error("tests failed", { cause: error }) : error;
  });
}
