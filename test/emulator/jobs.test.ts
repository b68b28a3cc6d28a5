import type { Emulator } from "../../emulator";
import { type AnswerBody, type Call, anyNumber, anyText, idsOf, jobsPath, openEmulator } from "./client";

describe("segment jobs", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(
    async () =>
      ({ emulator, call } = await openEmulator({
        jobTiming: { newMs: 10, queuedMs: 10, processingMs: 10, cancellingMs: 5 },
      })),
  );
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  const post = (body: unknown = [{ segmentId: "a" }], headers = {}): ReturnType<Call> =>
    call("POST", jobsPath, body, { headers });
  const get = async (id: string): Promise<AnswerBody> => (await call("GET", `${jobsPath}/${id}`)).body;
  const statusOf = async (id: string): Promise<string> => (await get(id)).status;

  test("a job has the fields of the guide's sample", async () => {
    emulator.control.setClock({ now: 1579304260897 });
    const { status, body } = await post([{ segmentId: "a" }, { segmentId: "b" }], { "x-request-id": "r-1" });
    const { id } = body;
    const segment = (segmentId: string): object => ({
      segmentId,
      segment: {
        id: segmentId,
        expression: { type: "PQL", format: "pql/text", value: anyText },
        mergePolicyId: anyText,
        mergePolicy: { id: anyText, version: 1 },
      },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      imsOrgId: "EMULATOR@AdobeOrg",
      sandbox: { sandboxId: anyText, sandboxName: "prod", type: "production", default: true },
      profileInstanceId: "ups",
      source: "api",
      status: "NEW",
      batchId: anyText,
      computeJobId: anyNumber,
      computeGatewayJobId: anyText,
      segments: [segment("a"), segment("b")],
      metrics: { totalTime: { startTimeInMs: 1579304260897 }, profileSegmentationTime: {} },
      requestId: "r-1",
      schema: { name: "_xdm.context.profile" },
      _links: {
        cancel: { href: `/segment/jobs/${id}`, method: "DELETE" },
        checkStatus: { href: `/segment/jobs/${id}`, method: "GET" },
      },
      updateTime: 1579304260000,
      creationTime: 1579304260897,
      updateEpoch: 1579304260,
    });
  });

  test("a finished job shows its times and its counts", async () => {
    const { id, creationTime } = (await post()).body;
    emulator.control.advance(5000);
    const { metrics, updateTime } = await get(id);
    expect(updateTime).toBe(Math.floor((creationTime + 30) / 1000) * 1000);
    expect(metrics).toMatchObject({
      totalTime: { startTimeInMs: creationTime, endTimeInMs: creationTime + 30, totalTimeInMs: 30 },
      profileSegmentationTime: { startTimeInMs: creationTime + 20, endTimeInMs: creationTime + 30, totalTimeInMs: 10 },
      totalProfiles: anyNumber,
      segmentedProfileCounter: { a: anyNumber },
    });
  });

  test.each([0, 10, 20, 29])("DELETE after %i ms cancels, later", async (ms) => {
    const { id } = (await post()).body;
    emulator.control.advance(ms);
    expect((await call("DELETE", `${jobsPath}/${id}`)).status).toBe(204);
    expect(await statusOf(id)).toBe("CANCELLING");
    emulator.control.advance(4);
    expect(await statusOf(id)).toBe("CANCELLING");
    emulator.control.advance(1);
    expect(await statusOf(id)).toBe("CANCELLED");
  });

  test("a failed job says why", async () => {
    emulator.control.setJobOutcome({ status: "FAILED", errors: [{ code: "1", msg: "no" }], jobTiming: { newMs: 1 } });
    const { id } = (await post()).body;
    emulator.control.advance(20);
    expect(await get(id)).not.toHaveProperty("errors");
    emulator.control.advance(1);
    expect(await get(id)).toMatchObject({ status: "FAILED", errors: [{ code: "1", msg: "no" }] });
    emulator.control.setJobOutcome({ status: "FAILED" });
    const usual = (await post()).body.id;
    emulator.control.advance(30);
    expect(await get(usual)).toMatchObject({ errors: [{ code: "8.0000018E7", msg: anyText }] });
  });

  test("all segments are run with the object form", async () => {
    const { status, body } = await post({ schema: { name: "_xdm.context.account" }, segments: [{ segmentId: "*" }] });
    expect([status, body]).toMatchObject([
      200,
      { segments: [{ segmentId: "*" }], schema: { name: "_xdm.context.account" } },
    ]);
  });

  test.each<[string, unknown]>([
    ["an empty list", []],
    ["a list of text", ["a"]],
    ["an empty ID", [{ segmentId: "" }]],
    ["one item without ID", [{ segmentId: "a" }, {}]],
    ["the object form without schema", { segments: [{ segmentId: "*" }] }],
    ["the object form with IDs", { schema: { name: "x" }, segments: [{ segmentId: "a" }] }],
    ["null", null],
    ["text that is no JSON", "{"],
  ])("POST refuses %s", async (_what, body) => {
    const { status, body: answer } = await post(body);
    expect([status, answer.title]).toEqual([400, anyText]);
    expect(emulator.control.jobs()).toEqual([]);
  });

  test("a job is only there in its sandbox", async () => {
    const { id } = (await post([{ segmentId: "a" }], { "x-sandbox-name": "dev" })).body;
    const inDev = { headers: { "x-sandbox-name": "dev" } };
    expect((await call("GET", `${jobsPath}/${id}`)).status).toBe(404);
    expect((await call("DELETE", `${jobsPath}/${id}`)).status).toBe(404);
    expect((await call("GET", jobsPath)).list).toEqual([]);
    expect((await call("GET", `${jobsPath}/${id}`, undefined, inDev)).body).toMatchObject({
      sandbox: { sandboxName: "dev", type: "development", default: false },
    });
  });

  test("the list can be filtered and sorted", async () => {
    const add = (segmentId: string, more: object): string =>
      emulator.control.addJob({ segmentIds: [segmentId], ...more }).id;
    const a = add("a", { source: "scheduler", status: "SUCCEEDED", created: 1000 });
    const b = add("b", { status: "PROCESSING", created: 3000 });
    const c = add("a", { status: "PROCESSING", created: 2000, requestId: "r-9" });
    const ids = async (query: string): Promise<string[]> => idsOf((await call("GET", `${jobsPath}?${query}`)).list);
    expect(await ids("")).toEqual([b, c, a]);
    expect(await ids("status=PROCESSING&sort=creationTime:asc")).toEqual([c, b]);
    expect(await ids(`property=${encodeURIComponent("segments~segmentId==a")}`)).toEqual([c, a]);
    expect(await ids(`property=${encodeURIComponent("requestId==r-9")}`)).toEqual([c]);
    expect(await ids(`property=${encodeURIComponent("sandbox.sandboxName==dev")}`)).toEqual([]);
    expect(await ids("property=source%3D%3Dapi&property=segments~segmentId%3D%3Da")).toEqual([c]);
    for (const wrong of ["status=DONE", "sort=creationTime:down", "property=x", "start=-1"]) {
      expect([wrong, (await call("GET", `${jobsPath}?${wrong}`)).status]).toEqual([wrong, 400]);
    }
  });

  test("a scheduled job says which schedule ran it", async () => {
    const { id } = emulator.control.addJob({ source: "scheduler", segmentIds: ["*"] });
    const job = await get(id);
    expect(job).toMatchObject({ source: "scheduler", properties: { scheduleId: anyText, runId: anyText } });
    expect(job.requestId).toMatch(/^[0-9a-f-]{36}-\d+$/);
  });

  test("a status that a test has set stands until it is changed, or cancelled", async () => {
    const { id } = emulator.control.addJob({ segmentIds: ["a"], status: "QUEUED" });
    emulator.control.advance(60_000);
    expect(await statusOf(id)).toBe("QUEUED");
    emulator.control.editJob(id, { status: "PROCESSING" });
    expect(await statusOf(id)).toBe("PROCESSING");
    await call("DELETE", `${jobsPath}/${id}`);
    emulator.control.advance(5);
    expect(await statusOf(id)).toBe("CANCELLED");
    const failed = emulator.control.addJob({ segmentIds: ["a"], status: "FAILED" }).id;
    expect(await get(failed)).toMatchObject({ status: "FAILED", errors: [{ code: anyText, msg: anyText }] });
  });

  test("jobs that are over make room for others", async () => {
    emulator.control.setLimits({ maxActiveJobs: 1 });
    const { id } = (await post()).body;
    const refused = await post();
    expect([refused.status, refused.body.title]).toEqual([429, expect.stringMatching("too many segmentation jobs")]);
    expect((await post(undefined, { "x-sandbox-name": "dev" })).status).toBe(200);
    await call("DELETE", `${jobsPath}/${id}`);
    expect((await post()).status).toBe(429);
    emulator.control.advance(5);
    expect((await post()).status).toBe(200);
  });
});
