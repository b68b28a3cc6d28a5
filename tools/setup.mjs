/** What demo, tests and benchmarks need before they start: packages, the compiled package, a Pulumi CLI. */
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { onInterrupt } from "./process.mjs";
import { progress } from "./progress.mjs";
import { resolvePulumi } from "./pulumi-cli.mjs";

/** The steps that `setUp` takes. */
export const setUpSteps = 3;

/** Takes the first three steps of `out` and returns the CLI that was found. Each costs well under a second when nothing is to do. */
export async function setUp(out) {
  const again = "then run the same command again; what is done already is not repeated.";
  await out.step("Packages", `see that the npm registry can be reached, ${again}`, () =>
    ensureInstalled({ say: out.note, onText: out.relay() }),
  );
  await out.step("Compile", "correct the errors above (or ask for help with them), then run this again.", async () =>
    out.note((await ensureBuilt()) === "built" ? "dist/ is built" : "dist/ is up to date"),
  );
  return out.step("Pulumi CLI", `do one of these, ${again}`, async () => {
    const cli = await resolvePulumi({ say: out.note });
    out.note(`Pulumi ${cli.version} from ${cli.source}`);
    return cli;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const out = progress(setUpSteps);
  onInterrupt(() => {});
  try {
    await setUp(out);
  } catch (error) {
    out.failed(error);
    process.exitCode = 1;
  }
}
