/** A released Pulumi CLI, installed as the Automation API does it. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./folders.mjs";
import { run } from "./process.mjs";

const automation = join(root, "node_modules", "@pulumi", "pulumi", "automation", "index.js");
const script = `
  const { PulumiCommand } = (await import(process.argv[1])).default;
  await PulumiCommand.install({ root: process.argv[2], version: process.argv[3], skipVersionCheck: true });
`;

/** Installs into `target`/bin. Asks first, for at most a few seconds, whether the network lets it: the installer itself knows no limit. */
export async function downloadRelease({ version, target, env, say }) {
  try {
    const answer = await fetch("https://get.pulumi.com/install.sh", {
      method: "HEAD",
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  } catch (error) {
    throw new Error(`get.pulumi.com is out of reach (${error.cause?.code ?? error.message})`, { cause: error });
  }
  say(`downloading Pulumi ${version}`);
  const args = ["--input-type=module", "--eval", script, pathToFileURL(automation).href, target, version];
  await run(process.execPath, args, { env, timeout: 10 * 60_000 });
}
