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
    "2 mistakes in the arguments of 1 resource; nothing was sent or changed.\nb\n  name: found nothing",
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

test("nothing is registered where the engine would not find the code, and the report says what to do", async () => {
  const reports: string[] = [];
  const turns: (() => void)[] = [];
  const check = new ProgramCheck(
    (report) => reports.push(report),
    (callback) => turns.push(callback),
    [],
    "/",
  );
  let registered = false;
  void check.report("a", []).then(() => (registered = true));
  turns.forEach((end) => end());
  await Promise.resolve();
  expect(registered).toBe(false);
  expect(reports).toEqual([
    expect.stringContaining("Add pulumi-cja to the dependencies of the package.json that belongs to /"),
  ]);
});
