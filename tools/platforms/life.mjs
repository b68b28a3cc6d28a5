/** The short life of a user's project: installed, made, nothing to do, changed by hand and read, reviewed, changed, destroyed. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../process.mjs";
import { installCommand, writeProject } from "./project.mjs";

const stack = "dev";

/**
 * Takes the project of a cell through its life, in `folder`. Throws at the first thing that is not as it should be.
 *
 * @param tools folders of the cell's Node, of its package manager, and of the programs of its CLI
 * @param env of whoever runs this, with nothing of npm's or Pulumi's
 * @param onText gets `install` or `life`, and what a user would read of it
 * @returns what really ran, and how long that took
 */
export async function live(folder, cell, { tools, tarball, versions, env: outside, mutex, onText: said }) {
  mkdirSync(folder, { recursive: true });
  writeProject(folder, cell, { tarball, versions });
  const env = {
    ...outside,
    PATH: [join(tools.node, "bin"), tools.cli, outside.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_STACK: stack,
    XDG_STATE_HOME: join(folder, "state-home"),
  };
  const started = performance.now();
  const [command, ...args] = installCommand(cell.pm, {
    node: join(tools.node, "bin", "node"),
    folder: tools.pm,
    mutex,
  });
  await run(command, args, { cwd: folder, env, onText: (text) => said("install", text) });
  const installed = performance.now();
  const onText = (text) => said("life", text);
  const emulator = await startEmulator(folder, env, onText);
  try {
    const { node } = await walk(folder, { ...env, ...emulator.environment }, emulator, onText);
    return {
      node,
      sdk: readJson(join(folder, "node_modules", "@pulumi", "pulumi", "package.json")).version,
      installSeconds: (installed - started) / 1000,
      lifeSeconds: (performance.now() - installed) / 1000,
    };
  } finally {
    await emulator.stop();
  }
}

async function walk(folder, env, emulator, onText) {
  const options = { cwd: folder, env, onText };
  const pulumi = (...args) => run("pulumi", [...args, "--non-interactive", "--color", "never"], options);
  const up = (...args) => pulumi("up", "--yes", "--skip-preview", ...args);
  await pulumi("stack", "init", stack);

  await up();
  const made = stateOf(folder);
  const [spenders, phones] = made.outputs.ids;
  assert.deepEqual(
    names(await emulator.get("segments")),
    ["Big spenders", "On a phone"],
    "the segments that were made",
  );
  assert.equal((await emulator.get("jobs")).length, 1, "the jobs that were run");
  const { dataView, segment, job } = made.outputs;
  assert.deepEqual(
    [typeof dataView, segment, job],
    ["string", "On a phone", made.of("run").id],
    "what the lookups answer",
  );

  await emulator.send("DELETE", "requests");
  await up("--expect-no-changes");
  assert.deepEqual(await writes(emulator), [], "what is written when there is nothing to do");

  await emulator.send("PATCH", `segments/${phones}`, { name: "Renamed by hand" });
  await pulumi("refresh", "--yes", "--skip-preview");
  assert.equal(stateOf(folder).of("phones").inputs.name, "Renamed by hand", "what a refresh reads");

  // JSON is YAML, too.
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config: { "shop:threshold": 250 } }));
  const { stdout: preview } = await run("pulumi", ["preview", "--json", "--non-interactive"], { cwd: folder, env });
  writeFileSync(join(folder, "preview.json"), preview);
  const { stdout: review } = await run(
    join(folder, "node_modules", ".bin", "pulumi-cja"),
    ["review", "preview.json"],
    options,
  ).catch(
    // 2 says that something changes.
    (error) => (error.code === 2 ? { stdout: error.output } : Promise.reject(error)),
  );
  for (const said of ["Big spenders", "250", "Renamed by hand"]) assert.match(review, new RegExp(said), "the review");

  await up();
  const changed = await emulator.get("segments");
  assert.deepEqual(names(changed), ["Big spenders", "On a phone"], "the segments after the change");
  assert.match(JSON.stringify(changed.find(({ id }) => id === spenders)), /250/, "the threshold after the change");

  await pulumi("destroy", "--yes", "--skip-preview");
  assert.deepEqual(names(await emulator.get("segments")), [], "the segments that are left");
  return { node: made.outputs.node.replace(/^v/, "") };
}

/** The names of the segments that are not deleted. */
const names = (segments) =>
  segments
    .filter(({ deleted }) => !deleted)
    .map(({ name }) => name)
    .sort();

/** What was sent to change something; a lookup may ask what it likes. */
async function writes(emulator) {
  const requests = await emulator.get("requests");
  return requests.filter(({ method, path }) => method !== "GET" && !path.startsWith("/ims/"));
}

/** Outputs of the stack and resources by name, as they are on disk. */
function stateOf(folder) {
  const file = join(folder, "backend", ".pulumi", "stacks", "shop", `${stack}.json`);
  const { resources } = readJson(file).checkpoint.latest;
  return {
    outputs: resources.find(({ type }) => type === "pulumi:pulumi:Stack").outputs,
    of: (name) => resources.find(({ urn }) => urn.endsWith(`::${name}`)),
  };
}

/** The emulator as users start it, from the package that was installed, with the Node of the cell. */
async function startEmulator(folder, env, onText) {
  const ending = new AbortController();
  const options = ["emulate", "--port", "0", "--json", "--no-limits", "--job-seconds", "0.2"];
  let said = "";
  let ended;
  const announced = new Promise((resolve, reject) => {
    const started = run(join(folder, "node_modules", ".bin", "pulumi-cja"), options, {
      cwd: folder,
      env,
      signal: ending.signal,
      onText: (text) => {
        onText(text);
        said += text;
        const line = said.split("\n").find((one, at, all) => at < all.length - 1 && one.startsWith("{"));
        if (line) resolve(JSON.parse(line));
      },
    });
    ended = started.then(
      () => reject(new Error(`the emulator ended: ${said}`)),
      (error) => (error.name === "AbortError" ? undefined : reject(error)),
    );
  });
  const { url, environment } = await announced;
  const ask = async (method, path, body) => {
    const answer = await fetch(`${url}/__emulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!answer.ok)
      throw new Error(`the emulator answers ${method} ${path} with ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  return {
    environment,
    get: async (path) => (await (await ask("GET", path)).json())[path],
    send: ask,
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
}

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
