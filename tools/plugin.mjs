/**
 * `npm run plugin`: the plugin by itself, for those who have no npm: .tmp/plugin/pulumi-resource-cja, which runs where it is put and needs
 * Node alone, and a tarball of it for each platform, by the names that `pulumi plugin install` and a release at GitHub expect.
 * `-- --out FOLDER`: the tarballs go there.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { root } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";

const NAME = "pulumi-resource-cja";
/** As the engine calls them. The content is the same: Node is what differs. */
const PLATFORMS = ["linux", "darwin", "windows"].flatMap((os) => ["amd64", "arm64"].map((arch) => `${os}-${arch}`));

/** Makes the folder, and the tarballs in `out`. Returns the paths of both. */
export async function makePlugin(out = join(root, ".tmp", "plugin")) {
  await ensureBuilt();
  const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folder = join(root, ".tmp", "plugin", NAME);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(out, { recursive: true });
  copyFileSync(join(root, "dist", "provider", "native", "main.js"), join(folder, "main.js"));
  for (const file of ["LICENSE", "THIRD-PARTY-LICENSES.txt"]) copyFileSync(join(root, file), join(folder, file));
  for (const file of ["schema.json", `${NAME}.cmd`]) copyFileSync(join(root, "plugin", file), join(folder, file));
  // Where it reads its own version.
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ name: NAME, version, license, private: true }, undefined, 2)}\n`,
  );
  const start = readFileSync(join(root, "plugin", NAME), "utf8");
  writeFileSync(join(folder, NAME), start.replace("../dist/provider/native/main.js", "./main.js"));
  chmodSync(join(folder, NAME), 0o755);
  const [first, ...others] = PLATFORMS.map((platform) => join(out, `${NAME}-v${version}-${platform}.tar.gz`));
  await run("tar", ["-czf", first, "-C", folder, "."], { cwd: root });
  for (const other of others) copyFileSync(first, other);
  return { folder, tarballs: [first, ...others] };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const { folder, tarballs } = await makePlugin(values.out && resolve(values.out));
  for (const path of [folder, ...tarballs]) console.log(relative(process.cwd(), path));
}
