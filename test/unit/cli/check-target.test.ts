import { checkTargetCommand } from "../../../cli/check-target";
import { UNLIMITED } from "../../engine/programs";
import { startEmulator, type Emulator } from "../../../emulator";
import { fc, samples } from "../../properties";
import { pageIs, planned, segmentOf } from "./review/plan";

let emulator: Emulator;
beforeAll(async () => (emulator = await startEmulator({ limits: false })));
afterAll(() => emulator.close());

async function checkTarget(input: string, ...args: string[]) {
  const { said: _, ...told } = await checkTargetSaying(input, ...args);
  return told;
}

async function checkTargetSaying(input: string, ...args: string[]) {
  const told = { out: "", said: [] as string[], status: 0 };
  const command = checkTargetCommand({
    write: (text) => (told.out += text),
    log: (line) => void told.said.push(line),
    standardInput: async () => input,
    environment: { ...emulator.environment, ...UNLIMITED },
    exit: (status) => (told.status = status),
  });
  await command.parseAsync(args, { from: "user" });
  return told;
}

const lacking = JSON.parse(JSON.stringify(pageIs("Home")).replace("variables/page", "variables/nowhere")) as object;
const plan = planned([
  { op: "create", name: "good", after: segmentOf("Good") },
  { op: "update", name: "bad", before: segmentOf("Bad"), after: segmentOf("Bad", { definition: lacking }) },
  { op: "replace", name: "moved", before: segmentOf("M"), after: segmentOf("Moved", { dataViewId: "dv_none" }) },
  { op: "delete", name: "gone", before: segmentOf("Gone", { definition: lacking }) },
]);

test("names what the data views do not have, by segment, and ends with 2", async () => {
  expect(await checkTarget(plan)).toEqual({
    status: 2,
    out: `3 segments of the plan: 2 would not work.
"Bad" (bad):
  dv_prod does not have variables/nowhere (definition.container.pred.val.name)
"Moved" (moved):
  there is no data view dv_none
`,
  });
  const { out } = await checkTarget(plan, "--format", "json");
  expect(JSON.parse(out)).toEqual([
    {
      resource: "bad",
      name: "Bad",
      dataViewId: "dv_prod",
      missing: [{ id: "variables/nowhere", path: "container.pred.val.name" }],
    },
    { resource: "moved", name: "Moved", dataViewId: "dv_none", missing: null },
  ]);
});

test("ends with 0 where all is there", async () => {
  expect(await checkTarget(planned([{ op: "create", after: segmentOf("Good") }]))).toEqual({
    status: 0,
    out: "1 segment of the plan: their data views have everything that they use.\n",
  });
});

test("what is no preview is an error", async () => {
  await expect(checkTarget("nonsense")).rejects.toThrow("it has no JSON object");
});

test("of a preview that failed nothing is known, and an empty plan is no good news", async () => {
  const failed = planned([{ op: "create", after: segmentOf("Good") }], {
    diagnostics: [{ severity: "error", message: "error: no such environment" }],
  });
  await expect(checkTarget(failed)).rejects.toThrow(/the preview failed.*\nerror: no such environment/);
  expect((await checkTarget(planned([]))).out).toBe("The plan creates or changes no segment.\n");
});

test("of what no preview is known to have nothing is checked, and nothing asked", async () => {
  emulator.control.clearRequests();
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.jsonValue(), async (key, value) => {
      const odd = JSON.stringify({ ...(JSON.parse(plan) as object), [`new ${key}`]: value });
      await expect(checkTarget(odd)).rejects.toThrow("pulumi preview --json");
    }),
    { numRuns: samples(1000) },
  );
  expect(emulator.control.requests()).toEqual([]);
});

test("names the nearest dimension and data view", async () => {
  const mistyped = JSON.parse(JSON.stringify(pageIs("Home")).replace("variables/page", "variables/pgae")) as object;
  const typos = planned([
    { op: "create", name: "bad", after: segmentOf("Bad", { definition: mistyped }) },
    { op: "create", name: "moved", after: segmentOf("Moved", { dataViewId: "dv_prdo" }) },
  ]);
  expect((await checkTarget(typos)).out).toBe(`2 segments of the plan: 2 would not work.
"Bad" (bad):
  dv_prod does not have variables/pgae (definition.container.pred.val.name); did you mean variables/page?
"Moved" (moved):
  there is no data view dv_prdo; did you mean dv_prod (Production)?
`);
  expect(JSON.parse((await checkTarget(typos, "--format", "json")).out)).toMatchObject([
    { missing: [{ id: "variables/pgae", nearest: "variables/page" }] },
    { missing: null, nearest: { id: "dv_prod", name: "Production" } },
  ]);
});

test("nor of what only says that it failed, or is the summary of one", async () => {
  const failed = planned([], { diagnostics: [{ severity: "error", message: "error: preview failed\n" }] });
  await expect(checkTarget(failed)).rejects.toThrow(/the preview failed.*\nerror: preview failed/);
  const odd = planned([], { diagnostics: [{ severity: "fatal", message: "" }] });
  await expect(checkTarget(odd)).rejects.toThrow(/the preview failed/);
  const summary = { result: "succeeded", duration: 1, summary: { same: 1, update: 1 } };
  await expect(checkTarget(JSON.stringify(summary))).rejects.toThrow(/pulumi preview --json$/);
  await expect(checkTarget(JSON.stringify({ ...summary, result: "failed" }))).rejects.toThrow(/the preview failed/);
});

test.each([
  ["data view", { dataViewId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }],
  ["data view, which is secret,", { dataViewId: "[secret]" }],
  ["definition", { definition: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }],
  ["definition, which is missing,", { definition: null }],
])("a segment whose %s is not known before it runs was not checked", async (_, more) => {
  const later = { op: "create", name: "later", after: segmentOf("Later", more) };
  const { out, said, status } = await checkTargetSaying(planned([later]));
  expect([out, status]).toEqual(["", 1]);
  expect(said).toEqual([expect.stringMatching(/^pulumi-cja: not checked, .*: "later"$/)]);
  const bad = { op: "update", name: "bad", before: segmentOf("Bad"), after: segmentOf("Bad", { definition: lacking }) };
  expect(await checkTargetSaying(planned([later, bad]))).toMatchObject({ status: 2, said: [expect.any(String)] });
});
