/**
 * Where each test file runs: jest's own environment for Node, a state folder of its own, and a look at what the file leaves behind. Whatever would keep the
 * process alive (a server, a socket, a child process, a timer) fails the file that did not end it.
 */
const { rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { TestEnvironment } = require("jest-environment-node");

/** What is closed asks the loop for a few more turns; what is still there after so many is not going to end. */
const MOST_TURNS = 2_000;

/**
 * jest gives a worker half a second to end after this message, and says that it "failed to exit gracefully" if a busy machine takes
 * longer to give back its memory. Nothing is left open by then (see above): so it ends at once.
 */
const END_OF_WORKER = 2;
if (process.send) process.on("message", ([kind]) => kind === END_OF_WORKER && setImmediate(() => process.exit()));

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    // Node opens them when they are first asked for, and they stay.
    void [process.stdin, process.stdout, process.stderr];
    this.before = resources();
    // What an emulator of another file was remembered for, at the same port, or somebody's own stacks: neither is for a test to read.
    this.stateHome = join(tmpdir(), `pulumi-cja-state-${process.pid}-${process.hrtime.bigint()}`);
    this.global.process.env.XDG_STATE_HOME = this.stateHome;
  }

  async teardown() {
    await super.teardown();
    rmSync(this.stateHome, { recursive: true, force: true });
    let left = [];
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      left = without(resources(), this.before);
      if (left.length === 0) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`This file ends and leaves open: ${left.join(", ")}. A test ends whatever it starts.`);
  }
};

/** The kinds of what keeps the process alive now; an `Immediate` is the look's own. */
function resources() {
  return process.getActiveResourcesInfo().filter((kind) => kind !== "Immediate");
}

function without(all, some) {
  const left = [...all];
  for (const one of some) {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
