import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulateCommand } from "../../cli/emulate";
import { startEmulator, type Emulator, type NeutralJob, type NeutralSegment } from "../../emulator";
import {
  type Call,
  anyNumber,
  anyText,
  definition,
  jobsPath,
  openEmulator,
  tokenRequest,
  withEmulator,
} from "./client";

describe("control over HTTP", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator()));
  afterAll(() => emulator.close());

  /** Without any of the headers that Adobe's gateway wants. */
  async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/__emulator${path}`, { method, ...content });
    return { status: response.status, body: await response.json() };
  }

  test.each<[string, string, unknown, number, unknown]>([
    ["GET", "/requests", undefined, 200, { requests: [] }],
    ["DELETE", "/requests", undefined, 200, { ok: true }],
    ["POST", "/faults", { status: 500 }, 201, { status: 500, times: 1, skip: 0 }],
    ["GET", "/faults", undefined, 200, { faults: [{ status: 500, times: 1, skip: 0 }] }],
    ["DELETE", "/faults", undefined, 200, { ok: true }],
    ["GET", "/limits", undefined, 200, { enabled: false, requestsPerMinute: 60, concurrent: 6, burst: 12 }],
    ["PUT", "/paging", { ignorePage: true, largest: 5 }, 200, { ok: true }],
    ["PUT", "/paging", {}, 200, { ok: true }],
    ["PUT", "/limits", { burst: 3 }, 200, { enabled: false, requestsPerMinute: 60, burst: 3, burstSeconds: 6 }],
    ["PUT", "/clock", { mode: "manual", now: 5000 }, 200, { mode: "manual", now: 5000 }],
    ["POST", "/clock/advance", { ms: 7 }, 200, { mode: "manual", now: 5007 }],
    ["GET", "/clock", undefined, 200, { mode: "manual", now: 5007 }],
    [
      "POST",
      "/segments",
      [{ id: "s1", name: "A", dataViewId: "dv_dev", definition }],
      201,
      [{ id: "s1", shared: true }],
    ],
    [
      "PATCH",
      "/segments/s1",
      { owner: "Bob", deleted: true },
      200,
      { name: "A", deleted: true, owner: { name: "Bob" } },
    ],
    ["GET", "/segments", undefined, 200, { segments: [{ id: "s1", created: "1970-01-01T00:00:05.007Z" }] }],
    [
      "PUT",
      "/segments/s1/uses",
      [{ type: "project", id: "p1", name: "P" }],
      200,
      { id: "s1", uses: [{ type: "project", id: "p1", internal: false }] },
    ],
    ["PUT", "/segments/s2/uses", [], 404, { error: "The emulator has no segment s2" }],
    ["PUT", "/refused-components", { ids: ["s1"] }, 200, { ok: true }],
    ["PUT", "/report-service", { allowed: false }, 200, { allowed: false, mostFunctions: 4000 }],
    ["PUT", "/report-service", {}, 200, { allowed: true, mostFunctions: 4000 }],
    ["PUT", "/events", [{ person: "p", session: "s", time: 0, values: {} }], 200, { ok: true }],
    ["PUT", "/events", null, 200, { ok: true }],
    ["DELETE", "/segments/s1?purge=true", undefined, 200, { ok: true }],
    ["DELETE", "/segments/s1", undefined, 404, { error: "The emulator has no segment s1" }],
    [
      "POST",
      "/jobs",
      { id: "j1", segmentIds: ["a"], status: "QUEUED" },
      201,
      { id: "j1", status: "QUEUED", source: "api" },
    ],
    ["PATCH", "/jobs/j1", { status: "FAILED" }, 200, { status: "FAILED", errors: [{ code: anyText }] }],
    ["GET", "/jobs", undefined, 200, { jobs: [{ id: "j1", sandbox: "prod", segmentIds: ["a"] }] }],
    ["DELETE", "/jobs/j1", undefined, 200, { ok: true }],
    ["DELETE", "/jobs/j1", undefined, 404, { error: "The emulator has no job j1" }],
    [
      "PUT",
      "/job-outcome",
      { status: "FAILED", jobTiming: { newMs: 1 } },
      200,
      { timing: { newMs: 1, queuedMs: 500 } },
    ],
    ["POST", "/validate-verdict", { valid: false }, 200, { valid: false }],
    ["POST", "/validate-verdict", null, 200, null],
    ["POST", "/data-views", { id: "dv_new", name: "New" }, 201, { id: "dv_new", name: "New" }],
    ["POST", "/data-views", [{ id: "dv_a", name: "A" }], 201, [{ id: "dv_a", name: "A" }]],
    ["PUT", "/permissions", { admin: false }, 200, { ok: true }],
    ["PUT", "/rewrite", { enabled: true }, 200, { ok: true }],
    ["PUT", "/used-in", { answered: false }, 200, { ok: true }],
    ["POST", "/tokens", undefined, 201, { token_type: "bearer", expires_in: 86399 }],
    ["PUT", "/tokens", { expiresInSeconds: 60 }, 200, { ok: true }],
    ["POST", "/tokens/revoke", undefined, 200, { revoked: 2 }],
    ["POST", "/reset", undefined, 200, { ok: true }],
    ["GET", "/limits", undefined, 200, { burst: 12 }],
  ])("%s %s", async (method, path, body, status, answer) => {
    const answered = await control(method, path, body);
    expect(answered).toMatchObject({ status, body: answer });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("control is not limited and meets no fault", async () => {
    emulator.control.setLimits({ enabled: true, requestsPerMinute: 0 });
    emulator.control.addFault({ status: 500 });
    expect((await control("GET", "/limits")).status).toBe(200);
    emulator.control.reset();
  });

  test("tokens can be revoked, and made short-lived", async () => {
    emulator.control.setTokenLifetime({ expiresInSeconds: 60 });
    const { access_token, expires_in } = (await (await tokenRequest(emulator)).json()) as {
      access_token: string;
      expires_in: number;
    };
    expect(expires_in).toBe(60);
    const asked = async (): Promise<string | number> => {
      const answer = await call("GET", "/segments", undefined, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      return answer.status === 200 ? 200 : answer.body.error_code;
    };
    expect(await asked()).toBe(200);
    emulator.control.advance(60_000);
    expect(await asked()).toBe("401013");
    emulator.control.setClock({ now: Date.now() });
    emulator.control.reset();
    emulator.control.revokeTokens();
    expect(await asked()).toBe("401013");
  });

  test("a data view may have components of its own", async () => {
    const { access_token } = emulator.control.issueToken();
    const headers = { authorization: `Bearer ${access_token}` };
    const dimensions = [{ id: "variables/x", name: "X" }];
    emulator.control.addDataView({ id: "dv_own", name: "Own", dimensions });
    const get = async (path: string): Promise<object> => (await call("GET", path, undefined, { headers })).body;
    expect(await get("/data/dataviews/dv_own")).toEqual({ id: "dv_own" });
    expect(await get("/data/dataviews/dv_own?expansion=name")).toEqual({ id: "dv_own", name: "Own" });
    expect(await get("/data/dataviews/dv_own/dimensions")).toMatchObject({
      content: [{ ...dimensions[0], type: "STRING" }],
    });
    expect(await get("/data/dataviews/dv_none/metrics")).toMatchObject({ errorCode: "resource_not_found" });
    expect(await get("/data/dataviews?dataViewIds=dv_own,dv_dev&sortDirection=DESC")).toMatchObject({
      content: [{ id: "dv_own" }, { id: "dv_dev" }],
      totalElements: 2,
    });
  });

  test("tags are set, searched and found", async () => {
    const { access_token } = emulator.control.issueToken();
    const headers = { authorization: `Bearer ${access_token}` };
    const { id } = emulator.control.addSegment({ name: "T", dataViewId: "dv_dev", definition, tags: ["old"] });
    const path = "/componentmetadata/tags";
    const item = { componentType: "segment", componentId: id, tags: [{ name: "a" }, { name: "b" }] };
    await call("PUT", `${path}/tagitems`, [item], { headers });
    expect(emulator.control.segments().at(-1)?.tags).toEqual(["a", "b"]);
    const search = `${path}/search?componentId=${id}&componentType=segment`;
    const [first] = (await call("GET", search, undefined, { headers })).list;
    expect(first).toMatchObject({
      id: anyNumber,
      name: "a",
      components: [{ componentType: "segment", componentId: id }],
    });
    expect((await call("GET", `${path}/${first?.id}`, undefined, { headers })).body.name).toBe("a");
    expect((await call("GET", `${path}/1`, undefined, { headers })).status).toBe(404);
    expect((await call("GET", `${search}x`, undefined, { headers })).status).toBe(400);
  });
});

describe("a state file", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const stateFile = join(folder, "state.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("keeps segments, jobs, tags, people and data views for the next run", async () => {
    const kept: { segments: NeutralSegment[]; jobs: NeutralJob[] } = { segments: [], jobs: [] };
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      control.setClock({ now: 1_700_000_000_000 });
      control.addDataView({ id: "dv_kept", name: "Kept" });
      control.addSegment({ name: "A", dataViewId: "dv_kept", definition, owner: "Bob", tags: ["x"] });
      await call("POST", jobsPath, [{ segmentId: "a" }]);
      Object.assign(kept, { segments: control.segments(), jobs: control.jobs() });
    });
    await withEmulator({ stateFile, dataViews: ["dv_extra"] }, async ({ emulator: { control } }) => {
      expect(control.segments()).toEqual(kept.segments);
      expect(control.jobs()).toEqual([{ ...kept.jobs[0], status: "SUCCEEDED" }]);
      const next = { name: "B", dataViewId: "dv_extra", definition, owner: "Bob" };
      const added = control.addSegment([next, next, next, next, next]);
      const counters = [...kept.segments, ...added].map(({ id }) => id.slice(-16));
      expect(new Set(counters).size).toBe(6);
      expect(added[0]?.owner).toEqual(kept.segments[0]?.owner);
    });
    expect(readFileSync(stateFile, "utf8")).not.toMatch(/emulator-token|emulator-secret/);
  });

  describe("that somebody else has a part in", () => {
    const place = join(folder, "shared");
    const file = join(place, "state.json");
    const used = () => withEmulator({ stateFile: file }, async () => undefined);
    beforeEach(() => void mkdirSync(place));
    afterEach(() => rmSync(place, { recursive: true }));

    test("keeps its rights", async () => {
      await used();
      chmodSync(file, 0o600);
      await used();
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    test("stays a link, and what it leads to is written", async () => {
      await used();
      renameSync(file, join(place, "real.json"));
      symlinkSync("real.json", file);
      writeFileSync(file, readFileSync(file, "utf8").replace('"content":{', '"content":{"strange":1,'));
      await used();
      expect(lstatSync(file).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(place, "real.json"), "utf8")).not.toContain("strange");
    });

    test("has nothing beside it that is written to or removed", async () => {
      const [draft, target] = [`${file}.${process.pid}.tmp`, join(place, "target")];
      writeFileSync(target, "somebody's");
      symlinkSync(target, draft);
      await used();
      expect(readFileSync(target, "utf8")).toBe("somebody's");
      expect(readdirSync(place).sort()).toEqual(["state.json", `state.json.${process.pid}.tmp`, "target"]);
    });
  });

  describe("that cannot be written is refused at the start, with what to do", () => {
    const missing = join(folder, "nowhere");
    const plain = join(folder, "plain");
    beforeAll(() => writeFileSync(plain, ""));

    test.each([
      ["in a folder that is not there", join(missing, "state.json"), `there is no folder ${missing}. Make it`],
      [
        "in a folder of such a folder",
        join(missing, "a", "state.json"),
        `there is no folder ${join(missing, "a")}. Make`,
      ],
      ["below a file", join(plain, "state.json"), `${plain} is no folder. Name a file in one`],
      ["that is a folder", folder, "it is a folder. Name a file in it"],
    ])("%s", async (_, stateFile, said) => {
      const message = `the state file ${stateFile} cannot be written: ${said}`;
      await expect(startEmulator({ stateFile })).rejects.toThrow(message);
      await expect(
        emulateCommand().parseAsync(["--port", "0", "--state", stateFile], { from: "user" }),
      ).rejects.toThrow(message);
    });
  });

  test.each(["{", "{}", "[1]", "null"])("that holds %s is refused", async (text) => {
    writeFileSync(stateFile, text);
    await expect(startEmulator({ stateFile })).rejects.toThrow("is not a state file of the emulator");
    expect(readFileSync(stateFile, "utf8")).toBe(text);
  });
});

test("time goes on by itself on a real clock, and can be pushed", async () => {
  const earlier = Date.now();
  const emulator = await startEmulator();
  const before = emulator.control.clock().now;
  expect(before).toBeGreaterThanOrEqual(earlier);
  expect(before).toBeLessThanOrEqual(Date.now());
  expect(emulator.control.advance(3_600_000).now).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(emulator.control.setClock({ mode: "manual" })).toEqual(emulator.control.clock());
  emulator.control.reset();
  expect(emulator.control.clock().mode).toBe("real");
  await emulator.close();
});

test("a time of jobs that is undefined keeps its default", async () => {
  const emulator = await startEmulator({ jobTiming: { newMs: undefined, queuedMs: 1 } });
  const { timing } = emulator.control.setJobOutcome({ status: "SUCCEEDED" });
  await emulator.close();
  expect(timing).toEqual({ newMs: 500, queuedMs: 1, processingMs: 3_000, cancellingMs: 500 });
});
