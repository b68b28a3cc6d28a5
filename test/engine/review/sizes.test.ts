/** The review of the change that the quickstart shows, with how many people it is about: on the real engine, and the emulator's own people. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { evaluate, metric, segment, visitors } from "../../../definition";
import { startEmulator, type Emulator } from "../../../emulator";
import { startProcess } from "../harness/process";
import { pulumiEnvironment } from "../harness/project";
import { createStack, type Stack } from "../harness/stack";
import { UNLIMITED } from "../programs";
import { checkout } from "../walk";

const compiled = (file: string) =>
  transpileModule(readFileSync(join(checkout, "examples/quickstart", file), "utf8"), {
    compilerOptions: { module: ModuleKind.CommonJS },
  }).outputText;
/** The change of the threshold changes three segments: six definitions. */
const program = `${compiled("index.ts")}
for (const [name, level] of [["big-events", cja.hits], ["big-sessions", cja.visits]])
  new cja.Segment(name, { name, dataViewId, definition: cja.segment(level(cja.metric("revenue").isAtLeast(threshold))) });
`;

let emulator: Emulator;
let stack: Stack;
beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    program,
    files: { "definitions.js": compiled("definitions.ts") },
  });
  await stack.pulumi(["config", "set", "segments:dataViewId", "dv_prod"]);
  await stack.up();
});
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

const personsOf = (threshold: number) =>
  evaluate(segment(visitors(metric("revenue").isAtLeast(threshold))), emulator.control.events()).persons.length;

const reports = () => emulator.control.requests().filter(({ path }) => path === "/reports");

interface Report {
  readonly metricContainer: { readonly metricFilters: readonly object[] };
}

async function pulumiCja(args: readonly string[]) {
  const env = {
    ...pulumiEnvironment(stack.folder),
    ...emulator.environment,
    ...UNLIMITED,
    XDG_STATE_HOME: stack.stateHome,
  };
  const main = join(checkout, "dist/cli/main.js");
  return startProcess(process.execPath, [main, ...args], { cwd: stack.folder, env }, (finished) => finished).done;
}

it("says the persons before and after, as the emulator's events have them, with one report; a second run asks nothing", async () => {
  await stack.pulumi(["config", "set", "segments:threshold", "250"]);
  const { stdout } = await stack.preview({ args: ["--json"] });
  writeFileSync(join(stack.folder, "preview.json"), stdout);
  const [before, after] = [personsOf(100), personsOf(250)];
  expect(before).toBeGreaterThan(after);
  const command = ["review", "preview.json", "--sizes", "--format", "text"];
  const first = await pulumiCja(command);
  expect(first.output).toContain(
    `Size: ${before.toLocaleString("en-US")} → ${after.toLocaleString("en-US")} persons (−`,
  );
  expect(first.output).toContain("of 2,000 in the last 30 days");
  // `try` counts the same in a file of the same events.
  writeFileSync(
    join(stack.folder, "events.jsonl"),
    emulator.control
      .events()
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(""),
  );
  const events = ["--preview", "preview.json", "--events", "events.jsonl"];
  const { stdout: tried } = await pulumiCja(["try", "program:big-spenders", ...events, "--json"]);
  expect(JSON.parse(tried)).toMatchObject({ persons: { selected: after, all: 2000 } });
  expect(first.output.match(/Size: /g)).toHaveLength(3);
  expect(reports().map(({ body }) => (body as Report).metricContainer.metricFilters.length)).toEqual([6]);
  const second = await pulumiCja(command);
  expect(second.stdout).toBe(first.stdout);
  expect(second.output).toContain("Adobe was not asked for sizes");
  expect(reports()).toHaveLength(1);
});
