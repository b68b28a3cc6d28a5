/**
 * A registry of npm's on this machine alone, to try a release with: Verdaccio, installed once from the lock file in tools/registry. What it does
 * not have it passes on from the registry that npm is set to. It prints `{ url, token }`, and runs until it is interrupted.
 *
 *     node tools/registry.mjs FOLDER        FOLDER keeps what is published
 */
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder, root, userCache } from "./folders.mjs";
import { npm, onInterrupt, run } from "./process.mjs";

const lock = join(root, "tools", "registry");
const host = "127.0.0.1";

/** The folder in which Verdaccio is installed. */
async function ensureVerdaccio() {
  const { version } = JSON.parse(readFileSync(join(lock, "package-lock.json"), "utf8")).packages[
    "node_modules/verdaccio"
  ];
  const folder = join(userCache(), `verdaccio-${version}`);
  if (existsSync(folder)) return folder;
  console.error(`installing Verdaccio ${version}, once`);
  await makeFolder(folder, async (draft) => {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(lock, name), join(draft, name));
    const [command, ...first] = npm();
    await run(command, [...first, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: draft });
  });
  return folder;
}

async function npmSetting(name) {
  const [command, ...first] = npm();
  const { stdout } = await run(command, [...first, "config", "get", name], { cwd: root });
  return stdout.trim();
}

const isSet = (setting) => !["", "null", "undefined"].includes(setting);

/** Starts it on a free port; returns Node's server. */
async function startRegistry(storage) {
  const [folder, url, ca] = await Promise.all([ensureVerdaccio(), npmSetting("registry"), npmSetting("cafile")]);
  const { runServer } = createRequire(join(folder, "package.json"))("verdaccio");
  mkdirSync(storage, { recursive: true });
  const server = await runServer({
    storage,
    self_path: storage,
    auth: { htpasswd: { file: join(storage, "htpasswd") } },
    uplinks: { npm: { url, cache: false, ...(isSet(ca) && { ca: readFileSync(ca, "utf8") }) } },
    packages: {
      // Never the one of the same name that may be there.
      "pulumi-cja": { access: "$all", publish: "$authenticated" },
      "**": { access: "$all", proxy: "npm" },
    },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  });
  await new Promise((listening) => server.listen(0, host, listening));
  return server;
}

/** npm publishes for somebody only. */
async function tokenFrom(url) {
  const name = "release";
  const body = JSON.stringify({ name, password: "only on this machine" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/-/user/org.couchdb.user:${name}`, { method: "PUT", headers, body });
  if (!answer.ok) throw new Error(`Verdaccio gives no token: status ${answer.status}, ${await answer.text()}`);
  return (await answer.json()).token;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [, , folder] = process.argv;
  if (!folder) throw new Error("say where it keeps what is published: node tools/registry.mjs FOLDER");
  let server;
  onInterrupt(() => server && new Promise((closed) => server.close(closed)));
  server = await startRegistry(resolve(folder));
  const url = `http://${host}:${server.address().port}`;
  console.log(JSON.stringify({ url, token: await tokenFrom(url) }));
}
