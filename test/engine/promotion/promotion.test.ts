import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compareCommand } from "../../../cli/compare/command";
import { exportCommand } from "../../../cli/export/command";
import { unmanagedCommand } from "../../../cli/unmanaged";
import { startEmulator, type Emulator } from "../../../emulator";
import { pulumiEnvironment } from "../harness/project";
import { Stack } from "../harness/stack";
import { UNLIMITED } from "../programs";
import { ANALYSTS, definitionOf, ENVIRONMENTS, expectedIn, sharesIn, tagsOf } from "./definitions";
import { componentsOf, itemsOf, MOST, shared, SHARES, tagged, TAGS, updated, writesOf } from "./writes";

/** As many as somebody has in the UI. CI takes 250; the steps are the same. */
const COUNT = Number(process.env["CJA_PROMOTED_SEGMENTS"] ?? 24);
const STAGES = ["stage", "prod"] as const;
const PAGE = 1_000;
const PARALLEL = 8;

/** A third of the processor's time, for what other tests show. */
const CHEAP = {
  // `npm run typecheck` compiles what export writes in its own tests.
  PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  // The engine writes the state once, and not after each of hundreds of segments.
  PULUMI_EXPERIMENTAL: "true",
  PULUMI_SKIP_CHECKPOINTS: "true",
};

let emulator: Emulator;
let root: string;
let folder: string;
const stacks = new Map<string, Stack>();
const stackOf = (name: string): Stack => stacks.get(name) ?? fail(name);
const fail = (what: string): never => {
  throw new Error(`there is no ${what}`);
};

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  const parent = resolve(__dirname, "../../../.tmp/engine");
  mkdirSync(parent, { recursive: true });
  root = mkdtempSync(join(parent, "promotion-"));
  folder = join(root, "program");
  writeFileSync(join(root, "environments.yaml"), ENVIRONMENTS);
  for (let index = 0; index < COUNT; index += 1)
    emulator.control.addSegment({
      name: `Segment ${index}`,
      description: index % 2 === 0 ? `Number ${index}` : "",
      dataViewId: "dv_dev",
      definition: definitionOf(index),
      tags: tagsOf(index),
      shares: sharesIn("dev", index),
    });
});
afterAll(async () => {
  for (const stack of stacks.values()) await stack.dispose();
  await emulator.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => emulator.control.clearRequests());

const environment = () => ({
  ...pulumiEnvironment(folder),
  ...emulator.environment,
  ...UNLIMITED,
  ...CHEAP,
});

/** A command of `pulumi-cja`, in this process. */
async function run(command: typeof exportCommand | typeof compareCommand | typeof unmanagedCommand, ...args: string[]) {
  const told = { out: "", status: 0 };
  const terminal = {
    write: (text: string) => void (told.out += text),
    log: () => undefined,
    environment: environment(),
    now: () => Date.now(),
    exit: (status: number) => void (told.status = status),
  };
  await command(terminal).exitOverride().parseAsync(args, { from: "user" });
  return told;
}

const exported = () =>
  run(
    exportCommand,
    "--data-view",
    "dv_dev",
    "--out",
    folder,
    "--project",
    "promotion",
    "--environments",
    join(root, "environments.yaml"),
    "--environment",
    "dev",
  );

const files = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(ts|json|yaml)$/.test(path))
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );

async function stack(name: string): Promise<Stack> {
  for (const path of ["backend", "events"]) mkdirSync(join(folder, path), { recursive: true });
  const made = new Stack(folder, {
    env: { ...emulator.environment, ...UNLIMITED, ...CHEAP },
    name,
    project: "promotion",
  });
  stacks.set(name, made);
  await made.pulumi(["stack", "init", name]);
  return made;
}

const inView = (dataViewId: string) =>
  emulator.control.segments().filter((segment) => segment.dataViewId === dataViewId && !segment.deleted);
const writes = () => writesOf(emulator);
const writesTo = (path: string) => writes().filter((write) => write.path === path);
const requestsTo = (path: string) => emulator.control.requests().filter((request) => request.path === path).length;
const reads = () =>
  emulator.control.requests().filter(({ method, path }) => method === "GET" && path.startsWith("/segments")).length;
const named = (name: string, dataViewId: string) =>
  inView(dataViewId).find((segment) => segment.name === name) ?? fail(name);
const viewOf = (name: string) => `dv_${name}`;

/** @param beside what else the file says; without it, the first file that has the text is meant */
function edit(text: string, by: string, beside = text): void {
  for (const [path, content] of Object.entries(files())) {
    if (!content.includes(text) || !content.includes(beside)) continue;
    writeFileSync(join(folder, path), content.replace(text, by));
    return;
  }
  fail(text);
}

/** Adds to the program what is segment 4 under another name, and adopts nothing. */
function copySegment4(name: string): void {
  const [path = fail("file"), content = ""] =
    Object.entries(files()).find(([, text]) => text.includes('"Page 4"')) ?? [];
  const copy = content.replaceAll(/segment-4|segment4|Segment 4/gi, name).replace(/^\s*adoptId: .*\n/m, "");
  writeFileSync(join(folder, path.replace(/[^/]+\.ts$/, "another.ts")), copy);
  writeFileSync(
    join(folder, "index.ts"),
    `${readFileSync(join(folder, "index.ts"), "utf8")}import "./segments/another";\n`,
  );
}

/** The definition of segment 0 with its page renamed, as it is in dev. */
const CHANGED = JSON.parse(JSON.stringify(definitionOf(0)).replace("Page 0", "Page zero")) as object;

it("export, then up: nothing is written, and what is read is the listing", async () => {
  await exported();
  expect(existsSync(join(folder, "index.ts"))).toBe(true);
  emulator.control.clearRequests();
  const up = await (await stack("dev")).up();
  expect(up.changes).toEqual({ create: COUNT });
  expect(writes()).toEqual([]);
  // Filters by ID and pages of the listing take turns; one more finds out which form of the API it is.
  expect(reads()).toBeLessThanOrEqual(2 * Math.ceil(COUNT / PAGE) + 1);
  // The first one comes alone, or nearly so.
  expect(requestsTo(`${SHARES}/component/search`)).toBeLessThanOrEqual(Math.ceil(COUNT / MOST) + 1);
});

it("export again: no difference", async () => {
  const before = files();
  await exported();
  expect(files()).toEqual(before);
  expect(writes()).toEqual([]);
});

it.each(STAGES)("up in %s: every ID is that environment's, in every place, and all is written once", async (name) => {
  const up = await (await stack(name)).up({ args: ["--parallel", String(PARALLEL)] });
  expect(up.changes).toEqual({ create: COUNT });
  const made = new Map(inView(viewOf(name)).map((segment) => [segment.name, segment]));
  expect(made.size).toBe(COUNT);
  for (let index = 0; index < COUNT; index += 1) {
    const { definition, tags, shares } = made.get(`Segment ${index}`) ?? {};
    const told = shares?.map(({ type, toId }) => (type === "all" ? { type } : { type, to: toId }));
    const expected = [expectedIn(name, definitionOf(index)), tagsOf(index), sharesIn(name, index)];
    expect([index, definition, tags, told]).toEqual([index, ...expected]);
  }
  const idsWith = (has: (index: number) => { readonly length: number }) =>
    [...Array(COUNT).keys()].flatMap((at) => (has(at).length > 0 ? [made.get(`Segment ${at}`)?.id] : [])).sort();
  const withTags = idsWith(tagsOf);
  const withShares = idsWith((index) => sharesIn(name, index));
  expect(writesTo("/segments")).toHaveLength(COUNT);
  expect([componentsOf(writesTo(TAGS)), componentsOf(writesTo(SHARES))]).toEqual([withTags, withShares]);
  expect(writes()).toHaveLength(COUNT + writesTo(TAGS).length + writesTo(SHARES).length);
  // What comes together goes together.
  const batches = Math.ceil(new Set([...withTags, ...withShares]).size / PARALLEL) + 2;
  expect(Math.max(writesTo(TAGS).length, writesTo(SHARES).length)).toBeLessThanOrEqual(batches);
});

it("the stacks are the same under logical names, and the data views under their segments' names", async () => {
  const file = ["--environments", join(root, "environments.yaml"), "--cwd", folder];
  expect(await run(compareCommand, "stack:stage", "stack:prod", ...file)).toEqual({
    status: 0,
    out: `stack:stage and stack:prod: ${COUNT} the same\n`,
  });
  expect((await run(compareCommand, "dataview:dv_dev", "dataview:dv_prod", ...file)).status).toBe(0);
  expect((await run(compareCommand, "stack:prod", "dataview:dv_prod", ...file)).status).toBe(0);
});

it("a group of another environment is refused before anything is sent", async () => {
  const [group, foreign] = ['env.group("analysts")', `"${ANALYSTS.dev}"`];
  edit(group, foreign, 'name: "Segment 4"');
  const { output } = await stackOf("prod").preview({ fails: true });
  edit(foreign, group, 'name: "Segment 4"');
  expect(output).toContain("1 mistake in the arguments of 1 resource; nothing was sent or changed.");
  expect(output).toContain(
    `shares[0].id: found ${foreign}, which is "analysts" of dev, not of prod; use "${ANALYSTS.prod}"`,
  );
  expect(emulator.control.requests()).toEqual([]);
});

it("an update must not carry source IDs into the target, a rename must not make a second segment, and a new one is made once", async () => {
  edit('"Page 0"', '"Page zero"');
  edit('tags: ["kind 1", "promoted"]', 'tags: ["renamed"]', 'name: "Segment 1"');
  edit("shares: []", 'shares: [{ to: "group", id: env.group("analysts") }]', 'name: "Segment 1"');
  edit('name: "Segment 1"', 'name: "Renamed"');
  copySegment4("Another");
  for (const name of STAGES) {
    const { id } = named("Segment 1", viewOf(name));
    emulator.control.clearRequests();
    expect((await stackOf(name).up()).changes).toEqual({ same: COUNT - 2, update: 2, create: 1 });
    const another = named("Another", viewOf(name));
    // One changed condition is one written, with the target's IDs; tags and shares are the target's, too, and may go together.
    const definition = expectedIn(name, CHANGED);
    const added = { name: "Another", definition: expectedIn(name, definitionOf(4)) };
    const [updates, creates, tags, shares] = ["/segments/ID", "/segments", TAGS, SHARES].map(writesTo);
    expect(updates).toHaveLength(2);
    expect(updates).toEqual(expect.arrayContaining([updated({ definition }), updated({ name: "Renamed" })]));
    expect(creates).toEqual([
      expect.objectContaining({ method: "POST", body: expect.objectContaining(added) as unknown }),
    ]);
    expect(itemsOf(tags)).toEqual(itemsOf([tagged(id, "renamed"), tagged(another.id, ...tagsOf(4))]));
    expect(itemsOf(shares)).toEqual(itemsOf([shared(id, name), shared(another.id, name)]));
    expect(writes()).toHaveLength([updates, creates, tags, shares].flat().length);
    expect([named("Segment 0", viewOf(name)).definition, another.definition]).toEqual([definition, added.definition]);
    expect([named("Renamed", viewOf(name)).id, inView(viewOf(name)).length]).toEqual([id, COUNT + 1]);
  }
});

it("what is not deployed yet is told by a comparison, until it is", async () => {
  const file = ["--environments", join(root, "environments.yaml"), "--cwd", folder];
  const { status, out } = await run(compareCommand, "stack:dev", "stack:prod", ...file);
  expect([status, out]).toEqual([2, expect.stringMatching(/- Sessions where .* is "Page 0"\n {2}\+ .*"Page zero"/)]);
  expect((await stackOf("dev").up()).changes).toEqual({ same: COUNT - 2, update: 2, create: 1 });
  expect((await run(compareCommand, "stack:dev", "stack:prod", ...file)).status).toBe(0);
});

it("what no stack has is told", async () => {
  const { id } = emulator.control.addSegment({ name: "By hand", dataViewId: "dv_prod", definition: definitionOf(0) });
  expect(await run(unmanagedCommand, "--data-view", "dv_prod", "--stack", "prod", "--cwd", folder)).toEqual({
    status: 2,
    out: `1 of the ${COUNT + 2} segments of dv_prod is in none of the stacks:\n  By hand (${id})\n`,
  });
});
