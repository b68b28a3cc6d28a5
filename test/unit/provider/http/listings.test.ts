import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCommand } from "../../../../cli/compare/command";
import { exportCommand } from "../../../../cli/export/command";
import { jobsCommand } from "../../../../cli/jobs/command";
import { startEmulator, type Emulator, type DialectName } from "../../../../emulator";
import { createLookups } from "../../../../provider/lookups";
import { parseSettings } from "../../../../model/settings/settings";
import { openRuntime } from "../../../../provider/open-runtime";
import { UNLIMITED } from "../../../engine/programs";
import { InstantClock } from "./virtual-clock";
import { numbers } from "../lookup/world";

// What reads listings, beside services that page in another way than the documents say. How the pager decides: pager.test.ts.

const definition = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "hits",
    pred: { func: "exists", val: { func: "attr", name: "variables/page" } },
  },
};
const SEGMENTS = 130;
const JOBS = 130;
const AUDIENCES = 130;
const NOT_WHOLE = /the listing is incomplete/;

/** Segments are listed in two dialects, audiences in two forms. */
interface Service {
  readonly dialect: DialectName;
  readonly form?: "both" | "definitions";
}

let emulator: Emulator;
let folder: string;
const stateHome = process.env["XDG_STATE_HOME"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-listings-"));
  process.env["XDG_STATE_HOME"] = folder;
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  rmSync(folder, { recursive: true });
  await emulator.close();
});

async function serve({ dialect, form = "both" }: Service) {
  emulator = await startEmulator({ limits: false, dialect, audiences: form });
  const { control } = emulator;
  control.addSegment(numbers(SEGMENTS).map((i) => ({ name: `Segment ${i}`, dataViewId: "dv_dev", definition })));
  for (const i of numbers(JOBS)) control.addJob({ segmentIds: ["a"], status: "SUCCEEDED", created: i + 1 });
  for (const i of numbers(JOBS)) control.addDataView({ id: `dv_${i}`, name: `View ${i}` });
  control.addAudience(numbers(AUDIENCES).map((i) => ({ name: `Audience ${i}`, sandbox: "dev" })));
  return control;
}

const settings = () => parseSettings({}, { ...emulator.environment, ...UNLIMITED });
const runtime = () => openRuntime(settings(), { pid: process.pid }, () => undefined);
const lookups = () => createLookups(runtime(), settings().settings, new InstantClock());
const terminal = () => {
  const told: string[] = [];
  const say = (text: string) => void told.push(text);
  const environment = { ...emulator.environment, ...UNLIMITED };
  return {
    told,
    write: say,
    say,
    environment,
    exit: () => undefined,
    now: () => 0,
    clock: new InstantClock(),
    live: false,
  };
};

/** Everything that asks for all there is, and how many it gets. */
const ALL: Readonly<Record<string, () => Promise<number>>> = {
  findSegments: async () => (await lookups().findSegments({ dataViewId: "dv_dev" })).segments.length,
  findDataViews: async () => (await lookups().findDataViews({ nameContains: "View" })).dataViews.length,
  findSegmentJobs: async () => (await lookups().findSegmentJobs({})).jobs.length,
  async export() {
    const { told, ...place } = terminal();
    const args = ["--data-view", "dv_dev", "--out", join(folder, "program"), "--dry-run", "--no-shares", "--json"];
    await exportCommand(place).exitOverride().parseAsync(args, { from: "user" });
    return (JSON.parse(told.find((text) => text.startsWith("{")) ?? "{}") as { segments: number }).segments;
  },
  async compare() {
    const { told, ...place } = terminal();
    const sides = ["dataview:dv_dev", "dataview:dv_dev"];
    await compareCommand(place).exitOverride().parseAsync(sides, { from: "user" });
    return Number(/(\d+) the same/.exec(told.join(""))?.[1]);
  },
  findAudiences: async () => (await lookups().findAudiences({ sandbox: "dev" })).audiences.length,
  async "export of a sandbox"() {
    const { told, ...place } = terminal();
    const args = ["--sandbox", "dev", "--out", join(folder, "program"), "--dry-run", "--json"];
    await exportCommand(place).exitOverride().parseAsync(args, { from: "user" });
    return (JSON.parse(told.find((text) => text.startsWith("{")) ?? "{}") as { audiences: number }).audiences;
  },
  async "compare of sandboxes"() {
    const { told, ...place } = terminal();
    await compareCommand(place).exitOverride().parseAsync(["sandbox:dev", "sandbox:dev"], { from: "user" });
    return Number(/(\d+) the same/.exec(told.join(""))?.[1]);
  },
  async jobs() {
    const { told, ...place } = terminal();
    await jobsCommand(place).exitOverride().parseAsync(["--json", "--limit", "1000"], { from: "user" });
    return (JSON.parse(told.join("")) as unknown[]).length;
  },
  async shares() {
    const ids = emulator.control.segments().map(({ id }) => id);
    const one = { shares: [{ type: "all" as const }] };
    for (const id of ids.slice(0, 100)) emulator.control.editSegment(id, one);
    return [...(await runtime().shares.read(ids.slice(0, 100))).values()].filter((shares) => shares.length === 1)
      .length;
  },
};
const COUNTS: Readonly<Record<string, number>> = {
  ...{ findSegments: SEGMENTS, findDataViews: JOBS, findSegmentJobs: JOBS, export: SEGMENTS, compare: SEGMENTS },
  ...{ jobs: JOBS, shares: 100 },
  ...{ findAudiences: AUDIENCES, "export of a sandbox": AUDIENCES, "compare of sandboxes": AUDIENCES },
};
const cases: readonly (Service & { readonly what: string })[] = [
  ...Object.keys(ALL).map((what) => ({ dialect: "reference" as const, what })),
  ...["findSegments", "export", "compare"].map((what) => ({ dialect: "guide" as const, what })),
  ...["findAudiences", "export of a sandbox", "compare of sandboxes"].map((what) => ({
    ...{ dialect: "reference" as const, form: "definitions" as const, what },
  })),
];

describe.each(cases)("$what, in the $dialect dialect and the form $form", ({ what, ...service }) => {
  const ask = ALL[what] ?? (() => Promise.reject(new Error("there is no such")));

  test("has everything where the service cuts pages", async () => {
    (await serve(service)).setPaging({ largest: 50 });
    expect(await ask()).toBe(COUNTS[what]);
  });

  test("ends where the service ignores the page, and takes no part of it for all", async () => {
    const control = await serve(service);
    control.setPaging({ ignorePage: true, largest: 50 });
    await expect(ask()).rejects.toThrow(NOT_WHOLE);
    expect(control.requests().length).toBeLessThan(15);
  });
});

describe.each(["guide", "reference"] as const)("of 1,200 segments, in the %s dialect,", (dialect) => {
  const serveThem = async () => {
    emulator = await startEmulator({ limits: false, dialect });
    const { control } = emulator;
    control.addSegment(numbers(1_200).map((i) => ({ name: `Segment ${i}`, dataViewId: "dv_dev", definition })));
    return control;
  };

  test("an export in pages of 500 has all", async () => {
    const control = await serveThem();
    control.setPaging({ largest: 500 });
    expect(await ALL["export"]?.()).toBe(1_200);
    control.setPaging({ largest: 500, ignorePage: true });
    await expect(ALL["export"]?.()).rejects.toThrow(NOT_WHOLE);
  });

  test.each(["findSegments", "export", "compare"])(
    "%s ends where each page is the first thousand again",
    async (what) => {
      const control = await serveThem();
      control.setPaging({ ignorePage: true });
      await expect(ALL[what]?.()).rejects.toThrow(NOT_WHOLE);
      expect(control.requests().length).toBeLessThan(15);
    },
  );
});
