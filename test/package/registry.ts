/** A registry of npm's for a test: tools/registry.mjs in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export interface Registry {
  readonly url: string;
  /** What npm needs in its environment to publish. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts it; `folder` keeps what is published. */
export async function startRegistry(folder: string): Promise<Registry> {
  const tool = resolve(__dirname, "../../tools/registry.mjs");
  const child = spawn(process.execPath, [tool, folder], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, "line"), ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the registry did not start:\n${complaints}`);
  const { url, token } = JSON.parse(String(first[0])) as { url: string; token: string };
  // A shell on the way drops a variable of npm's with slashes in its name.
  const settings = join(folder, "npmrc");
  const own = process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc");
  writeFileSync(
    settings,
    `${existsSync(own) ? readFileSync(own, "utf8") : ""}\n${url.replace("http:", "")}/:_authToken=${token}\n`,
  );
  return {
    url,
    environment: { npm_config_userconfig: settings },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
