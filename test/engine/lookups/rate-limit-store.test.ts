import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../../emulator";
import { freePort, hasRedis, RedisServer } from "../../redis/redis-server";
import { pulumiEnvironment } from "../harness/project";
import { createStack, type Stack } from "../harness/stack";
import { deviceIs } from "../programs";

const suite = hasRedis ? describe : describe.skip;

const head = `const cja = require("pulumi-cja"); const definition = ${JSON.stringify(deviceIs("Phone"))};`;
const made = `new cja.Segment("made", { name: "Made", dataViewId, definition });`;

/** What a program can look like. */
const PROGRAMS: readonly [string, string][] = [
  ["with resources alone", `${head} const dataViewId = "dv_dev"; ${made}`],
  [
    "whose lookup is an output",
    `${head} const dataViewId = cja.getDataViewOutput({ name: "Development" }).id; ${made}`,
  ],
  [
    "that waits for its lookup",
    `${head} module.exports = async () => { const { id: dataViewId } = await cja.getDataView({ name: "Development" }); ${made} };`,
  ],
  ["that does not wait for its lookup", `${head} const dataViewId = "dv_dev"; ${made} void cja.findSegmentJobs();`],
  ["that is an ES module", `module.exports = import("./program.mjs");`],
];

const esModule = `
import * as cja from "pulumi-cja";
const { id: dataViewId } = await cja.getDataView({ name: "Development" });
const definition = ${JSON.stringify(deviceIs("Phone"))};
${made}
`;

/** Two programs in one process, which ends when they have. */
const inline = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const cja = require("pulumi-cja");
const preview = async (stackName) => {
  let found;
  const program = async () => { found = (await cja.findDataViews()).dataViews.length; };
  const projectSettings = { name: "inline", runtime: "nodejs" };
  const stack = await LocalWorkspace.createStack({ stackName, projectName: "inline", program }, { workDir: __dirname + "/inline", projectSettings });
  await stack.preview();
  return found;
};
require("node:fs").mkdirSync(__dirname + "/inline");
Promise.all([preview("a"), preview("b")]).then((found) => console.log(JSON.stringify(found)));
`;

/** A program that hangs is seen by the limit of the test. */
suite("a program ends with a rate-limit store", () => {
  let emulator: Emulator;
  let redis: RedisServer;
  let stack: Stack;

  beforeAll(async () => {
    redis = await RedisServer.start("pass-word");
    emulator = await startEmulator({ limits: false });
    const env = { ...emulator.environment, CJA_RATE_LIMIT_STORE: redis.url };
    stack = await createStack({ env, program: "", files: { "program.mjs": esModule } });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
    await redis.stop();
  });

  test.each(PROGRAMS)("%s", async (_, program) => {
    stack.setProgram(program);
    const { changes, output } = await stack.preview();
    expect(changes).toEqual({ create: 1 });
    expect(output).not.toContain("rate-limit store");
  });

  test("whose lookup fails", async () => {
    stack.setProgram(`${head} void cja.getDataView({ name: "Nowhere" });`);
    const { output } = await stack.preview({ fails: true });
    expect(output).toContain('there is no data view with the name "Nowhere"');
  });

  test("that is not there, or lost between the operations", async () => {
    stack.setProgram(PROGRAMS[2]?.[1] ?? "");
    await stack.up();
    const gone = `redis://127.0.0.1:${await freePort()}`;
    const { changes, output } = await stack.up({ preview: true, env: { CJA_RATE_LIMIT_STORE: gone } });
    expect(changes).toEqual({ same: 1 });
    expect(output).toMatch(/the rate-limit store \(cja:rateLimitStore\) cannot be used \(.*ECONNREFUSED/);
    await stack.refresh();
    await stack.destroy();
  });

  test("and so does a process with several programs of the Automation API", async () => {
    writeFileSync(join(stack.folder, "inline.js"), inline);
    const env = {
      ...pulumiEnvironment(stack.folder),
      ...emulator.environment,
      XDG_STATE_HOME: stack.stateHome,
      CJA_RATE_LIMIT_STORE: redis.url,
    };
    const { stdout } = await promisify(execFile)(process.execPath, ["inline.js"], { cwd: stack.folder, env });
    expect(JSON.parse(stdout)).toEqual([3, 3]);
  });
});
