import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createProject, pulumiEnvironment } from "./harness/project";
import { deviceIs } from "./programs";

// Inline programs of the Automation API share a process, which nothing of ours may end or leave hanging.

const run = promisify(execFile);

const script = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const cja = require("pulumi-cja");

const preview = async (stackName, args) => {
  const program = async () => {
    const segment = new cja.Segment("it", args);
    // An export waits for a resource that is never registered.
    return { id: segment.id };
  };
  const stack = await LocalWorkspace.createStack({ stackName, projectName: "inline", program }, {
    workDir: __dirname,
    projectSettings: { name: "inline", runtime: "nodejs" },
    envVars: { CJA_VALIDATE: "apply" },
  });
  return stack.preview().then(({ changeSummary }) => ({ changeSummary }), (error) => ({ error: error.message }));
};

const good = { name: "Good", dataViewId: "dv_dev", definition: ${JSON.stringify(deviceIs("Phone"))}, adoptId: "s1" };
const atOnce = () => Promise.all([preview("bad", { ...good, name: "" }), preview("good", good)]);
atOnce().then(async ([bad, good1]) => console.log(JSON.stringify([bad, good1, await preview("later", good)])));
`;

test("a program with mistakes ends, with its report, and the others of its process go on", async () => {
  const folder = await createProject({ program: "", project: "inline" });
  writeFileSync(join(folder, "inline.js"), script);
  const env = { ...pulumiEnvironment(folder), XDG_STATE_HOME: join(folder, "state-home") };
  const { stdout } = await run(process.execPath, ["inline.js"], { cwd: folder, env, timeout: 60_000 }).finally(() =>
    rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  );
  const [bad, good, later] = JSON.parse(stdout) as { error?: string; changeSummary?: object }[];
  expect(bad?.error).toContain(
    [
      "1 mistake in the arguments of 1 resource; nothing was sent or changed.",
      '    cja.Segment "it"',
      '      name: found the string "", expected a string that is not empty',
    ].join("\n"),
  );
  expect([good, later]).toEqual([{ changeSummary: { create: 2 } }, { changeSummary: { create: 2 } }]);
});
