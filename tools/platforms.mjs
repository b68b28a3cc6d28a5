/**
 * `npm run test:platforms`: the packed package in users' projects, on each Node, Pulumi, package manager and TypeScript loader that it is
 * made for. tools/platforms/cells.mjs says what is tried together, tools/platforms/life.mjs what is done there.
 */
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { root } from "./folders.mjs";
import { ensureInstalled } from "./install.mjs";
import { pinnedTool, pinnedToolVersion } from "./pinned-tools.mjs";
import { AXES, cellsFor, parseOnly } from "./platforms/cells.mjs";
import { live } from "./platforms/life.mjs";
import { table } from "./platforms/table.mjs";
import { ownWarnings, toolOf } from "./platforms/project.mjs";
import { warningsIn } from "./platforms/warnings.mjs";
import { interrupted, npm, onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { obtainPulumi, pinnedVersion } from "./pulumi-cli.mjs";

const help = `npm run test:platforms [-- OPTIONS]

Takes a small project through its life in each combination (a "cell") of
${Object.entries(AXES)
  .map(([axis, values]) => `  ${axis.padEnd(11)} ${values.join(", ")}`)
  .join("\n")}
so that every two values meet in some cell. It ends with 1 if a cell fails or warns. What a cell printed is in .tmp/platforms/.

  --only AXIS=VALUE,…    only these values of these axes
  --newest VERSION       the version of Pulumi that is the newest (default: the one pinned in tools/pulumi-cli/cli)
  --at-a-time N          cells side by side (default: 2)
  --list                 say which cells there are, and run none
  --json                 print the results as JSON on stdout, and what goes on on stderr

Examples:
  npm run test:platforms
  npm run test:platforms -- --only node=26,pm=bun
  npm run test:platforms -- --only node=22,node=24,typescript=strip
  npm run test:platforms -- --only sdk=newest,cli=newest --newest 3.280.0
  npm --silent run test:platforms -- --json > platforms.json
`;

const options = refusing(readOptions);
if (options.help) console.log(help);
else {
  const chosen = refusing(() => cellsFor(options.only === undefined ? {} : parseOnly(options.only)));
  if (options.list) console.log(chosen.map((cell) => Object.values(cell).join(" ")).join("\n"));
  else await main(chosen);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      newest: { type: "string", default: pinnedVersion() },
      "at-a-time": { type: "string", default: "2" },
      list: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (!/^[1-9]\d?$/.test(values["at-a-time"])) throw new Error("--at-a-time is a number from 1 to 99");
  if (!/^\d+\.\d+\.\d+$/.test(values.newest)) throw new Error("--newest is a version, as 3.276.0");
  return values;
}

/** What is wrong with the options is one line. */
function refusing(read) {
  try {
    return read();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

async function main(chosen) {
  const out = progress(4, { stream: options.json ? process.stderr : process.stdout });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cja-platforms-")));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  onInterrupt(cleanUp);
  try {
    const again = "see that the npm registry can be reached, then run the same command again.";
    const tarball = await out.step("Pack", again, () => pack(folder, out));
    const folders = await out.step("Node, package managers", again, () => obtainTools(chosen, out));
    const clis = await out.step("Pulumi", "do one of these, then run the same command again.", () =>
      obtainPulumis(chosen, out),
    );
    const tools = { folders, ...clis };
    const advice = "look into .tmp/platforms/ for what the cell printed; --only runs it alone.";
    const results = await out.step(
      `${chosen.length} cells`,
      advice,
      () => runAll(chosen, { folder, tarball, tools, out }),
      {
        talks: true,
      },
    );
    if (options.json) console.log(JSON.stringify(results, undefined, 2));
    else console.log(`\n${table(results)}`);
    if (results.some(({ outcome }) => outcome !== "ok")) process.exitCode = 1;
  } catch (error) {
    out.failed(error);
    process.exitCode = 1;
  } finally {
    cleanUp();
  }
}

/** Once for all. Its name tells its content, so that no package manager takes an earlier one from its cache. */
async function pack(folder, out) {
  await ensureInstalled({ say: out.note, onText: out.relay() });
  await ensureBuilt();
  const [command, ...first] = npm();
  await run(command, [...first, "pack", "--ignore-scripts", "--pack-destination", folder, "--loglevel=error"], {
    cwd: root,
  });
  const [name] = readdirSync(folder).filter((one) => one.endsWith(".tgz"));
  const hash = createHash("sha256")
    .update(readFileSync(join(folder, name)))
    .digest("hex")
    .slice(0, 12);
  const tarball = join(folder, `pulumi-cja-${hash}.tgz`);
  renameSync(join(folder, name), tarball);
  return tarball;
}

/** What the chosen cells need: folders of tools by name. */
async function obtainTools(chosen, out) {
  const names = new Set(chosen.flatMap((cell) => [`node-${cell.node}`, toolOf(cell)]));
  const folders = {};
  for (const name of names) folders[name] = await pinnedTool(name, { say: out.note });
  return folders;
}

/** Versions of Pulumi, and the folders of its programs, by `oldest` and `newest`. */
async function obtainPulumis(chosen, out) {
  const cli = {};
  const versions = { oldest: pinnedVersion("oldest-cli"), newest: options.newest };
  for (const age of new Set(chosen.map((cell) => cell.cli))) {
    const { pulumi } = await obtainPulumi({ version: versions[age], say: out.note });
    cli[age] = dirname(pulumi);
  }
  return { cli, versions };
}

async function runAll(chosen, { folder, tarball, tools, out }) {
  const env = await userEnvironment(folder);
  const logs = join(root, ".tmp", "platforms");
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const waiting = [...chosen];
  const results = [];
  const worker = async () => {
    for (let cell = waiting.shift(); cell && !interrupted(); cell = waiting.shift()) {
      const name = Object.values(cell).join("-");
      const { said, ...result } = await runCell(join(folder, name), cell, { tarball, tools, env, folder });
      writeFileSync(join(logs, `${name}.log`), [said.install, said.life, ...result.problems].join("\n"));
      results.push(result);
      out.note(`${result.outcome.padEnd(6)} ${name}`);
      for (const line of result.problems) out.note(`         ${line}`);
    }
  };
  await Promise.all(Array.from({ length: Number(options["at-a-time"]) }, worker));
  const order = new Map(chosen.map((cell, at) => [cell, at]));
  return results.sort((a, b) => order.get(a.cell) - order.get(b.cell));
}

async function runCell(place, cell, { tarball, tools, env, folder }) {
  const said = { install: "", life: "" };
  const given = {
    tools: { node: tools.folders[`node-${cell.node}`], pm: tools.folders[toolOf(cell)], cli: tools.cli[cell.cli] },
    tarball,
    versions: dependencies(tools.versions[cell.sdk]),
    env,
    mutex: join(folder, "yarn-mutex"),
    onText: (phase, text) => (said[phase] += text),
  };
  const what = { cell, cli: tools.versions[cell.cli], pm: pinnedToolVersion(toolOf(cell)), said };
  try {
    const ran = await live(place, cell, given);
    const problems = [...warningsIn(said.install, ownWarnings[cell.pm]), ...warningsIn(said.life)];
    return { ...what, ...ran, outcome: problems.length > 0 ? "warns" : "ok", problems };
  } catch (error) {
    const lastLines = (error.output ?? "").trim().split("\n").slice(-15);
    return { ...what, outcome: "failed", problems: [...error.message.split("\n"), ...lastLines] };
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a user's project depends on. The SDK is of a version of its own; the others are those that the package is made with. */
function dependencies(sdk) {
  const installed = (name) =>
    JSON.parse(readFileSync(join(root, "node_modules", ...name.split("/"), "package.json"), "utf8")).version;
  return {
    "@pulumi/pulumi": sdk,
    typescript: installed("typescript"),
    "@types/node": installed("@types/node"),
  };
}

/** This machine's, without what an `npm run` or a Pulumi of its own adds. Other package managers reach the registry as npm does. */
async function userEnvironment(folder) {
  const foreign = /^(PULUMI|CJA|GITHUB|npm)_|^(INIT_CWD|NODE_OPTIONS|CI)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const [command, ...first] = npm();
  const setting = async (name) => {
    const { stdout } = await run(command, [...first, "config", "get", name], { cwd: folder, env });
    return ["null", "undefined", ""].includes(stdout.trim()) ? undefined : stdout.trim();
  };
  const [registry, cafile] = await Promise.all([setting("registry"), setting("cafile")]);
  return {
    ...env,
    PATH: env.PATH.split(delimiter)
      .filter((entry) => !/node_modules[\\/]\.bin|node-gyp-bin/.test(entry))
      .join(delimiter),
    YARN_NPM_REGISTRY_SERVER: registry,
    ...(cafile && { YARN_HTTPS_CA_FILE_PATH: cafile, NODE_EXTRA_CA_CERTS: cafile }),
    // Node says nothing of what its users do if it is told to be silent.
    NODE_NO_WARNINGS: undefined,
    NO_COLOR: "1",
  };
}
