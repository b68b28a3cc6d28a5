import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkTargetCommand } from "../../../../cli/check-target";
import { compareCommand } from "../../../../cli/compare/command";
import { exportCommand } from "../../../../cli/export/command";
import { jobsCommand } from "../../../../cli/jobs/command";
import { UNLIMITED } from "../../../engine/programs";
import { InstantClock } from "./virtual-clock";
import { lookupWorld, type World } from "../lookup/world";
import { planned, segmentOf } from "../../cli/review/plan";

// What reads single things, where something else than the service says that they are not there: test/faults/not-the-api.test.ts has
// what deletes and refreshes.

let world: World;
let folder: string;
const stateHome = process.env["XDG_STATE_HOME"];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-not-the-api-"));
  process.env["XDG_STATE_HOME"] = folder;
  world = await lookupWorld();
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  rmSync(folder, { recursive: true });
  await world.stop();
});

const terminal = () => {
  const nothing = () => undefined;
  const environment = { ...world.emulator.environment, ...UNLIMITED };
  return {
    write: nothing,
    log: nothing,
    exit: nothing,
    environment,
    now: () => 0,
    clock: new InstantClock(),
    live: false,
  };
};
const user = { from: "user" } as const;
const plan = planned([{ op: "create", name: "it", after: segmentOf("It") }]);

const QUESTIONS: Readonly<Record<string, () => Promise<unknown>>> = {
  getSegment: () => world.lookups.getSegment({ id: "s1" }),
  getDataView: () => world.lookups.getDataView({ id: "dv_none" }),
  getSegmentJob: () => world.lookups.getSegmentJob({ id: "j1" }),
  findSegments: () => world.lookups.findSegments({}),
  "check-target": () => checkTargetCommand({ ...terminal(), standardInput: async () => plan }).parseAsync([], user),
  compare: () => compareCommand(terminal()).parseAsync(["dataview:dv_none", "dataview:dv_none"], user),
  export: () => exportCommand(terminal()).parseAsync(["--data-view", "dv_none", "--out", "nowhere"], user),
  jobs: () => jobsCommand(terminal()).parseAsync([], user),
};

test.each(
  Object.keys(QUESTIONS).flatMap((name) =>
    [{}, "", "404 page not found", { message: "Not Found" }].map((body) => ({ name, body })),
  ),
)("$name takes no 404 for an answer that has $body", async ({ name, body }) => {
  world.emulator.control.addFault({ path: "^/(segments|data)", status: 404, times: 1_000, body });
  await expect(QUESTIONS[name]?.()).rejects.toThrow(
    /something other than the API answered, the service answered 404 Not Found.*Check cja:(cja|platform)Url \(CJA_\w+\), which is http:\/\/127\.0\.0\.1/,
  );
});

test.each(["getSegment", "getDataView", "getSegmentJob"])(
  "%s takes none either where only the ID is answered so",
  async (name) => {
    world.emulator.control.addFault({ path: "/(s1|dv_none|j1)$", status: 404, times: 1_000, body: {} });
    await expect(QUESTIONS[name]?.()).rejects.toThrow(/something other than the API answered/);
  },
);

test.each([
  ["getSegment", "there is no segment s1"],
  ["getDataView", "there is no data view dv_none"],
  ["getSegmentJob", "there is no segment job j1"],
])("%s takes the service's own word", async (name, message) => {
  await expect(QUESTIONS[name]?.()).rejects.toThrow(message);
});

test("check-target does not call a data view missing that is listed", async () => {
  world.emulator.control.addFault({ path: "^/data/dataviews/dv_prod/", status: 404, times: 2 });
  await expect(QUESTIONS["check-target"]?.()).rejects.toThrow("says that there is no such data view, but lists it");
});
