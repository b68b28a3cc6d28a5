import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { isAlive, processContent, thisProcess, type ProviderProcess } from "../../../../provider/state/engine-process";
import { isRunning, startOf, currentPlace } from "../../../../provider/state/process-place";
import { compileTo, packages } from "./compiled";

describe("the process that the provider runs in", () => {
  it.each([
    [["127.0.0.1:38087"], { pid: 7, engine: "127.0.0.1:38087" }],
    [["--logtostderr", "-v=9", "127.0.0.1:38087"], { pid: 7, engine: "127.0.0.1:38087" }],
    [["[::1]:38087"], { pid: 7, engine: "[::1]:38087" }],
    [["localhost:38087", "/project"], { pid: 7, engine: "localhost:38087" }],
    [[], { pid: 7 }],
    [["C:\\project", "review"], { pid: 7 }],
  ])("of arguments %j", (args, expected) => {
    const { pid, engine } = thisProcess(7, args);
    expect({ pid, ...(engine !== undefined && { engine }) }).toEqual(expected);
  });
});

describe("whether a process still works for somebody", () => {
  const listening = async (host: string) => {
    const server = createServer().listen(0, host);
    await once(server, "listening");
    return { port: (server.address() as AddressInfo).port, close: () => new Promise((done) => server.close(done)) };
  };

  it("is so while its engine listens, and no longer", async () => {
    const engine = await listening("127.0.0.1");
    const self = { pid: process.pid, engine: `127.0.0.1:${engine.port}` };
    expect(await isAlive(self)).toBe(true);
    await engine.close();
    expect(await isAlive(self)).toBe("orphaned");
  });

  it("is so for a process without an engine", async () => {
    expect(await isAlive({ pid: process.pid })).toBe(true);
  });

  it("is not so for a process that has ended, even if something listens where its engine did", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const engine = await listening("127.0.0.1");
    expect(await isAlive({ pid })).toBe(false);
    expect(await isAlive({ pid, engine: `127.0.0.1:${engine.port}` })).toBe(false);
    await engine.close();
  });
});

// A PID means one process in one place only: a container has its own, and a machine gives them out anew.
describe("a process of another place", () => {
  const here = { host: "runner", boot: "b-1", pids: "pid:[1]", net: "net:[1]" };
  const self: ProviderProcess = { pid: process.pid, place: here };

  it.each<[string, Partial<typeof here>]>([
    ["another machine", { host: "other" }],
    ["this machine before it was started anew, or another one of its name", { boot: "b-2" }],
    ["another container", { pids: "pid:[2]" }],
  ])("is neither alive nor dead where it is one of %s", async (_, other) => {
    expect(await isAlive(self, here)).toBe(true);
    expect(await isAlive({ ...self, place: { ...here, ...other } }, here)).toBe("unknown");
    expect(await isAlive({ pid: 4_194_305, place: { ...here, ...other } }, here)).toBe("unknown");
  });

  it("is neither where only one of the two says more than a name", async () => {
    expect(await isAlive({ ...self, place: { host: "runner" } }, here)).toBe("unknown");
    expect(await isAlive({ ...self, place: { host: "runner" } }, { host: "runner" })).toBe(true);
  });

  it("is alive where its network cannot be reached from here", async () => {
    const engine = "127.0.0.1:9";
    expect(await isAlive({ ...self, engine }, here)).toBe("orphaned");
    expect(await isAlive({ ...self, engine, place: { ...here, net: "net:[2]" } }, here)).toBe(true);
  });
});

const linux = process.platform === "linux" ? describe : describe.skip;

linux("on Linux", () => {
  it("this process is read back as it is", async () => {
    const self = thisProcess(process.pid, []);
    expect(processContent.parse(JSON.parse(JSON.stringify(self)))).toEqual(self);
    expect(self).toEqual({ pid: process.pid, start: expect.stringMatching(/^\d+$/) as string, place: currentPlace() });
    expect(Object.keys(currentPlace())).toEqual(["host", "boot", "pids", "net"]);
    expect(await isAlive(self)).toBe(true);
  });

  it("a process that has got the number of an older one is not that one", async () => {
    const start = startOf(process.pid);
    expect([isRunning(process.pid, start), isRunning(process.pid, "1")]).toEqual([true, false]);
    expect(await isAlive({ pid: process.pid, start: "1" })).toBe(false);
  });

  it("a zombie does not run", async () => {
    // The shell starts one that ends when it is told to, and becomes one that never asks for its children: before, it would ask.
    const parent = spawn("sh", ["-c", "read line <&3 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore", "pipe"],
    });
    try {
      const [line] = (await once(parent.stdout as Readable, "data")) as [Buffer];
      const pid = Number(line.toString());
      const name = () => readFileSync(`/proc/${parent.pid}/comm`, "utf8").trim();
      while (name() !== "sleep") await new Promise((resolve) => setImmediate(resolve));
      (parent.stdio[3] as Writable).end("\n");
      while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
      expect(() => process.kill(pid, 0)).not.toThrow();
    } finally {
      parent.kill("SIGKILL");
      await once(parent, "close");
    }
  });

  const unshare = ["--user", "--map-root-user", "--pid", "--fork", "--mount-proc"];
  const canUnshare = spawnSync("unshare", [...unshare, "true"]).status === 0;

  (canUnshare ? it : it.skip)(
    "a process with PIDs of its own is not taken for one of the same number here",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "cja-place-"));
      try {
        compileTo(folder);
        const script = `
        const { currentPlace, startOf } = require(${JSON.stringify(join(folder, "state", "process-place.js"))});
        console.log(JSON.stringify({ pid: process.pid, start: startOf(process.pid), place: currentPlace() }));`;
        const env = { ...process.env, ...packages };
        const { stdout } = spawnSync("unshare", [...unshare, process.execPath, "-e", script], {
          env,
          encoding: "utf8",
        });
        const theirs = processContent.parse(JSON.parse(stdout));
        expect(theirs.pid).toBe(1);
        // Number 1 runs here, too, and has another start.
        expect(await isAlive(theirs)).toBe("unknown");
        expect(await isAlive({ ...theirs, place: currentPlace() })).toBe(false);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
