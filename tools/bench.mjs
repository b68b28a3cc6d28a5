/** `npm run bench [-- SEGMENTS]`: the set-up, then the measurements; the results go to bench/results.json. */
import { join } from "node:path";
import { root } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { setUp, setUpSteps } from "./setup.mjs";

const out = progress(setUpSteps + 1);
onInterrupt(() => {});
try {
  const { path } = await setUp(out);
  await out.step("Measurements", "see the failures above.", async () => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    await run(process.execPath, [tsc, "-p", "tsconfig.bench.json"], { cwd: root, terminal: true });
    await run(process.execPath, [join(root, ".tmp", "bench", "bench", "main.js"), ...process.argv.slice(2)], {
      cwd: root,
      env: { ...process.env, PULUMI_CJA_TEST_PATH: path },
      terminal: true,
    });
  });
} catch (error) {
  out.failed(error);
  process.exitCode = 1;
}
