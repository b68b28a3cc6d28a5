import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import type { Emulator, FaultInput } from "../../emulator";
import { definition, jobsPath, openEmulator, tokenRequest, until, type Answer, type Call } from "./client";

describe("faults", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator()));
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  const post = (signal?: AbortSignal): Promise<Answer> =>
    call("POST", "/segments", { name: "A", rsid: "dv_prod", definition }, signal ? { signal } : {});
  const made = (): number => emulator.control.segments().length;
  const logged = (): object => emulator.control.requests().at(-1) ?? {};

  test.each<[string, FaultInput, number, number]>([
    ["a status instead of the work", { status: 503 }, 503, 0],
    ["a status after the work", { status: 502, process: true }, 502, 1],
    ["a 429 instead of the work", { status: 429 }, 429, 0],
    ["a delay before a status", { status: 500, delayMs: 1 }, 500, 0],
    ["a delay and then the work", { delayMs: 1 }, 200, 1],
  ])("%s", async (_what, fault, status, segments) => {
    emulator.control.addFault(fault);
    expect([(await post()).status, made()]).toEqual([status, segments]);
    expect(logged()).toMatchObject({ status, fault: expect.stringMatching(/status|delay/) as string });
    expect((await post()).status).toBe(200);
    expect(logged()).not.toHaveProperty("fault");
  });

  test.each<[string, FaultInput, number]>([
    ["a reset before the work", { reset: "before" }, 0],
    ["a reset after the work", { reset: "after" }, 1],
    ["half of a body", { truncate: true }, 1],
    ["half of a body of a fault", { truncate: true, status: 500, body: { error: "long enough" } }, 0],
  ])("%s", async (_what, fault, segments) => {
    emulator.control.addFault(fault);
    await expect(post()).rejects.toThrow(/fetch failed|terminated/);
    expect(made()).toBe(segments);
    expect((await post()).status).toBe(200);
  });

  test.each([
    ["before the work", {}, 0],
    ["after the work", { process: true }, 1],
  ])("no answer at all, %s", async (_what, more, segments) => {
    emulator.control.addFault({ hang: true, ...more });
    const abort = new AbortController();
    const hanging = expect(post(abort.signal)).rejects.toThrow(/abort/);
    await until(() => emulator.control.requests().length === 1);
    expect([made(), emulator.control.requests()[0]?.status]).toEqual([segments, null]);
    abort.abort();
    await hanging;
  });

  test("a body that comes byte by byte is whole in the end", async () => {
    emulator.control.addFault({ drip: 0, status: 200, body: "slowly" });
    const response = await fetch(`${emulator.url}/segments`);
    const chunks: number[] = [];
    for await (const chunk of response.body ?? []) chunks.push((chunk as Uint8Array).length);
    expect(chunks.reduce((sum, length) => sum + length, 0)).toBe(6);
    expect(chunks.length).toBeGreaterThan(1);
  });

  test("headers and bodies of a test's own", async () => {
    emulator.control.addFault({ headers: { "X-Request-Id": "r-1" } });
    const passed = await post();
    expect([passed.status, passed.body.name, passed.headers.get("x-request-id")]).toEqual([200, "A", "r-1"]);
    emulator.control.addFault({ status: 500, body: { errorCode: "x" } });
    expect((await post()).body).toEqual({ errorCode: "x" });
    emulator.control.addFault({ body: "<html>", headers: { "content-type": "text/html" } });
    const page = await post();
    expect([page.status, page.body, page.headers.get("content-type")]).toEqual([200, "<html>", "text/html"]);
  });

  test("method, path, skip and times choose the requests", async () => {
    const { id } = (await post()).body;
    emulator.control.addFault({ method: "GET", path: "^/segments/[^/]+$", skip: 1, times: 2, status: 503 });
    const statuses = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await call("GET", `/segments/${id}`)).status);
      expect((await call("GET", "/segments")).status).toBe(200);
      expect((await call("PUT", `/segments/${id}`, {})).status).toBe(200);
    }
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect(emulator.control.faults()).toEqual([]);
  });

  test("faults are met in their order, and cleared together", async () => {
    for (const status of [500, 502, 503]) emulator.control.addFault({ status });
    expect([(await post()).status, (await post()).status]).toEqual([500, 502]);
    emulator.control.clearFaults();
    expect((await post()).status).toBe(200);
  });

  test("the token endpoint and the platform can fail as well", async () => {
    emulator.control.addFault({ path: "^/ims/", status: 500 });
    emulator.control.addFault({ path: "^/data/core/ups/", status: 504 });
    expect([(await tokenRequest(emulator)).status, (await call("GET", jobsPath)).status]).toEqual([500, 504]);
  });

  test.each<[string, object]>([
    ["a misspelt field", { delay: 5 }],
    ["a path that is no pattern", { path: "(" }],
    ["no times", { times: 0 }],
  ])("a fault with %s is refused", (_what, fault) => {
    expect(() => emulator.control.addFault(fault)).toThrow();
    expect(emulator.control.faults()).toEqual([]);
  });

  test("a request that breaks off in its body does no harm", async () => {
    const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
    socket.write("POST /segments HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    await once(socket, "connect");
    socket.destroy();
    expect((await post()).status).toBe(200);
    expect(emulator.control.requests().filter(({ inFlight }) => inFlight > 2)).toEqual([]);
  });

  test("HEAD is answered like the rest", async () => {
    const head = request(`${emulator.url}/segments`, { method: "HEAD" }).end();
    const [response] = (await once(head, "response")) as [import("node:http").IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(403);
  });
});
