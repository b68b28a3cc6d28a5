import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { ProviderError } from "../../provider-process/provider-error";
import { startProviderProcess, type ProviderProcess } from "../../provider-process/provider-process";
import { AUDIENCES, deviceIs } from "../programs";

let emulator: Emulator;
let stateHome: string;
let provider: ProviderProcess;

const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const started = (config: Record<string, string> = {}) =>
  startProviderProcess({ environment: { ...emulator.environment }, config, stateHome });

beforeEach(async () => {
  emulator = await startEmulator({ limits: false });
  stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-provider-process-"));
  provider = await started();
});
afterEach(async () => {
  await provider.kill();
  await emulator.close();
  rmSync(stateHome, { recursive: true });
});

test("a segment lives from check to delete over the engine's protocol", async () => {
  const { inputs, failures } = await provider.segment.check({ news: mobile });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject(mobile);
  const { id, outs } = await provider.segment.create(inputs);
  expect(outs).toMatchObject({ ...mobile, orgId: "EMULATOR@AdobeOrg" });
  expect(outs["__provider"]).toBe('exports.handler = () => require("pulumi-cja/provider").segment');

  const read = await provider.segment.read(id, outs);
  expect(read).toMatchObject({ id, props: outs, inputs: mobile });

  const news = { ...inputs, name: "Phones" };
  const same = { changes: "none", replaces: [], deleteBeforeReplace: false };
  expect(await provider.segment.diff({ id, olds: outs, news: inputs })).toEqual(same);
  expect(await provider.segment.diff({ id, olds: outs, news })).toMatchObject({ changes: "unknown", replaces: [] });
  const moved = { ...inputs, dataViewId: "dv_stage" };
  expect(await provider.segment.diff({ id, olds: outs, news: moved })).toMatchObject({ replaces: ["dataViewId"] });
  const updated = await provider.segment.update({ id, olds: outs, news });
  expect(emulator.control.segments()).toMatchObject([{ id, name: "Phones" }]);

  // Only another process deletes: what this one has made may be what it has just taken over.
  await provider.stop();
  provider = await started();
  await provider.segment.delete(id, updated.outs);
  expect(emulator.control.segments()).toMatchObject([{ id, deleted: true }]);
});

test("a segment that is gone is read as nothing", async () => {
  const { id, outs } = await provider.segment.create(mobile);
  emulator.control.deleteSegment(id);
  expect(await provider.segment.read(id, outs)).toEqual({ id: "", props: {}, inputs: {} });
});

test("what the provider refuses arrives as the engine gets it", async () => {
  const { failures } = await provider.segment.check({ news: { ...mobile, name: "" } });
  expect(failures).toEqual([{ property: "", reason: expect.stringContaining("name") as string }]);
  emulator.control.setVerdict({ valid: false, message: "no such dimension" });
  await expect(provider.segment.create(mobile)).rejects.toThrow(/no such dimension/);
});

test("a job that was started but failed arrives with what the engine keeps of it", async () => {
  emulator.control.setJobOutcome({ status: "FAILED", jobTiming: { newMs: 0, queuedMs: 0, processingMs: 0 } });
  const failure = await provider.job
    .create({ segmentIds: [AUDIENCES[0]], waitForCompletion: true })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProviderError);
  const [job] = emulator.control.jobs();
  const kept = {
    id: job?.id,
    properties: { status: "FAILED", __provider: expect.stringContaining("segmentJob") as string },
  };
  expect((failure as ProviderError).started).toMatchObject(kept);
});

test("what it prints for the user is there in lines", async () => {
  const { id, outs } = await provider.segment.create(mobile);
  await provider.segment.delete(id, outs);
  // What it prints comes on another way than its answers: all of it is there when it has ended.
  await provider.stop();
  expect(provider.stderr).toEqual([expect.stringMatching(/^warning: .*is not deleted/)]);
});

test("by default a name that the data view does not have is printed with the nearest one, and fails nothing", async () => {
  await provider.stop();
  provider = await startProviderProcess({
    environment: { ...emulator.environment, CJA_CHECK_TARGET: "" },
    stateHome,
  });
  const definition = JSON.parse(JSON.stringify(mobile.definition).replace("device_type", "devcie_type")) as object;
  expect(await provider.segment.check({ news: { ...mobile, definition } })).toMatchObject({ failures: [] });
  const lines = [
    'warning: Segment "Mobile": definition.container.pred.val.name: found "variables/devcie_type", which the data view "dv_dev" does not have; did you mean "variables/device_type"?',
  ];
  await provider.stop();
  expect(provider.stderr).toEqual(lines);
});

test("stack config reaches the provider", async () => {
  await provider.stop();
  provider = await started({ "cja:validate": "never" });
  await provider.segment.create(mobile);
  expect(emulator.control.requests().map(({ path }) => path)).not.toContain("/segments/validate");
});

test("what it uses is known while it lives, where the system tells", async () => {
  const used = { bytes: provider.peakMemory(), seconds: provider.processorSeconds() };
  const told = existsSync("/proc/self/stat");
  expect(used.bytes !== undefined && used.bytes > 30_000_000 && used.bytes < 1_000_000_000).toBe(told);
  expect(used.seconds !== undefined && used.seconds > 0.1 && used.seconds < 60).toBe(told);
  await provider.kill();
  expect([provider.peakMemory(), provider.processorSeconds()]).toEqual([undefined, undefined]);
});

test("what was under way when its engine was killed is found by the next one", async () => {
  emulator.control.addFault({ method: "POST", path: "^/segments$", process: true, hang: true });
  const lost = expect(provider.segment.create(mobile)).rejects.toThrow(/UNAVAILABLE|CANCELLED/);
  await arrival("POST", "/segments");
  provider.killEngine();
  await provider.kill();
  await lost;
  provider = await started();
  const { id } = await provider.segment.create(mobile);
  expect(emulator.control.segments()).toMatchObject([{ id }]);
});

test("without an engine it begins nothing", async () => {
  provider.killEngine();
  await expect(provider.segment.create(mobile)).rejects.toThrow("engine of this run has ended");
  expect(emulator.control.segments()).toEqual([]);
});

test("kill ends it in the middle of a call", async () => {
  emulator.control.addFault({ method: "POST", path: "^/segments$", hang: true });
  const call = provider.segment.create(mobile);
  const rejected = expect(call).rejects.toThrow(/UNAVAILABLE|CANCELLED/);
  await arrival("POST", "/segments");
  await provider.kill();
  await rejected;
  expect(() => process.kill(provider.pid, 0)).toThrow("ESRCH");
});

/** Until the emulator has got such a request. */
async function arrival(method: string, path: string): Promise<void> {
  const has = () => emulator.control.requests().some((request) => request.method === method && request.path === path);
  while (!has()) await new Promise((resolve) => setImmediate(resolve));
}
