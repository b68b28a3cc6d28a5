import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jobsCommand } from "../../../../cli/jobs/command";
import { UNLIMITED } from "../../../engine/programs";
import { startEmulator, type Emulator } from "../../../../emulator";
import { profilesByAudience } from "../../../../cli/jobs/history";
import { toJobLine, formatJobTable, formatJobLine } from "../../../../cli/jobs/job-table";
import { InstantClock } from "../../provider/http/virtual-clock";

const AUDIENCE = "7863c010-e092-41c8-ae5e-9e533186752e";

describe("a job's line", () => {
  const job = { id: "j1", status: "PROCESSING", segmentIds: ["a", "b"], creationTime: 1_000, updateTime: 61_000 };

  test("tells how long it has been at work, or took", () => {
    expect(toJobLine(job, 251_000)).toMatchObject({ took: "4 min 10 s", segments: "2", profiles: "" });
    expect(toJobLine({ ...job, status: "SUCCEEDED", segmentIds: ["*"] }, 9e9)).toMatchObject({
      took: "1 min",
      segments: "all",
    });
    expect(toJobLine({ id: "j1", status: "NEW", segmentIds: [] }, 5)).toMatchObject({ took: "", made: "" });
    expect(toJobLine({ ...job, creationTime: 9e18 }, 5).made).toBe("");
  });

  test("tells profiles beyond 2^31, under both names of the field", () => {
    const many = 2 ** 31 + 5;
    const done = { ...job, status: "SUCCEEDED", metrics: { segmentedProfileCounter: { a: many, b: 1 } } };
    expect(toJobLine(done, 0).profiles).toBe("2,147,483,654");
    expect(profilesByAudience({ ...job, metrics: { segmentProfileCounter: { a: many } } })).toEqual({ a: many });
    expect(profilesByAudience({ ...job, metrics: {} })).toEqual({});
  });

  test("tells below it why it failed, on a line of no more than 300 characters, all of which can be seen", () => {
    const errors = [{ code: "8.0000018E7", msg: "Run\nout\u001b[2J" }, { msg: "of memory" }, { code: "7" }, {}];
    const failed = toJobLine({ ...job, status: "FAILED", segmentIds: ["a"], errors }, 0);
    const why = "8.0000018E7: Run out\\u001b[2J; of memory; 7";
    const lines = [failed, toJobLine({ ...job, status: "SUCCEEDED" }, 0)];
    expect(
      formatJobTable(lines)
        .split("\n")
        .map((line) => line.trim().split("  ")[0]),
    ).toEqual(["ID", "j1", why, "j1"]);
    expect(formatJobLine(failed)).toBe(`j1  FAILED  1 segment  1 min\n  ${why}`);
    const long = toJobLine({ ...job, errors: [{ msg: "😀".repeat(301) }] }, 0).errors;
    expect(long).toBe(`${"😀".repeat(299)}…`);
  });

  test("counts one as one", () => {
    const metrics = { segmentedProfileCounter: { a: 1 } };
    expect(formatJobLine(toJobLine({ ...job, segmentIds: ["a"], metrics }, 61_000))).toMatch(
      / 1 segment {2}.* 1 profile$/,
    );
    expect(formatJobLine(toJobLine(job, 61_000))).toContain(" 2 segments ");
    expect(formatJobLine(toJobLine({ ...job, segmentIds: ["*"] }, 61_000))).toContain(" all segments ");
  });

  test("tells the service's own duration of one that is over", () => {
    const metrics = { totalTime: { totalTimeInMs: 90_000 } };
    expect(toJobLine({ ...job, status: "SUCCEEDED", metrics }, 9e9).took).toBe("1 min 30 s");
    expect(toJobLine({ ...job, metrics }, 251_000).took).toBe("4 min 10 s");
  });
});

describe("pulumi-cja jobs", () => {
  let emulator: Emulator;
  let clock: InstantClock;
  let home: string;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "pulumi-cja-jobs-"));
    process.env["XDG_STATE_HOME"] = home;
    emulator = await startEmulator({ limits: false, clock: "manual" });
    clock = new InstantClock(emulator.control.clock().now);
  });
  afterEach(async () => {
    delete process.env["XDG_STATE_HOME"];
    await emulator.close();
    rmSync(home, { recursive: true });
  });

  let said: string[];
  async function jobs(args: readonly string[], isInteractive = false) {
    let out = "";
    said = [];
    const command = jobsCommand({
      write: (text) => (out += text),
      log: (line) => said.push(line),
      environment: { ...emulator.environment, ...UNLIMITED },
      clock,
      isInteractive,
    });
    await command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(args, { from: "user" });
    return out;
  }
  const add = (id: string, status: string, more: object = {}) =>
    emulator.control.addJob({ id, segmentIds: [AUDIENCE], status: status as "NEW", ...more });

  test("shows the newest, of a status, of a sandbox, past the first page", async () => {
    for (let index = 0; index < 130; index += 1) add(`job-${index}`, index === 3 ? "FAILED" : "SUCCEEDED");
    add("elsewhere", "SUCCEEDED", { sandbox: "dev" });
    expect((await jobs([])).split("\n")).toHaveLength(20 + 2);
    expect(await jobs(["--status", "failed"])).toMatch(/^ID +STATUS .*\njob-3 +FAILED .*\n {2}8\.0000018E7: .*\n$/);
    expect((JSON.parse(await jobs(["--limit", "500", "--json"])) as unknown[]).length).toBe(130);
    expect(await jobs(["--sandbox", "dev"])).toContain("elsewhere");
    expect(await jobs(["--status", "CANCELLED"])).toBe("No such jobs.\n");
    await expect(jobs(["--status", "done"])).rejects.toThrow(/Use one of NEW, QUEUED/);
    for (const count of ["0", "1.5"]) await expect(jobs(["-n", count])).rejects.toThrow(/Use a whole number from 1\.$/);
  });

  test.each([[[]], [["--watch"]]])("warns of a status that nobody knows, and does not watch it: %j", async (args) => {
    const body = { children: [{ id: "odd", status: "PAUSED", segments: [{ segmentId: AUDIENCE }] }] };
    emulator.control.addFault({ path: "/segment/jobs$", status: 200, times: 100, body });
    expect(await jobs(args)).toContain("PAUSED");
    expect(said).toEqual([
      expect.stringMatching(/^warning: Segment job odd has the status "PAUSED", which this version/),
    ]);
  });

  test("watches until none is at work, with a line for each change in a log, and a table in a terminal", async () => {
    add("at-work", "NEW");
    const ahead = ["PROCESSING", "PROCESSING", "SUCCEEDED"] as const;
    let looks = 0;
    clock.onSleep = () => void emulator.control.editJob("at-work", { status: ahead[looks++] ?? "SUCCEEDED" });
    const log = (await jobs(["--watch"])).trim().split("\n");
    expect(log.map((line) => line.split("  ").slice(0, 2))).toEqual(
      ["NEW", "PROCESSING", "SUCCEEDED"].map((status) => ["at-work", status]),
    );
    expect(said).toEqual([]);
    void emulator.control.editJob("at-work", { status: "NEW" });
    expect((await jobs(["--watch"], true)).startsWith("\u001b[2J\u001b[HID ")).toBe(true);
    expect(said).toEqual(["looking again in 30 s; press Ctrl-C to stop"]);
  });

  test("watches those of a status until they are over, and says how they ended, past newer ones", async () => {
    add("other", "SUCCEEDED");
    add("at-work", "PROCESSING");
    let looks = 0;
    clock.onSleep = () => {
      looks += 1;
      for (let index = 0; looks === 1 && index < 120; index += 1)
        add(`newer-${index}`, "PROCESSING", { created: "2099-01-01T00:00:00Z" });
      for (let index = 0; looks === 2 && index < 120; index += 1)
        void emulator.control.editJob(`newer-${index}`, { status: "SUCCEEDED" });
      if (looks === 3) void emulator.control.editJob("at-work", { status: "FAILED" });
    };
    const log = await jobs(["--watch", "--status", "PROCESSING", "--limit", "1"]);
    expect(log.split("\n").filter((line) => line.startsWith("at-work"))).toEqual([
      expect.stringMatching(/^at-work {2}PROCESSING /),
      expect.stringMatching(/^at-work {2}FAILED /),
    ]);
    expect(log).not.toContain("other");
    void emulator.control.editJob("at-work", { status: "PROCESSING" });
    looks = 2;
    const table = (await jobs(["--watch", "--status", "PROCESSING"], true)).split("\u001b[2J\u001b[H").at(-1);
    expect(table).toMatch(/^ID .*\nat-work +FAILED /);
  });

  describe("--html", () => {
    const page = () => join(home, "jobs.html");
    const written = () => readFileSync(page(), "utf8");

    test("writes the page of the jobs that are listed, and lists them, too", async () => {
      for (const id of ["one", "two", "three"]) add(id, "SUCCEEDED", { created: "2026-01-01T00:00:00Z" });
      add("failed", "FAILED");
      add("elsewhere", "SUCCEEDED", { sandbox: "dev" });
      const args = ["--html", page(), "--status", "succeeded", "--limit", "2"];
      expect((await jobs(args)).match(/SUCCEEDED/g)).toHaveLength(2);
      expect(written()).toContain("<title>Segment jobs of prod</title>");
      expect(written()).toContain("The newest 2 runs");
      for (const other of ["failed", "elsewhere"]) expect(written()).not.toContain(`>${other}<`);
      expect(JSON.parse(await jobs([...args, "--json"]))).toHaveLength(2);
      await jobs(["--html", page(), "--sandbox", "dev"]);
      expect(written()).toContain("elsewhere");
      await jobs(["--html", page(), "--status", "CANCELLED"]);
      expect(written()).toContain("There are no such jobs.");
    });

    test("writes it anew at each look of a watch", async () => {
      add("at-work", "PROCESSING");
      const seen: string[] = [];
      clock.onSleep = () => {
        seen.push(written());
        void emulator.control.editJob("at-work", { status: "SUCCEEDED" });
      };
      await jobs(["--watch", "--html", page()]);
      expect([...seen, written()].map((text) => /Status of 1 run: 1 \w+/.exec(text)?.[0])).toEqual([
        "Status of 1 run: 1 PROCESSING",
        "Status of 1 run: 1 SUCCEEDED",
      ]);
    });

    test("leaves the old page whole where a new one cannot be written, and says what to do", async () => {
      mkdirSync(page());
      const nowhere = join(home, "nowhere", "jobs.html");
      await expect(jobs(["--html", nowhere])).rejects.toThrow(
        `ENOENT: no such file or directory, write '${nowhere}'; name a file`,
      );
      for (const file of [page(), nowhere])
        await expect(jobs(["--html", file])).rejects.toThrow(
          /^--html .*: E\w+: .*; name a file in a folder that you can/,
        );
      expect(readdirSync(home).filter((name) => name.includes("jobs.html"))).toEqual(["jobs.html"]);
      expect(existsSync(join(home, "nowhere"))).toBe(false);
    });

    test("keeps a link a link", async () => {
      writeFileSync(join(home, "there.html"), "old");
      symlinkSync("there.html", page());
      await jobs(["--html", page()]);
      expect(readFileSync(join(home, "there.html"), "utf8")).toBe(written());
      expect(written()).toContain("</html>");
    });
  });
});
