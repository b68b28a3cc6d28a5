/** `npm run demo`: the example of examples/quickstart from nothing to nothing, against the emulator. No account, no network. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { setUp, setUpSteps } from "./setup.mjs";

const stack = "demo";
/** What the example asks for: a data view and audiences that the emulator takes. */
const config = {
  "segments:dataViewId": "dv_prod",
  "segments:audiences": ["54669488-03ab-4e0d-a694-37fe49e32be8", "6ae33d92-a5d8-4c6e-b7a4-d2a8b0f7a6c1"],
};
const attempts = 30;
const pause = 500;
/** What Pulumi prints to show that it goes on. */
const chatter =
  /^\s*$|^@ |(creating|updating|deleting|refreshing) \(\d+s\)|history and configuration associated|^If you want to remove/;

const out = progress(setUpSteps + 5);
const left = [];
const cleanUp = async () => {
  for (const undo of left.splice(0).reverse()) await undo();
};
onInterrupt(cleanUp);

try {
  await demo();
} catch (error) {
  out.failed(error);
  process.exitCode = 1;
} finally {
  await cleanUp();
}

async function demo() {
  console.log(
    out.bold("pulumi-cja: segments and segment jobs as code, against an emulator of Adobe's APIs on this machine"),
  );
  const cli = await setUp(out);
  const report = "this should not happen: please report it together with the output above.";

  const emulator = await out.step(
    "Start the emulator",
    "see whether a firewall forbids ports on 127.0.0.1.",
    startEmulator,
  );
  const { pulumi, sizes } = await projectIn(cli, emulator);

  await out.step("Deploy three segments and a segment job: pulumi up", report, async () => {
    await pulumi(["stack", "init", stack], { quiet: true });
    await pulumi(["up", "--yes", "--skip-preview"]);
  });

  await out.step("Change one segment, look at the plan, apply it: pulumi preview, pulumi up", report, async () => {
    out.note("the threshold of “Big spenders” goes from 100 to 250");
    await pulumi(["config", "set", "segments:threshold", "250"], { quiet: true });
    await pulumi(["preview", "--diff"]);
    await sizes(await pulumi(["preview", "--json"], { quiet: true }));
    await pulumi(["up", "--yes", "--skip-preview"]);
  });

  await out.step("Follow the job: pulumi refresh", report, () => followJob(pulumi));

  await out.step("See what the service has, then remove it all: pulumi destroy", report, async () => {
    table(emulator.control);
    await pulumi(["destroy", "--yes", "--skip-preview"]);
    const rest = emulator.control.segments().filter(({ deleted }) => !deleted);
    if (rest.length > 0) throw new Error(`still there: ${rest.map(({ name }) => name).join(", ")}`);
    out.note("no segment is left");
  });
  out.done("Done.");
  console.log(
    "Next: examples/quickstart/index.ts is the program; `npx pulumi-cja emulate` starts the emulator for your own.",
  );
}

async function startEmulator() {
  const { startEmulator: start } = await import(pathToFileURL(join(root, "dist", "emulator", "index.js")).href);
  // Long enough for a job to be seen on its way.
  const jobTiming = { newMs: 3_000, queuedMs: 4_000, processingMs: 5_000 };
  const emulator = await start({ port: 0, jobTiming });
  left.push(() => emulator.close());
  out.note(`it answers at ${emulator.url}`);
  return emulator;
}

/** Copies the example below the checkout, where it finds the package, and runs `pulumi` there with a home and a backend of its own. */
async function projectIn(cli, emulator) {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  const folder = mkdtempSync(join(root, ".tmp", "demo-"));
  left.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  cpSync(join(root, "examples", "quickstart"), join(folder, "examples", "quickstart"), { recursive: true });
  // JSON is YAML, too.
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
  mkdirSync(join(folder, "backend"));
  const ours = Object.entries(process.env).filter(([name]) => !/^(PULUMI|CJA)_/.test(name));
  const env = {
    ...Object.fromEntries(ours),
    ...emulator.environment,
    PATH: cli.path,
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_STACK: stack,
    XDG_STATE_HOME: join(folder, "state-home"),
  };
  const colour = out.coloured ? "always" : "never";
  const pulumi = (args, { quiet = false } = {}) => {
    const onText = quiet ? undefined : out.relay(chatter);
    return run(cli.pulumi, [...args, "--non-interactive", "--color", colour], { cwd: folder, env, onText }).catch(
      (error) => {
        throw quiet ? new Error(`${error.message}:\n${error.output}`, { cause: error }) : error;
      },
    );
  };
  /** How many people the plan is about: `pulumi-cja size`. */
  const sizes = async ({ stdout }) => {
    const file = join(folder, "preview.json");
    writeFileSync(file, stdout);
    const command = [join(root, "dist", "cli", "main.js"), "size", "--preview", file];
    await run(process.execPath, command, { cwd: folder, env, onText: out.relay(/^pulumi-cja: /) });
  };
  return { pulumi, sizes };
}

async function followJob(pulumi) {
  let before;
  for (let attempt = 0; attempt < attempts; attempt++) {
    await pulumi(["refresh", "--yes", "--skip-preview"], { quiet: true });
    const { stdout } = await pulumi(["stack", "export"], { quiet: true });
    const job = JSON.parse(stdout).deployment.resources.find(({ type }) => type.endsWith(":SegmentJob"));
    const { status } = job.outputs;
    if (status !== before) out.note(`job ${job.id}: ${status}`);
    if (status === "SUCCEEDED") return;
    if (status === "FAILED" || status === "CANCELLED") throw new Error(`the job ended as ${status}`);
    before = status;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(`the job is ${before} after ${attempts} refreshes`);
}

function table(control) {
  const segments = control.segments().map(({ id, name, dataViewId }) => ["Segment", name, dataViewId, id]);
  const jobs = control
    .jobs()
    .map(({ id, segmentIds, status }) => ["Job", `${segmentIds.length} audiences`, status, id]);
  const rows = [["", "what", "where, or status", "ID"], ...segments, ...jobs];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ");
  for (const row of rows) out.note(line(row).trimEnd());
}
