import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reviewCommand } from "../../../../cli/review/command";
import { sizeCommand } from "../../../../cli/size/command";
import { evaluate } from "../../../../definition";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";
import { audienceOf, pageIs, planned, segmentOf } from "../review/plan";
import { runCommand } from "../run-command";
import { ownStateHome } from "../../own-state-home";

let emulator: Emulator;
let folder: string;
const stateHome = ownStateHome();
beforeAll(async () => (emulator = await startEmulator({ limits: false })));
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.control.reset();
  folder = stateHome();
  // An estimate is ready at once: the waits are those of audience-sizes.test.ts.
  const body = { state: "RESULT_READY", estimatedSize: 77, totalRows: 4275 };
  emulator.control.addFault({ method: "GET", path: "/estimate/", status: 200, body, times: 99 });
});

const terminalOf = (input: string) => ({
  standardInput: async () => input,
  environment: { ...emulator.environment, ...UNLIMITED },
});

const size = (args: readonly string[], input = "") => runCommand(sizeCommand, args, terminalOf(input));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const home = pageIs("Home");
const persons = () => evaluate(home, emulator.control.events()).persons.length.toLocaleString("en-US");
const paths = () => emulator.control.requests().map(({ method, path }) => `${method} ${path.replace(/^.*ups/, "")}`);
const sandboxes = () =>
  emulator.control
    .requests()
    .filter(({ path }) => path.endsWith("/preview"))
    .map(({ headers }) => headers["x-sandbox-name"]);

test("counts files, whole segments in their own data view, segments by their IDs and expressions, in the order given", async () => {
  const { id } = emulator.control.addSegment({ name: "Saved", dataViewId: "dv_dev", definition: pageIs("Cart") });
  const whole = file("whole.json", { name: "Whole", dataId: "dv_dev", definition: home });
  const expression = file("a.pql", 'homeAddress.countryISO = "CA"');
  const { out, status, said } = await size([expression, file("d.json", home), whole, id, "--data-view", "dv_prod"]);
  expect(out.split("\n")).toEqual([
    `${expression}: 77 persons of 4,275.`,
    expect.stringContaining(`d.json: ${persons()} persons of 2,000 in the last 30 days; `),
    expect.stringContaining(`Whole: ${persons()} persons of 2,000 in the last 30 days; `),
    expect.stringMatching(/^Saved: [\d,]+ persons of 2,000 in the last 30 days; /),
    "",
  ]);
  expect(status).toBe(0);
  expect(said.at(-1)).toBe("pulumi-cja: Adobe was asked for 3 reports and estimates");
  expect(paths().filter((path) => path === "POST /reports")).toHaveLength(2);
});

test("--json has the numbers, and the change of a plan", async () => {
  const plan = planned([
    {
      op: "update",
      before: segmentOf("a", { definition: home }),
      after: segmentOf("b", { definition: pageIs("Cart") }),
    },
  ]);
  const { out } = await size(["--preview", "-", "--json", "--range", "7d"], plan);
  const [found] = JSON.parse(out) as { name: string; days: number; change: number; after: { selected: object } }[];
  expect(found).toMatchObject({
    name: "b",
    days: 7,
    after: { selected: { size: { persons: expect.any(Number) as number } } },
  });
  expect(found?.change).toBeLessThan(0);
});

test("mistakes are told all at once, and nothing is asked", async () => {
  const wrong = file("wrong.json", { ...home, container: { func: "container" } });
  await expect(size([wrong, file("d.json", home)])).rejects.toThrow(
    /nothing was counted:\n.*wrong\.json: container\..*\n[^]*d\.json: it names no data view; add --data-view ID/,
  );
  expect(emulator.control.requests()).toEqual([]);
});

test.each<[string, readonly string[], string, RegExp]>([
  ["nothing", [], "", /name a segment, a file, or a --preview/],
  ["standard input twice", ["-", "--preview", "-"], "", /standard input is given twice/],
  ["a file that is not there", ["--preview", "nowhere.json"], "", /nowhere\.json/],
  ["what is no preview", ["--preview", "-"], "{}", /^standard input: /],
  [
    "a preview that failed",
    ["--preview", "-"],
    planned([], { diagnostics: [{ severity: "error", message: "boom" }] }),
    /^standard input: the preview has failed/,
  ],
])("%s is an error", async (_, args, input, message) => {
  await expect(size(args, input)).rejects.toThrow(message);
  expect(emulator.control.requests()).toEqual([]);
});

test("a size that is not known ends with 1, and says why", async () => {
  const { out, status } = await size([file("d.json", home), "--data-view", "dv_nowhere"]);
  expect(out).toMatch(/d\.json: Not known: Adobe answered 404/);
  expect(status).toBe(1);
});

describe("the sandbox of an audience", () => {
  const audience = (sandbox?: string) => {
    const { sandbox: _, ...rest } = audienceOf("a") as { sandbox: string };
    return { ...rest, ...(sandbox !== undefined && { sandbox }) };
  };
  const review = (plan: string) => runCommand(reviewCommand, ["--format", "text", "--sizes"], terminalOf(plan));

  test.each([
    ["size", (plan: string) => size(["--preview", "-"], plan)],
    ["review", review],
  ])("is that of the plan's stack for %s, where none is set", async (_, run) => {
    await run(planned([{ op: "create", kind: "Audience", after: audience() }], { config: { "cja:sandbox": "dev" } }));
    expect(sandboxes()).toEqual(["dev"]);
  });

  test("is the old one before a move, and the new one after it", async () => {
    const plan = planned([{ op: "replace", kind: "Audience", before: audience("dev"), after: audience("prod") }]);
    await size(["--preview", "-"], plan);
    expect(sandboxes()).toEqual(["dev", "prod"]);
  });

  test("is given by the option for a file", async () => {
    await size([file("a.pql", "a = 1"), "--sandbox", "stage"]);
    expect(sandboxes()).toEqual(["stage"]);
  });
});
