/** `npm run bench [-- create 100 --part engine]`: the set-up, then the measurements; `-- --help` tells what can be chosen. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { ensureInstalled } from "./install.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { setUp, setUpSteps } from "./setup.mjs";

const wanted = process.argv.slice(2);
const asksForHelp = wanted.some((word) => word === "--help" || word === "-h");
const out = progress(setUpSteps + 1);
onInterrupt(() => {});
try {
  // Nobody shall wait for a Pulumi CLI to read a few lines.
  if (asksForHelp) await help();
  else await measure();
} catch (error) {
  out.failed(error);
  process.exitCode = 1;
}

async function help() {
  await ensureInstalled({ say: out.note, onText: out.relay() });
  await compile();
  await bench(process.env);
}

async function measure() {
  const { path } = await setUp(out);
  const broken = "see what failed, or the limits marked BROKEN above.";
  const work = async () => {
    await compile();
    await bench({ ...process.env, PULUMI_CJA_TEST_PATH: path });
  };
  await out.step("Measurements", broken, work, { talks: true });
}

/** Into an empty folder: what a file that has moved left there would be found first. */
function compile() {
  rmSync(join(root, ".tmp", "bench"), { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return run(process.execPath, [tsc, "-p", "tools/bench/tsconfig.json"], { cwd: root, terminal: true });
}

async function bench(env) {
  const main = join(root, ".tmp", "bench", "tools", "bench", "main.js");
  await run(process.execPath, [main, ...wanted], { cwd: root, env, terminal: true }).catch((error) => {
    throw error instanceof CommandFailed
      ? new Error("the bench failed, or a limit is broken", { cause: error })
      : error;
  });
}
