import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../../emulator";
import { createProject, pulumiEnvironment } from "../harness/project";
import { createStack, type Stack } from "../harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "../programs";

const head = `
const cja = require("pulumi-cja");
const pulumi = require("@pulumi/pulumi");
const loaded = () => Object.keys(require.cache).some((file) => /pulumi-cja.dist.provider|dist.provider.lookup/.test(file));
const definition = ${JSON.stringify(deviceIs("Phone"))};
`;

/** Every lookup, in both forms; some of what they take is known only when the segment has been made. */
const everyLookup = `${head}
module.exports = async () => {
  const before = loaded();
  const view = await cja.getDataView({ name: "Development" });
  const [existing, again, byId] = await Promise.all([
    cja.getSegment({ name: "Existing", dataViewName: "Development" }),
    cja.getSegment({ dataViewName: "Development", name: "Existing" }),
    cja.getSegment({ id: "s_existing" }),
  ]);
  const made = new cja.Segment("made", { name: "Made", dataViewId: view.id, definition: existing.definition });
  return {
    before,
    after: loaded(),
    same: existing === again && existing.id === byId.id,
    view: cja.getDataViewOutput({ id: made.dataViewId }).name,
    views: (await cja.findDataViews({ nameContains: "prod" })).dataViews.map(({ id }) => id),
    viewsLater: cja.findDataViewsOutput({ ids: [made.dataViewId] }).dataViews.length,
    made: cja.getSegmentOutput({ id: made.id }).name,
    madeByName: cja.getSegmentOutput({ name: made.name, dataViewId: made.dataViewId }).id,
    hidden: cja.getSegmentOutput({ name: pulumi.secret("Existing") }).id,
    before: (await cja.findSegments({ dataViewName: "Development" })).segments.length,
    with: cja.findSegmentsOutput({ dataViewId: made.dataViewId }).segments.length,
    job: (await cja.getSegmentJob({ id: "job-1" })).status,
    jobLater: cja.getSegmentJobOutput({ id: made.id.apply(() => "job-1") }).source,
    jobs: (await cja.findSegmentJobs({ status: "FAILED", properties: ["source==api"] })).jobs.map(({ id }) => id),
    jobsLater: cja.findSegmentJobsOutput({ limit: made.id.apply(() => 1) }).jobs.length,
    audience: (await cja.getAudience({ name: "Gold", sandbox: "dev" })).expression,
    audienceLater: cja.getAudienceOutput({ id: made.id.apply(() => "a-gold"), sandbox: "dev" }).mergePolicyId,
    audiences: (await cja.findAudiences({ sandbox: "dev", evaluation: "edge" })).audiences.map(({ id }) => id),
    audiencesLater: cja.findAudiencesOutput({ sandbox: made.id.apply(() => "prod") }).audiences.length,
    policies: (await cja.findMergePolicies({ sandbox: "dev" })).mergePolicies.map(({ name }) => name),
    policiesLater: cja.findMergePoliciesOutput({ sandbox: made.id.apply(() => "dev") }).mergePolicies[0].id,
    loaded: before,
  };
};
`;

/** More requests than 6 seconds have room for: some by the program, some by the provider. */
const manyRequests = `${head}
module.exports = async () => {
  for (const id of ["dv_dev", "dv_prod", "dv_stage"]) await cja.findSegments({ dataViewId: id });
  for (let i = 0; i < 4; i++) await cja.getDataView({ id: ["dv_dev", "dv_prod", "dv_stage", "dv_dev"][i] });
  for (let i = 0; i < 5; i++) new cja.Segment("made" + i, { name: "Made " + i, dataViewId: "dv_stage", definition });
};
`;

/** Lookups that fail, and that nobody waits for. */
const failing = `${head}
void cja.getSegment({ name: "Twice" });
void cja.getSegment({ name: "Twice" });
void cja.getSegment({ name: "Twice", id: "s1" });
cja.getSegmentOutput({ id: "nowhere" }).apply(({ name }) => name);
cja.getSegmentOutput({ id: pulumi.secret("top secret"), name: "Mobile" });
cja.getDataViewOutput({ id: pulumi.secret("hush hush") });
cja.getSegmentOutput({ name: pulumi.secret("hush-hush") });
cja.findSegmentsOutput({ nmaeContains: "x", limit: new Promise(() => undefined) });
new cja.Segment("in-no-view", { name: "X", definition, dataViewId: cja.getDataViewOutput({ name: "Produktion" }).id });
`;

describe("lookups in a program", () => {
  let emulator: Emulator;
  let stack: Stack;
  const tokens = () => emulator.control.requests().filter(({ path }) => path === "/ims/token/v3").length;
  const count = (text: string, part: string) => text.split(part).length - 1;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    const { control } = emulator;
    const one = { dataViewId: "dv_dev", definition: deviceIs("Phone") };
    control.addSegment({ ...one, id: "s_existing", name: "Existing" });
    for (const dataViewId of ["dv_dev", "dv_prod"]) control.addSegment({ ...one, dataViewId, name: "Twice" });
    control.addJob({ id: "job-1", segmentIds: [AUDIENCES[0]], status: "FAILED", created: "2026-01-01T00:00:00Z" });
    control.addJob({ id: "job-2", segmentIds: ["*"], status: "SUCCEEDED", source: "scheduler" });
    control.addJob({ id: "job-3", segmentIds: ["*"], status: "SUCCEEDED", sandbox: "dev" });
    control.setMergePolicies("dev", [{ id: "mp-1", name: "Main", default: true }]);
    const gold = { expression: { nodeType: "literal", value: true }, evaluation: "edge" } as const;
    control.addAudience({ id: "a-gold", name: "Gold", sandbox: "dev", ...gold });
    control.addAudience({ name: "Gold", sandbox: "prod" });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: everyLookup });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("work in a preview, which asks nothing of what is still to be made, and in up, with one token", async () => {
    const preview = await stack.preview();
    expect(preview.changes).toEqual({ create: 1 });
    const asked = emulator.control.requests().map(({ path, query }) => `${path} ${query["name"] ?? ""}`);
    expect(asked.filter((request) => request === "/segments Made")).toEqual([]);
    expect(asked.filter((request) => request === "/data/dataviews ")).toHaveLength(1);
    expect(asked.filter((request) => request === "/segments Existing")).toHaveLength(2);

    await stack.up();
    const { id } = stack.resource("made");
    expect(stack.outputs()).toMatchObject({
      loaded: false,
      after: true,
      same: true,
      view: "Development",
      views: ["dv_prod"],
      viewsLater: 1,
      made: "Made",
      madeByName: id,
      before: 2,
      with: 3,
      job: "FAILED",
      jobLater: "api",
      jobs: ["job-1"],
      jobsLater: 1,
      audience: { nodeType: "literal", value: true },
      audienceLater: "mp-1",
      audiences: ["a-gold"],
      audiencesLater: 1,
      policies: ["Main"],
      policiesLater: "mp-1",
    });
    expect(JSON.stringify(stack.outputs()["hidden"])).not.toContain("s_existing");
    expect(tokens()).toBe(1);
  });

  test("keep to the limits together with the resources, which are in another process", async () => {
    emulator.control.setLimits({ enabled: true });
    emulator.control.clearRequests();
    stack.setProgram(manyRequests);
    await stack.up({ env: { CJA_REQUESTS_PER_MINUTE: "60", CJA_MAX_CONCURRENT: "6" } });
    emulator.control.setLimits({ enabled: false });
    const statuses = emulator.control.requests().map(({ status }) => status);
    expect(statuses.length).toBeGreaterThan(12);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test("fail a run with one message each, though nobody waits for them, and without what is secret", async () => {
    stack.setProgram(failing);
    const { output, diagnostics } = await stack.preview({ fails: true });
    const told = diagnostics.map(({ message }) => message).join("\n");
    for (const message of [
      'cja.getSegment({"name":"Twice"}): found 2 with the name "Twice"; give the ID of one, or its data view',
      'cja.getSegment({"name":"Twice","id":"s1"}): name: found beside id',
      'cja.getSegment({"id":"nowhere"}): there is no segment nowhere',
      'cja.getSegment({"id":…,"name":"Mobile"}): name: found beside id',
      "cja.getDataView([secret]): id: found",
      'cja.getSegment([secret]): there is no segment with the name "[redacted]"',
      "nmaeContains: there is no such argument",
      'cja.getDataView({"name":"Produktion"}): there is no data view with the name "Produktion"; did you mean "Production"?',
    ]) {
      expect([message, count(told, message)]).toEqual([message, 1]);
    }
    expect(output).not.toMatch(/top secret|hush|error serializing|\n\s+at /);
  });

  test("ask with the config of their own program, where a process runs several, and let the process end", async () => {
    const folder = await createProject({ program: "", project: "inline" });
    writeFileSync(join(folder, "inline.js"), inline);
    const env = { ...pulumiEnvironment(folder), ...emulator.environment, XDG_STATE_HOME: join(folder, "state-home") };
    const { stdout } = await promisify(execFile)(process.execPath, ["inline.js"], {
      cwd: folder,
      env,
      timeout: 60_000,
    }).finally(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const [prod, dev, lost] = JSON.parse(stdout) as unknown[];
    expect([prod, dev]).toEqual([["job-2", "job-1"], ["job-3"]]);
    expect(lost).toContain('error: cja.getSegment({"name":"Twice"}): found 2 with the name "Twice"');
  });
});

const inline = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const cja = require("pulumi-cja");

const preview = async (stackName, sandbox, ask) => {
  let answer;
  const stack = await LocalWorkspace.createStack({ stackName, projectName: "inline", program: async () => { answer = await ask(); } }, {
    workDir: __dirname,
    projectSettings: { name: "inline", runtime: "nodejs" },
    stackSettings: { [stackName]: { config: { "cja:sandbox": sandbox } } },
  });
  return stack.preview().then(() => answer, ({ message }) => message);
};
const jobs = async () => (await cja.findSegmentJobs()).jobs.map(({ id }) => id);
const lost = async () => void cja.getSegment({ name: "Twice" });

// What nobody awaits fails every program that the process runs at that time: Pulumi listens to the process.
Promise.all([preview("a", "prod", jobs), preview("b", "dev", jobs)])
  .then(async (answers) => [...answers, await preview("c", "prod", lost)])
  .then((answers) => console.log(JSON.stringify(answers)));
`;
