import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator";
import { UNKNOWN } from "../../model/is-unknown";
import { asSecret } from "../../provider/secret-arguments";
import { AUDIENCES, deviceIs, UNLIMITED } from "../engine/programs";
import { build } from "../faults/host";
import { ProviderError } from "../provider-process/provider-error";
import { startPluginProcess, type PluginProcess, type PluginProcessOptions } from "../provider-process/plugin-process";

const SEGMENT = "cja:index:Segment";
const JOB = "cja:index:SegmentJob";
const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });

let emulator: Emulator;
let stateHome: string;
let plugin: PluginProcess;
const running: PluginProcess[] = [];

const start = async (options: Partial<PluginProcessOptions> = {}) => {
  const environment = { ...emulator.environment, ...UNLIMITED, ...options.environment };
  const started = await startPluginProcess({ stateHome, ...options, environment });
  running.push(started);
  return started;
};
const sent = () =>
  emulator.control
    .requests()
    .filter(({ path }) => !path.startsWith("/ims/"))
    .map(({ method, path }) => `${method} ${path}`);
const failure = async (run: Promise<unknown>): Promise<ProviderError> => {
  const error: unknown = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw new Error(`expected the plugin to answer an error, found ${String(error)}`);
};
/** Waits for what must come: the test's own limit ends a wait in vain. */
const until = async (holds: () => boolean) => {
  while (!holds()) await pause(20);
};

beforeAll(async () => {
  await build();
  emulator = await startEmulator({ limits: false, clock: "manual" });
  stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-plugin-"));
  plugin = await start();
});
beforeEach(() => emulator.control.clearRequests());
afterAll(async () => {
  for (const one of running) await one.stop();
  await emulator.close();
  rmSync(stateHome, { recursive: true, force: true });
});

test("the schema is the one beside the executable, in the version of the package", async () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(__dirname, "../..", file), "utf8")) as { version: string };
  expect(await plugin.schema()).toEqual({ ...read("plugin/schema.json"), version: read("package.json").version });
});

describe("a segment", () => {
  test("lives, and sends what the other door sends", async () => {
    const segment = plugin.resource(SEGMENT, "mobile");
    const { inputs, failures } = await segment.check({ ...args("Phone"), tags: null });
    expect(failures).toEqual([]);
    expect(inputs).toEqual(args("Phone"));
    const planned = await segment.create(inputs, true);
    expect(planned).toMatchObject({ id: "", outs: { ...args("Phone"), orgId: "EMULATOR@AdobeOrg", created: UNKNOWN } });
    expect(sent().filter((request) => !request.startsWith("GET"))).toEqual(["POST /segments/validate"]);

    const { id, outs } = await segment.create(inputs);
    expect(outs).toMatchObject({ ...args("Phone"), orgId: "EMULATOR@AdobeOrg" });
    expect(await segment.diff(id, outs, inputs)).toMatchObject({ changes: false, detailedDiff: {} });

    const changed = await segment.check({ ...args("Phone"), description: "new" }, inputs);
    expect(await segment.diff(id, outs, changed.inputs)).toEqual({
      changes: true,
      replaces: [],
      diffs: ["description"],
      deleteBeforeReplace: false,
      detailedDiff: { description: "add" },
    });
    const preview = await segment.update(id, outs, changed.inputs, true);
    expect(preview.outs).toMatchObject({ description: "new", created: outs["created"], modified: UNKNOWN });
    emulator.control.clearRequests();
    const updated = await segment.update(id, outs, changed.inputs);
    expect(sent()).toEqual([`PUT /segments/${id}`]);

    emulator.control.editSegment(id, { name: "By hand" });
    const read = await segment.read(id, updated.outs, changed.inputs);
    expect(read).toMatchObject({ id, props: { name: "By hand" }, inputs: { ...changed.inputs, name: "By hand" } });
    // What a process has made it does not delete: to the engine that would be a replacement.
    await (await start()).resource(SEGMENT, "mobile").delete(id, read.props);
    const later = (await start()).resource(SEGMENT, "mobile");
    expect(await later.read(id, read.props, read.inputs)).toEqual({ id: "", props: {}, inputs: {} });
  });

  test("that a dynamic resource has in state is the same", async () => {
    const segment = plugin.resource(SEGMENT, "moved");
    const { inputs } = await segment.check(args("moved"));
    const { id, outs } = await segment.create(inputs);
    const old = { ...outs, __provider: "exports.handler = …", __secrets: [["name"]] };
    expect(await segment.diff(id, old, inputs)).toMatchObject({ changes: false });
    const read = await segment.read(id, old, { ...inputs, __provider: "exports.handler = …" });
    expect(Object.keys({ ...read.props, ...read.inputs }).filter((key) => key.startsWith("__"))).toEqual([]);
  });

  test("with mistakes is refused, with all of them in one text", async () => {
    const { failures } = await plugin.resource(SEGMENT, "wrong").check({ ...args("wrong"), name: "", locale: "en" });
    expect(failures).toEqual([
      expect.stringMatching(/^2 mistakes in the arguments\n {2}name: .*\n {2}locale: .*$/) as string,
    ]);
    expect(sent()).toEqual([]);
  });

  test("that is not there cannot be read, in one line", async () => {
    const error = await failure(plugin.resource(SEGMENT, "gone").read("s300000022_ffffffffffffffffffffffff"));
    expect(error.message).toMatch(/^Could not read segment s300000022_f{24}.*$/);
  });
});

test("a kind that there is none of is an error that names those that there are", async () => {
  const error = await failure(plugin.resource("cja:index:Report", "x").check({}));
  expect(error.message).toBe(
    `pulumi-cja has no resource cja:index:Report; it has ${SEGMENT}, ${JOB}, cja:index:Audience`,
  );
});

describe("secrets", () => {
  const hidden = (str: unknown) => ({ ...args("secret"), definition: deviceIs(str as string) });

  test("stay secret in arguments and outputs, and where the service repeats them", async () => {
    const segment = plugin.resource(SEGMENT, "secret");
    const { inputs } = await segment.check({ ...hidden(asSecret("hunter2")), name: asSecret("named hunter2") });
    expect(inputs).toEqual({ ...hidden(asSecret("hunter2")), name: asSecret("named hunter2") });
    const { id, outs } = await segment.create(inputs);
    expect(outs).toMatchObject({ ...hidden(asSecret("hunter2")), name: asSecret("named hunter2") });
    const read = await segment.read(id, outs, inputs);
    expect(read.inputs).toEqual(inputs);
    expect(JSON.stringify(withoutSecrets(read))).not.toContain("hunter2");
    // By a digest in clear a guess could be tried.
    for (const state of [outs, read.props])
      expect(withoutSecrets(state)).toMatchObject({ definitionDigest: "[secret]" });
  });

  test("are in no message, whoever repeats them", async () => {
    const segment = plugin.resource(SEGMENT, "refused");
    const { failures } = await segment.check({ ...hidden(asSecret("hunter3")), dataViewId: asSecret("a b hunter3") });
    expect(failures.join()).toContain("dataViewId");
    expect(failures.join()).not.toContain("hunter3");
    const { inputs } = await segment.check(hidden(asSecret("hunter4")));
    emulator.control.addFault({ method: "POST", path: "^/segments$", status: 400, body: { message: "bad: hunter4" } });
    const error = await failure(segment.create(inputs));
    expect(error.message).toContain("bad: ");
    expect(error.message).not.toContain("hunter4");
  });
});

const withoutSecrets = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => (isMarked(one) ? "[secret]" : one))) as unknown;
const isMarked = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;

describe("a run that is cancelled", () => {
  test("ends a wait, and keeps the job, which goes on", async () => {
    const cancelled = await start();
    const job = cancelled.resource(JOB, "nightly");
    const { inputs } = await job.check({ segmentIds: [...AUDIENCES], waitForCompletion: true });
    const created = failure(job.create(inputs));
    await until(() => sent().some((request) => request.endsWith("/bulk-get") || /jobs\/[\w-]+$/.test(request)));
    await cancelled.cancel();
    const { started, message } = await created;
    expect(message).toContain("the run was cancelled");
    const [at] = emulator.control.jobs();
    expect(started).toMatchObject({ id: at?.id, properties: { status: "NEW", segmentIds: [...AUDIENCES] } });
    expect(sent().filter((request) => request.startsWith("DELETE"))).toEqual([]);
    expect(at?.status).toBe("NEW");
  });
});

describe("settings", () => {
  test("of a provider that a program makes outrank the variables", async () => {
    const other = await start({ provider: "other", config: { orgId: "OTHER@AdobeOrg" } });
    const segment = other.resource(SEGMENT, "x");
    const { failures } = await segment.check(args("x"));
    // The emulator lets in one organisation alone.
    expect(failures).toEqual([expect.stringContaining("403025") as string]);
  });

  test("of another organisation are refused, and replace nothing", async () => {
    const segment = plugin.resource(SEGMENT, "org");
    const { inputs } = await segment.check(args("org"));
    const { id, outs } = await segment.create(inputs);
    const other = await start({ provider: "other", config: { orgId: "OTHER@AdobeOrg" } });
    emulator.control.clearRequests();
    const olds = { orgId: "EMULATOR@AdobeOrg" };
    expect(await other.diffConfig(olds, { orgId: "OTHER@AdobeOrg" })).toEqual({
      changes: true,
      diffs: ["orgId"],
      replaces: [],
    });
    const error = await failure(other.resource(SEGMENT, "org").diff(id, outs, inputs));
    expect(error.message).toContain(
      "belong to the organisation EMULATOR@AdobeOrg, but the settings say OTHER@AdobeOrg",
    );
    expect(sent()).toEqual([]);
  });

  test("have names", async () => {
    const { failures } = await plugin.checkConfig({ orgid: "A" });
    expect(failures).toEqual(['cja:orgid: there is no such setting; did you mean "cja:orgId"?']);
  });
});

describe("a lookup", () => {
  test("is answered", async () => {
    const { id } = emulator.control.addSegment(args("found"));
    expect(await plugin.invoke("cja:index:getSegment", { id })).toMatchObject({
      answer: { id, name: "found", definition: deviceIs("found") },
      failures: [],
    });
  });

  test("of audiences is answered, text and JSON alike", async () => {
    const { id } = emulator.control.addAudience({ name: "Gold", expression: { nodeType: "literal", value: true } });
    expect(await plugin.invoke("cja:index:getAudience", { id })).toMatchObject({
      answer: { id, name: "Gold", expression: { nodeType: "literal", value: true } },
    });
    const { answer } = await plugin.invoke("cja:index:findMergePolicies", {});
    const policies = emulator.control.mergePolicies().filter(({ sandbox }) => sandbox === "prod");
    expect(answer).toMatchObject({ mergePolicies: { length: policies.length } });
    expect((await plugin.invoke("cja:index:findAudiences", { nameContains: "gold" })).answer).toMatchObject({
      audiences: [{ id }],
    });
  });

  test("with mistakes is refused, and one that finds nothing says so", async () => {
    expect((await plugin.invoke("cja:index:getSegment", {})).failures).toEqual([
      expect.stringContaining("found neither id nor name") as string,
    ]);
    const error = await failure(plugin.invoke("cja:index:getSegment", { name: "nobody's" }));
    expect(error.message).toContain("nobody's");
    expect(error.message).not.toContain("\n    at ");
  });
});
