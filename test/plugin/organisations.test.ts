import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { deviceIs, UNLIMITED } from "../engine/programs";
import { build } from "../faults/host";
import { startPluginProcess, type PluginProcess } from "../provider-process/plugin-process";

// Adobe has all organisations at the same URLs: an emulator of one organisation after the other at one port.

const SEGMENT = "cja:index:Segment";
const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });

interface Account {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
const account = (orgId: string, clientId: string): Account => ({
  orgId,
  clientId,
  clientSecret: `secret of ${clientId}`,
});
const FIRST = account("FIRST@AdobeOrg", "client-1");
const SECOND = account("SECOND@AdobeOrg", "client-2");

describe("organisations on one machine", () => {
  let stateHome: string;
  let port: number | undefined;
  let emulator: Emulator | undefined;
  const running: PluginProcess[] = [];

  /** A provider of a program, with the emulator of its organisation. */
  const provider = async (of: Account, settings: Readonly<Record<string, string>> = {}) => {
    await emulator?.close();
    emulator = await startEmulator({ limits: false, ...of, ...(port !== undefined && { port }) });
    port = Number(new URL(emulator.url).port);
    const { url } = emulator;
    const config = { ...of, cjaUrl: url, imsUrl: url, platformUrl: `${url}/data/core/ups`, ...settings };
    const plugin = await startPluginProcess({ stateHome, provider: of.clientId, config, environment: UNLIMITED });
    running.push(plugin);
    return plugin;
  };
  const make = async (plugin: PluginProcess, name: string) => {
    const segment = plugin.resource(SEGMENT, name);
    return segment.create((await segment.check(args(name))).inputs);
  };
  const filesOf = () =>
    new Map(
      readdirSync(stateHome, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "utf8")]),
    );
  const endAll = async () => {
    for (const one of running.splice(0)) await one.stop();
  };

  beforeAll(() => build());
  beforeEach(() => {
    stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-organisations-"));
  });
  afterEach(async () => {
    await endAll();
    await emulator?.close();
    emulator = undefined;
    rmSync(stateHome, { recursive: true, force: true });
  });

  test("share no file in the state folder, and none has a credential of another", async () => {
    await make(await provider(FIRST), "of the first");
    await endAll();
    const before = filesOf();
    expect(before.size).toBeGreaterThan(3);
    await make(await provider(SECOND), "of the second");
    await endAll();
    const after = filesOf();
    for (const [name, text] of before) expect([name, after.get(name)]).toEqual([name, text]);
    expect(after.size).toBe(2 * before.size);
    for (const text of after.values()) expect(text).not.toMatch(/secret of/);
    // Each was answered: the emulator lets in one organisation and one client alone.
    expect(emulator?.control.segments().map(({ name }) => name)).toEqual(["of the second"]);
  });

  test("have limits of their own, and two clients of one organisation have one together", async () => {
    const tight = { requestsPerMinute: "4" };
    const waits = (plugin: PluginProcess) => plugin.stderr.some((line) => line.includes("requests a minute"));
    // A verdict, and what an interrupted run may have left, come before the creation: the limit is reached.
    const first = await provider(FIRST, tight);
    await make(first, "of the first");
    const made = make(await provider(SECOND, tight), "of the second");
    await made;
    expect(running.map(waits)).toEqual([false, false]);

    const colleague = await provider({ ...FIRST, clientId: "client-3", clientSecret: "secret of client-3" }, tight);
    const waiting = colleague.resource(SEGMENT, "colleague").check(args("of a colleague"));
    while (!waits(colleague)) await new Promise((resolve) => setTimeout(resolve, 20));
    await colleague.cancel();
    expect((await waiting).failures.join()).toContain("the run was cancelled");
  });
});
