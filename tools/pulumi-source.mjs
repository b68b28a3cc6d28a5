/** The Pulumi CLI and its Node.js host, compiled from the pinned Go modules in tools/pulumi-cli. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { run } from "./process.mjs";

const modules = (version) => [
  {
    name: "pulumi-language-nodejs",
    folder: "nodejs-host",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: "-s -w",
  },
  {
    name: "pulumi",
    folder: folderOf(version),
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
  },
];

/** Where the CLI of this version is pinned, with the sums of all that it is made of. */
function folderOf(version) {
  const pinned = (folder) => readFileSync(join(root, "tools", "pulumi-cli", folder, "go.mod"), "utf8");
  const found = ["cli", "oldest-cli"].find((folder) => pinned(folder).includes(`pulumi/pkg/v3 v${version}\n`));
  if (!found) throw new Error(`tools/pulumi-cli has no Go module of Pulumi ${version}`);
  return found;
}

/** Builds both into `target`/bin. Modules come through the Go proxy, checked against go.sum. */
export async function buildFromSource({ version, target, suffix, env, say }) {
  const go = await run("go", ["env", "GOVERSION"], { env }).catch((error) => {
    throw new Error(error.code === "ENOENT" ? "Go is not installed" : error.message, { cause: error });
  });
  const pinned = modules(version);
  say(`building Pulumi ${version} with ${go.stdout.trim()}, once: about 7 minutes on two cores, kept for later`);
  // Inside the draft, so that an interrupted build leaves nothing behind.
  const scratch = join(target, "go-tmp");
  mkdirSync(scratch, { recursive: true });
  for (const module of pinned) {
    const started = Date.now();
    const output = join(target, "bin", module.name + suffix);
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", module.ldflags, "-o", output, module.package];
    try {
      await run("go", args, {
        cwd: join(root, "tools", "pulumi-cli", module.folder),
        env: { ...env, GOTMPDIR: scratch },
      });
    } catch (error) {
      throw new Error(`go build of ${module.name} failed: ${lastLines(error.output)}`, { cause: error });
    }
    say(`  ${module.name} is built (${Math.round((Date.now() - started) / 1000)} s)`);
  }
  rmSync(scratch, { recursive: true, force: true });
}

function lastLines(text = "") {
  return text.trim().split("\n").slice(-5).join("\n    ");
}
