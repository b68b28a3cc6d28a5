import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alive, descendants } from "./harness/process-tree";
import { startProcess } from "./harness/process";

const checkout = resolve(__dirname, "../..");

/** A production environment that somebody has left set must not be touched. */
const foreign = {
  CJA_ORG_ID: "SHOP@AdobeOrg",
  CJA_URL: "http://127.0.0.1:1",
  PULUMI_BACKEND_URL: "https://127.0.0.1:1",
};

const demo = () => {
  const { PATH = "", HOME = "", XDG_CACHE_HOME } = process.env;
  const env = { PATH, HOME, ...(XDG_CACHE_HOME === undefined ? {} : { XDG_CACHE_HOME }), ...foreign };
  return startProcess(process.execPath, ["tools/demo.mjs"], { cwd: checkout, env }, (finished) => finished);
};
const folders = () => readdirSync(resolve(checkout, ".tmp")).filter((name) => name.startsWith("demo-"));

describe("npm run demo", () => {
  it("deploys, changes, follows the job and removes everything", async () => {
    const before = folders();
    const { code, output } = await demo().done;
    expect({ code, output }).toMatchObject({ code: 0 });
    const said = [
      /1\/8 Packages/,
      /\+ 5 created/,
      /num: 100 => 250/,
      /Big spenders: [\d,]+ → [\d,]+ persons \(−\d+%\) of 2,000 in the last 30 days/,
      /~ 1 to update\s+│\s+4 unchanged/,
      /~ 1 updated/,
      /job [-\w]+: SUCCEEDED/,
      /Segment +Big spenders/,
      /Job +2 audiences +SUCCEEDED/,
      /- 5 deleted/,
      /no segment is left/,
      /Done\./,
    ];
    expect(said.filter((pattern) => !pattern.test(output))).toEqual([]);
    // It looks for typos, as everybody's first stack does, and finds none.
    expect(output).not.toContain("warning:");
    // No terminal, no colour.
    expect(output).not.toContain("\u001b");
    expect(folders()).toEqual(before);
  });

  it("ends what it has started, and leaves no folder, when it is interrupted", async () => {
    const before = folders();
    const running = demo();
    try {
      await running.until("created (");
      const started = await descendants(running.pid);
      expect(started.length).toBeGreaterThan(1);
      process.kill(running.pid, "SIGINT");
      expect(await running.done).toMatchObject({ code: 130 });
      // On a busy machine the engine may have to be killed: its providers then find out, within seconds.
      while ((await alive(started)).length > 0) await pause(100);
      expect(folders()).toEqual(before);
    } finally {
      await running.killAll();
    }
  });
});
