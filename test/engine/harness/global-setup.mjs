/** Before engine tests: a compiled package that matches the sources, and a Pulumi CLI on a PATH of the tests' own. */
import { ensureBuilt } from "../../../tools/build.mjs";
import { resolvePulumi } from "../../../tools/pulumi-cli.mjs";

const say = (line) => process.stderr.write(`${line}\n`);

export default async function globalSetup() {
  try {
    await ensureBuilt();
  } catch (error) {
    // tsc writes what it can. Types are `npm run typecheck`'s to judge, here as in the transform of the tests.
    say(error.message.split("\n").slice(0, 6).join("\n"));
  }
  process.env.PULUMI_CJA_TEST_PATH = (await resolvePulumi({ say })).path;
}
