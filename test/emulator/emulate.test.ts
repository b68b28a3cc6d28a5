import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../cli/main";
import { emulateCommand } from "../../cli/emulate";
import { sampleEvents, startEmulator } from "../../emulator";

interface Announced {
  readonly url: string;
  readonly environment: Record<string, string>;
}

/** Runs the command, hands what it printed to `use`, and then interrupts it. @returns all that it printed */
async function emulate(
  args: readonly string[],
  use: (printed: string) => Promise<void> = async () => {},
): Promise<string> {
  let printed = "";
  let failure: unknown;
  const stopRequested = (): Promise<void> => use(printed).catch((error: unknown) => void (failure = error));
  const now = () => Date.UTC(2026, 10, 30);
  const command = emulateCommand({ write: (text) => void (printed += text), stopRequested, now });
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: (text) => void (printed += text) });
  await command.parseAsync(args, { from: "user" });
  if (failure) throw failure as Error;
  return printed;
}

describe("pulumi-cja emulate", () => {
  test("prints its address and lines for the shell, and stops when it is interrupted", async () => {
    let url = "";
    await emulate(["--port", "0"], async (printed) => {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "";
      expect(printed.split("\n").filter((line) => line.startsWith("export "))).toEqual([
        "export CJA_ORG_ID=EMULATOR@AdobeOrg",
        "export CJA_CLIENT_ID=emulator",
        "export CJA_CLIENT_SECRET=emulator-secret",
        `export CJA_URL=${url}`,
        `export CJA_PLATFORM_URL=${url}/data/core/ups`,
        `export CJA_IMS_URL=${url}`,
      ]);
      expect((await fetch(`${url}/__emulator/limits`)).status).toBe(200);
    });
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("starts the emulator that its options describe", async () => {
    const args = ["--port", "0", "--dialect", "reference", "--data-view", "dv_a", "--data-view", "dv_b", "--json"];
    await emulate([...args, "--no-limits", "--job-seconds", "0.008"], async (printed) => {
      const { url } = JSON.parse(printed) as Announced;
      const get = async (path: string, init?: RequestInit): Promise<object> =>
        (await (await fetch(url + path, init)).json()) as object;
      const { access_token } = (await get("/__emulator/tokens", { method: "POST" })) as { access_token: string };
      const headers = { authorization: `Bearer ${access_token}`, "x-api-key": "emulator" };
      const adobe = { headers: { ...headers, "x-gw-ims-org-id": "EMULATOR@AdobeOrg" } };
      expect(await get("/segments", adobe)).toMatchObject({ content: [], totalElements: 0 });
      expect(await get("/data/dataviews/dv_b", adobe)).toEqual({ id: "dv_b" });
      expect(await get("/__emulator/limits")).toMatchObject({ enabled: false });
      const outcome = { method: "PUT", body: JSON.stringify({ status: "SUCCEEDED" }) };
      const timing = { newMs: 1, queuedMs: 1, processingMs: 6, cancellingMs: 1 };
      expect(await get("/__emulator/job-outcome", outcome)).toMatchObject({ timing });
    });
  });

  test("says that a port is taken", async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    await expect(emulate(["--port", port])).rejects.toThrow(`port ${port} is taken; choose another with --port`);
    await emulator.close();
  });

  test.each([
    [["--port", "x"], "must be a port"],
    [["--port", "65536"], "must be a port"],
    [["--dialect", "x"], "Allowed choices are guide, reference"],
    [["--job-seconds", "0"], "must be a number above 0"],
  ])("refuses %j", async (args, message) => {
    await expect(emulate(args)).rejects.toThrow(message);
  });

  describe("with a file of events", () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-events-"));
    const file = join(folder, "events.jsonl");
    afterAll(() => rmSync(folder, { recursive: true }));

    const eventsAt = async (url: string): Promise<string> => (await fetch(`${url}/__emulator/events`)).text();

    test("writes its own events into one, and counts those of one", async () => {
      const own = sampleEvents(Date.UTC(2026, 10, 30));
      expect(await emulate(["--write-events", file])).toBe(`${file}: ${own.length} events of 2000 persons\n`);
      expect(readFileSync(file, "utf8").split("\n")).toHaveLength(own.length + 1);
      await emulate(["--port", "0", "--events", file, "--json"], async (printed) => {
        // Compared as one text: twenty thousand objects take seconds.
        expect((await eventsAt((JSON.parse(printed) as Announced).url)) === readFileSync(file, "utf8")).toBe(true);
      });
    });

    test("reads a table, too", async () => {
      const table = join(folder, "events.csv");
      writeFileSync(table, "person,session,time,variables/page\np1,s1,2026-11-05T09:30:00Z,Cart\n");
      await emulate(["--port", "0", "--events", table, "--json"], async (printed) => {
        expect(JSON.parse(await eventsAt((JSON.parse(printed) as Announced).url))).toMatchObject({
          ...{ person: "p1", session: "s1", time: "2026-11-05T09:30:00Z", values: { "variables/page": "Cart" } },
        });
      });
    });

    test("says what is wrong with one, and starts nothing", async () => {
      writeFileSync(file, '{"person":"p1","session":"s1","time":"yesterday","values":{}}\n');
      await expect(emulate(["--port", "0", "--events", file])).rejects.toThrow(/"time"/);
      await expect(emulate(["--events", file, "--write-events", file])).rejects.toThrow("cannot be used with option");
      await expect(emulate(["--write-events", join(folder, "missing", "x.jsonl")])).rejects.toThrow("missing");
    });
  });

  test("is a command of pulumi-cja, with help that has examples", () => {
    const command = program().commands.find((candidate) => candidate.name() === "emulate");
    let help = "";
    command?.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
    expect(help).toMatch(/Examples:\n {2}\$ pulumi-cja emulate/);
    expect(program().version()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
