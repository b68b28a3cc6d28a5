import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProgramCheck } from "../../../sdk/program-check";

const mistake = { path: "name", message: "found nothing" };

/** A check whose turns end when the test says so. */
function world() {
  const reports: string[] = [];
  const turns: (() => void)[] = [];
  const check = new ProgramCheck(
    (report) => reports.push(report),
    (callback) => turns.push(callback),
  );
  return { check, reports, endTurn: () => turns.splice(0).forEach((end) => end()) };
}

test("a resource waits for the end of the turn in which it was made", async () => {
  const { check, endTurn } = world();
  const settled: string[] = [];
  const waiting = check.report("a", []).then(() => settled.push("a"));
  await Promise.resolve();
  expect(settled).toEqual([]);
  endTurn();
  await waiting;
  expect(settled).toEqual(["a"]);
});

test("nothing of a turn with a mistake is registered, whatever came before or after it", async () => {
  const { check, reports, endTurn } = world();
  const settled: string[] = [];
  for (const [name, mistakes] of [
    ["a", []],
    ["b", [mistake]],
    ["c", []],
  ] as const) {
    void check.report(name, mistakes).then(() => settled.push(name));
  }
  endTurn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toEqual([]);
  expect(reports).toEqual([
    "1 mistake in the arguments of 1 resource; nothing was sent or changed.\nb\n  name: found nothing",
  ]);
});

test("the next turn of a program is checked on its own", async () => {
  const { check, reports, endTurn } = world();
  const first = check.report("a", []);
  endTurn();
  await first;
  void check.report("b", [mistake, mistake]);
  endTurn();
  expect(reports).toEqual([
    "2 mistakes in the arguments of 1 resource; nothing was sent for these; other resources may have been changed before.\nb\n  name: found nothing",
  ]);
});

test("a segment that was adopted in an earlier turn stays adopted", () => {
  const { check, endTurn } = world();
  expect(check.checkAdoption("a", "s1")).toEqual([]);
  void check.report("a", []);
  endTurn();
  expect(check.checkAdoption("b", "s1")).toHaveLength(1);
});

test("a program whose stack has a setting that does not exist is refused, before its arguments are looked at", async () => {
  const reports: string[] = [];
  const turns: (() => void)[] = [];
  const wrong = [{ path: "cja:orgID", message: "there is no such setting" }];
  const check = new ProgramCheck(
    (report) => reports.push(report),
    (callback) => turns.push(callback),
    wrong,
  );
  void check.report("a", [mistake]);
  turns.splice(0).forEach((end) => end());
  expect(reports).toEqual([
    "1 mistake in the settings; nothing was sent or changed.\n  cja:orgID: there is no such setting",
  ]);
});

describe("where the engine would not run the code of what the program imports, nothing is registered, and the report says what to do", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-check-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What is reported of a program in this folder that imports version 0.2.0. */
  async function reported(): Promise<{ readonly reports: string[]; readonly registered: boolean }> {
    const reports: string[] = [];
    const turns: (() => void)[] = [];
    const check = new ProgramCheck(
      (report) => reports.push(report),
      (callback) => turns.push(callback),
      [],
      folder,
      "0.2.0",
    );
    let registered = false;
    void check.report("a", []).then(() => (registered = true));
    turns.forEach((end) => end());
    await new Promise((resolve) => setImmediate(resolve));
    return { reports, registered };
  }

  function install(version: string): void {
    const ours = join(folder, "node_modules", "pulumi-cja");
    mkdirSync(ours, { recursive: true });
    const exports = { "./provider": "./provider.js", "./package.json": "./package.json" };
    writeFileSync(join(ours, "package.json"), JSON.stringify({ name: "pulumi-cja", version, exports }));
    writeFileSync(join(ours, "provider.js"), "");
  }

  const wayOut = () =>
    `Add pulumi-cja 0.2.0 to the dependencies of the package.json that belongs to ${folder}, and install it`;

  test("because there is none", async () => {
    expect(await reported()).toEqual({ registered: false, reports: [expect.stringContaining(wayOut())] });
  });

  test("because another version is found first", async () => {
    install("0.1.9");
    const { registered, reports } = await reported();
    expect(registered).toBe(false);
    expect(reports).toEqual([expect.stringContaining(wayOut())]);
    expect(reports[0]).toContain("would run the code of pulumi-cja 0.1.9");
  });

  test("but it is registered with its own version", async () => {
    install("0.2.0");
    expect(await reported()).toEqual({ registered: true, reports: [] });
  });
});
