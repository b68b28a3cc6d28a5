/** Programs that are compiled once from a Go module in tools/, whose go.sum names all that they are made of, and kept for this user. */
import { chmodSync, copyFileSync, existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder, root, userCache } from "./folders.mjs";
import { run } from "./process.mjs";

const suffix = process.platform === "win32" ? ".exe" : "";

/** The version of a Go module, as the go.mod in a folder of tools/ pins it. */
export function pinnedModule(folder, module) {
  const text = readFileSync(join(root, "tools", folder, "go.mod"), "utf8");
  const found = text.match(new RegExp(`^\\s*(?:require )?${module.replaceAll(".", "\\.")} v(\\S+)`, "m"));
  if (!found) throw new Error(`tools/${folder}/go.mod pins no ${module}`);
  return found[1];
}

/**
 * The path of a program; `say` gets a line when it is compiled.
 *
 * @param folder of tools/ that has the Go module
 * @param path of the program: an import path, or a folder below
 * @param beside files of another module that belong beside it: `{ module, files }`
 */
export async function goTool({ name, version, folder, path, beside, say = () => {}, env = process.env }) {
  const target = join(userCache(env), `${name}-${version}-${process.platform}-${process.arch}`);
  const file = join(target, name + suffix);
  if (existsSync(file)) return file;
  say(`compiling ${name} ${version}, once`);
  const cwd = join(root, "tools", folder);
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", "-s -w"];
  try {
    await makeFolder(target, async (draft) => {
      await run("go", [...args, "-o", join(draft, name + suffix), path], { cwd, env });
      if (!beside) return;
      const { stdout } = await run("go", ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", beside.module], {
        cwd,
        env,
      });
      for (const one of beside.files) {
        const copy = join(draft, basename(one));
        copyFileSync(join(stdout.trim(), one), copy);
        chmodSync(copy, 0o755);
      }
    });
  } catch (error) {
    const reason =
      error.code === "ENOENT" ? "Go is not installed: https://go.dev/dl/" : (error.output ?? error.message);
    throw new Error(`there is no ${name} ${version} here, and it could not be built: ${reason}`, { cause: error });
  }
  return file;
}
