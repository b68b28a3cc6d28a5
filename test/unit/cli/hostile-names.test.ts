import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { checkTargetCommand } from "../../../cli/check-target";
import { openCommandRuntime } from "../../../cli/command-runtime";
import { compareCommand } from "../../../cli/compare/command";
import { driftCommand } from "../../../cli/drift";
import { emulateCommand } from "../../../cli/emulate";
import { explainCommand } from "../../../cli/explain";
import { exportCommand } from "../../../cli/export/command";
import { holdersCommand } from "../../../cli/holders";
import { jobsCommand } from "../../../cli/jobs/command";
import { program } from "../../../cli/main";
import { reviewCommand } from "../../../cli/review/command";
import { sizeCommand } from "../../../cli/size/command";
import { tryCommand } from "../../../cli/try/command";
import { unmanagedCommand } from "../../../cli/unmanaged";
import { startEmulator, type Emulator } from "../../../emulator";
import { parseProgramResource, type ProgramResource } from "../../../provider/program-resource";
import { systemClock } from "../../../provider/clock";
import { UNLIMITED } from "../../engine/programs";
import { fc, samples } from "../../properties";
import { HOSTILE, obeyed } from "../obeyed";
import { pageIs, planned, segmentOf } from "./review/plan";

/** All of it in one name, once with each of them where a line begins. */
const NAME = HOSTILE.join("\n");
/** No process and no file takes one with its last sign. */
const ARGUMENT = NAME.replace("\u0000", "");
const TYPE = "pulumi-nodejs:dynamic/cja:Segment";
const lacking = JSON.parse(JSON.stringify(pageIs(NAME)).replace("variables/page", `variables/${HOSTILE[7]}`)) as object;
const plan = planned(
  [
    {
      op: "update",
      name: NAME,
      before: segmentOf("a"),
      after: segmentOf(NAME, { definition: lacking, description: NAME }),
    },
    { op: "delete", name: `${NAME}2`, id: NAME, before: segmentOf(NAME) },
    {
      op: "create",
      kind: "SegmentJob",
      name: "job",
      after: { segmentIds: [NAME], sandbox: NAME, triggers: { [NAME]: NAME } },
    },
    { op: NAME, kind: "Bucket", name: NAME, after: {} },
  ],
  { diagnostics: [{ severity: "warning", message: NAME }] },
);
const failed = planned([], {
  diagnostics: [{ severity: "error", message: NAME, urn: `urn:pulumi:a::b::${TYPE}::${NAME}` }],
});
const stack = `urn:pulumi:${NAME}::web::pulumi:pulumi:Stack::web-prod`;
const refreshed = JSON.stringify({
  steps: [
    { op: "refresh", urn: stack },
    {
      op: "update",
      urn: `urn:pulumi:prod::web::${TYPE}::${NAME}`,
      oldState: { inputs: segmentOf("a") },
      newState: { inputs: segmentOf(NAME) },
    },
  ],
});
const state = JSON.stringify({
  version: 3,
  deployment: {
    resources: [{ urn: `urn:pulumi:prod::web::${TYPE}::${NAME}`, type: TYPE, id: NAME, outputs: segmentOf(NAME) }],
  },
});

const stateHome = process.env["XDG_STATE_HOME"];
let emulator: Emulator;
let folder: string;
let said: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-hostile-"));
  process.env["XDG_STATE_HOME"] = folder;
  emulator = await startEmulator({ limits: false, clock: "manual" });
  const { control } = emulator;
  for (const name of [NAME, ...HOSTILE])
    control.addSegment({
      name,
      description: name,
      dataViewId: "dv_dev",
      definition: pageIs(name),
      owner: name,
      tags: ["web"],
    });
  control.addJob({ id: NAME, segmentIds: ["a"], status: "FAILED", errors: [{ code: NAME, msg: NAME }] });
  const { holders } = await openCommandRuntime({ environment: emulator.environment, log: () => undefined });
  await holders.recordTakeover(
    NAME,
    NAME,
    parseProgramResource({ urn: `urn:pulumi:${NAME}::web::${TYPE}::${NAME}` }) as ProgramResource,
  );
});
afterAll(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => (said = []));

/** A command with what it says kept, and a `pulumi` that prints a text on both of its streams. */
function terminal(input = "") {
  writeFileSync(join(folder, "output"), input);
  writeFileSync(join(folder, "words"), NAME);
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat '${folder}/output'; cat '${folder}/words' >&2\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
  return {
    write: (text: string) => void said.push(text),
    log: (line: string) => void said.push(`${line}\n`),
    standardInput: async () => input,
    environment: { ...emulator.environment, ...UNLIMITED, PATH: `${folder}:${process.env["PATH"]}` },
    exit: () => undefined,
    now: Date.now,
    clock: systemClock,
    isInteractive: false,
    stopRequested: async () => undefined,
    sleep: (_: number, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", reject)),
  };
}

async function run(command: Command, ...args: readonly string[]): Promise<void> {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args, { from: "user" }).catch((error: unknown) => {
    said.push(`pulumi-cja: ${(error as Error).message}\n`);
  });
}

const formats = (...names: readonly string[]) => names.map((format) => ["--format", format]);
const segmentJson = JSON.stringify({ name: NAME, definition: pageIs(NAME) });
const wrong = JSON.stringify({ name: NAME, definition: { func: NAME } });

/** By command, how it is called: with names in what it reads, and in what it is given. */
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  explain: async () => {
    for (const flags of formats("text", "mermaid", "json", "typescript"))
      await run(explainCommand(terminal(segmentJson)), "-", ...flags);
    await run(explainCommand(terminal(wrong)), "-");
    await run(explainCommand(terminal()), NAME);
  },
  review: async () => {
    for (const flags of formats("markdown", "text", "json"))
      for (const text of [plan, failed, NAME, `{${NAME}`])
        await run(reviewCommand(terminal(text)), ...flags, "--fail-on", "delete");
    emulator.control.addFault({ path: "^/reports", status: 400, body: { errorCode: NAME, errorDescription: NAME } });
    await run(reviewCommand(terminal(plan)), "--sizes");
    await run(reviewCommand(terminal(plan)), "-", NAME, "--names", NAME, "--html", `${folder}/none/${ARGUMENT}`);
  },
  size: async () => {
    for (const flags of [[], ["--json"]]) {
      emulator.control.addFault({ path: "^/reports", status: 400, body: { errorCode: NAME, errorDescription: NAME } });
      await run(sizeCommand(terminal(segmentJson)), "-", "--data-view", "dv_dev", ...flags);
      await run(sizeCommand(terminal(plan)), "--preview", "-", ...flags);
    }
    await run(sizeCommand(terminal(wrong)), "-");
    await run(sizeCommand(terminal()), NAME);
  },
  try: async () => {
    const event = { person: NAME, session: NAME, time: "2026-03-01", values: { [`variables/${NAME}`]: NAME } };
    const events = join(folder, "events.jsonl");
    writeFileSync(events, `${JSON.stringify(event)}\n`);
    for (const flags of [[], ["--json"]])
      await run(tryCommand(terminal(segmentJson)), "-", "--events", events, ...flags);
    writeFileSync(events, `${JSON.stringify({ ...event, time: NAME })}\n`);
    await run(tryCommand(terminal(segmentJson)), "-", "--events", events);
    await run(tryCommand(terminal(wrong)), "-", "--events", NAME);
    await run(tryCommand(terminal(plan)), `program:${NAME}`, "--preview", "-", "--events", events);
  },
  drift: async () => {
    for (const flags of formats("text", "markdown", "json"))
      await run(driftCommand(terminal(refreshed), terminal(refreshed)), ...flags);
    await run(driftCommand(terminal(NAME), terminal(NAME)), "--stack", ARGUMENT);
  },
  export: async () => {
    await run(exportCommand(terminal()), "--data-view", "dv_dev", "--out", join(folder, ARGUMENT), "--no-shares");
    await run(
      exportCommand(terminal()),
      "--data-view",
      "dv_dev",
      "--out",
      join(folder, ARGUMENT),
      "--no-shares",
      "--single-file",
    );
    await run(exportCommand(terminal()), "--data-view", NAME, "--out", join(folder, "program"));
  },
  compare: async () => {
    for (const flags of formats("text", "markdown", "json"))
      await run(compareCommand(terminal(state)), `stack:${ARGUMENT}`, "dataview:dv_dev", ...flags);
    await run(compareCommand(terminal()), NAME, NAME);
    await run(compareCommand(terminal(state)), "stack:dev", `dataview:${NAME}`);
  },
  unmanaged: async () => {
    for (const flags of formats("text", "json"))
      await run(unmanagedCommand(terminal(state)), "--data-view", "dv_dev", "--stack", ARGUMENT, ...flags);
    await run(unmanagedCommand(terminal(NAME)), "--data-view", NAME, "--stack", ARGUMENT);
  },
  holders: async () => {
    for (const flags of formats("text", "json")) await run(holdersCommand(terminal()), ...flags);
    await run(holdersCommand(terminal()), "--let-go", NAME, "--stack", ARGUMENT);
  },
  "check-target": async () => {
    for (const flags of formats("text", "json")) await run(checkTargetCommand(terminal(plan)), ...flags);
    await run(checkTargetCommand(terminal(failed)));
    await run(checkTargetCommand(terminal()), NAME);
    await run(
      checkTargetCommand(terminal(planned([{ op: "create", name: NAME, after: segmentOf(NAME, { definition: 1 }) }]))),
    );
  },
  jobs: async () => {
    for (const flags of [[], ["--json"]]) await run(jobsCommand(terminal()), ...flags);
    await run(jobsCommand(terminal()), "--html", `${folder}/none/${ARGUMENT}`);
    await run(jobsCommand({ ...terminal(), environment: { CJA_DIALECT: NAME } }));
  },
  emulate: () => run(emulateCommand(terminal()), "--port", "0", "--state", join(folder, `${ARGUMENT}.json`)),
};

test("each command is among them", () => {
  expect(
    program()
      .commands.map((command) => command.name())
      .toSorted(),
  ).toEqual(Object.keys(calls).toSorted());
});

test.each(Object.entries(calls))("of %s neither a runner nor a terminal obeys anything", async (_, call) => {
  await call();
  expect(said.join("")).toMatch(/pwned|vso/);
  expect(obeyed(said.join(""))).toEqual([]);
  // Nothing is hidden: it can be read what was there.
  expect(said.join("")).toContain("\\u0023vso[");
});

test("nor of any name, text or error", async () => {
  const part = fc.oneof(fc.constantFrom(...HOSTILE, "\n", ":", "#"), fc.string({ unit: "binary" }));
  const name = fc.array(part, { minLength: 1 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(name, fc.constantFrom("text", "json", "typescript", "mermaid"), async (text, format) => {
      said = [];
      await run(
        explainCommand({ ...terminalOf(JSON.stringify({ name: text, definition: pageIs(text) })) }),
        "-",
        "--format",
        format,
      );
      await run(explainCommand({ ...terminalOf(JSON.stringify({ [text]: text })) }), "-");
      await run(
        reviewCommand(
          terminalOf(planned([{ op: "update", name: text, before: segmentOf("a"), after: segmentOf(text) }])),
        ),
        "--format",
        "text",
      );
      expect(obeyed(said.join(""))).toEqual([]);
    }),
    { numRuns: samples(1000) },
  );
});

const terminalOf = (input: string) => ({
  write: (text: string) => void said.push(text),
  log: (line: string) => void said.push(`${line}\n`),
  standardInput: async () => input,
  environment: {},
  exit: () => undefined,
});
