import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { isAlive, thisProcess } from "../../provider/engine-process";

describe("the process that the provider runs in", () => {
  it.each([
    [["127.0.0.1:38087"], { pid: 7, engine: "127.0.0.1:38087" }],
    [["--logtostderr", "-v=9", "127.0.0.1:38087"], { pid: 7, engine: "127.0.0.1:38087" }],
    [["[::1]:38087"], { pid: 7, engine: "[::1]:38087" }],
    [["localhost:38087", "/project"], { pid: 7, engine: "localhost:38087" }],
    [[], { pid: 7 }],
    [["C:\\project", "review"], { pid: 7 }],
  ])("of arguments %j", (args, expected) => {
    expect(thisProcess(7, args)).toEqual(expected);
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
    expect(await isAlive(self)).toBe(false);
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
