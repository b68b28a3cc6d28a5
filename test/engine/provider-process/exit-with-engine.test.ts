import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");

/** What Pulumi's host does with errors that nobody has caught, and a provider that goes on printing. */
const program = `
process.on("uncaughtException", (error) => console.error(error.stack));
require("./dist/provider/state/exit-with-engine").exitWithEngine({ pid: process.pid }, () => process.exit(7), 100);
setInterval(() => process.stderr.write("a line\\n"), 20);
`;

test("a provider whose output nobody reads any more ends", async () => {
  const child = spawn(process.execPath, ["-e", program], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  try {
    await once(child.stderr, "data");
    child.stderr.destroy();
    expect(await once(child, "exit")).toEqual([7, null]);
  } finally {
    child.kill("SIGKILL");
  }
});

test("a provider whose engine is gone ends", async () => {
  const quiet = program.replace("{ pid: process.pid }", '{ pid: process.pid, engine: "127.0.0.1:9" }');
  const child = spawn(process.execPath, ["-e", quiet], { cwd: root, stdio: ["ignore", "ignore", "ignore"] });
  try {
    expect(await once(child, "exit")).toEqual([7, null]);
  } finally {
    child.kill("SIGKILL");
  }
});
