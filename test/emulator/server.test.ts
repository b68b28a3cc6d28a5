import { Agent, request, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { startEmulator, type Emulator } from "../../emulator";
import { definition, jobsPath, openEmulator, tokenRequest, until, withEmulator, type Call } from "./client";

describe("the server", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator()));
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  /** The body as it came over the wire. */
  function raw(
    path: string,
    headers: Record<string, string>,
    agent?: Agent,
  ): Promise<[IncomingMessage, Buffer, number | undefined]> {
    const { access_token } = emulator.control.issueToken();
    const gateway = { authorization: `Bearer ${access_token}`, "x-api-key": "emulator" };
    const all = { ...gateway, "x-gw-ims-org-id": "EMULATOR@AdobeOrg", ...headers };
    return new Promise((resolve, reject) => {
      const sent = request(emulator.url + path, { headers: all, ...(agent && { agent }) }, (response) => {
        const chunks: Buffer[] = [];
        const { localPort } = response.socket;
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve([response, Buffer.concat(chunks), localPort]));
      });
      sent.on("error", reject).end();
    });
  }

  test.each<[string | undefined, boolean]>([
    ["gzip", true],
    ["br, gzip;q=0.5", true],
    ["gzip;q=0", false],
    ["br", false],
    [undefined, false],
  ])("a large answer to accept-encoding %s", async (accept, compressed) => {
    emulator.control.addSegment(Array.from({ length: 10 }, () => ({ name: "S", dataViewId: "dv_dev", definition })));
    const path = "/segments?includeType=shared&expansion=definition";
    const [response, body] = await raw(path, accept === undefined ? {} : { "accept-encoding": accept });
    expect(response.headers["content-encoding"]).toBe(compressed ? "gzip" : undefined);
    expect(JSON.parse((compressed ? gunzipSync(body) : body).toString())).toHaveLength(10);
  });

  test("a small answer is not compressed", async () => {
    const [response] = await raw("/segments", { "accept-encoding": "gzip" });
    expect(response.headers["content-encoding"]).toBeUndefined();
  });

  test("one connection serves many requests", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let i = 0; i < 3; i++) ports.add((await raw("/segments", {}, agent))[2]);
    expect(ports.size).toBe(1);
    agent.destroy();
  });

  test("the log holds requests without their secrets", async () => {
    const { access_token } = emulator.control.issueToken();
    await tokenRequest(emulator, { scope: "openid", client_secret: "an older secret" });
    const headers = { "x-request-id": "r-1", "x-sandbox-name": "dev" };
    await call(
      "POST",
      `${jobsPath}?a=1&b=${access_token}`,
      { token: access_token, text: "emulator-secret" },
      { headers },
    );
    await call("GET", "/segments/s%40x?expansion=definition,tags");
    const log = emulator.control.requests();
    expect(log).toMatchObject([
      {
        sequence: 1,
        method: "POST",
        path: "/ims/token/v3",
        body: { client_id: "emulator", scope: "openid" },
        status: 401,
      },
      { sequence: 2, path: jobsPath, query: { a: "1" }, headers, status: 400, inFlight: 1 },
      { sequence: 3, path: "/segments/s@x", query: { expansion: "definition,tags" }, body: null, status: 404 },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/older secret|emulator-secret|emulator-token|authorization|Bearer/i);
    emulator.control.clearRequests();
    expect(emulator.control.requests()).toEqual([]);
  });

  describe("controls nothing for who is not on this machine", () => {
    /** What a page in a browser cannot set by itself, and a proxy or a name that leads here can. */
    const control = (headers: Record<string, string>, method = "POST"): Promise<{ status?: number; text: string }> =>
      new Promise((resolve, reject) => {
        const sent = request(`${emulator.url}/__emulator/reset`, { method, headers }, (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.on("end", () => resolve({ ...(response.statusCode && { status: response.statusCode }), text }));
        });
        sent.on("error", reject).end();
      });

    test.each([
      { host: "emulator.example.com" },
      { host: "localhost.example.com:4080" },
      { host: "127.0.0.1.example.com" },
      { host: "192.168.0.7:4080" },
      { host: "a b" },
      { origin: "https://example.com" },
      { origin: "http://localhost.example.com" },
      { origin: "null" },
      { host: "localhost:4080", origin: "https://example.com" },
    ])("%j", async (headers) => {
      emulator.control.addSegment({ name: "S", dataViewId: "dv_dev", definition });
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
        const { status, text } = await control(headers, method);
        expect([status, text]).toEqual([403, expect.stringContaining("only this machine controls the emulator")]);
      }
      expect(emulator.control.segments()).toHaveLength(1);
    });

    test.each([
      {},
      { host: "localhost:4080" },
      { host: "127.0.0.1" },
      { host: "[::1]:4080" },
      { host: "LOCALHOST" },
      { origin: "http://localhost:3000" },
      { origin: "http://127.8.0.1" },
    ])("but for %j", async (headers) => expect((await control(headers as Record<string, string>)).status).toBe(200));

    test("with a newline at the end, for a terminal", async () =>
      expect((await control({}, "GET")).text).toMatch(/^\{.*\}\n$/));
  });

  test("no more than so many at a time", async () => {
    emulator.control.setLimits({ enabled: true, concurrent: 2, burst: 100 });
    emulator.control.addFault({ hang: true, times: 2 });
    const abort = new AbortController();
    const hanging = [1, 2].map(() =>
      expect(call("GET", "/segments", undefined, { signal: abort.signal })).rejects.toThrow(/abort/),
    );
    const passing = async (): Promise<number> => (await call("GET", "/segments")).status;
    await until(() => emulator.control.requests().length === 2);
    expect(await passing()).toBe(429);
    expect((await tokenRequest(emulator)).status).toBe(200);
    expect(emulator.control.requests().map(({ inFlight }) => inFlight)).toEqual([1, 2, 3, 3]);
    abort.abort();
    await Promise.all(hanging);
    await until(async () => (await passing()) === 200);
  });

  test("the published limits hold when nothing else is said", () =>
    withEmulator({ limits: true }, async (limited) => {
      const get = async (): Promise<number> => (await limited.call("GET", "/segments")).status;
      const statuses: number[] = [];
      for (let i = 0; i < 6; i++) {
        for (let n = 0; n < 13; n++) statuses.push(await get());
        limited.emulator.control.advance(6000);
      }
      const burst = [...Array.from({ length: 12 }, () => 200), 429];
      expect(statuses).toEqual([...burst, ...burst, ...burst, ...burst, ...burst, ...burst.map(() => 429)]);
      const { body } = await limited.call("GET", "/segments");
      expect(body).toEqual({ error_code: "429050", message: "Too many requests" });
    }));

  test("a taken port is an error, and closing frees it", async () => {
    const first = await startEmulator();
    const port = Number(new URL(first.url).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await first.close();
    await (await startEmulator({ port })).close();
  });

  test("closing does not wait for what hangs", async () => {
    const other = await openEmulator();
    other.emulator.control.addFault({ hang: true });
    const hanging = expect(other.call("GET", "/segments")).rejects.toThrow("fetch failed");
    await until(() => other.emulator.control.requests().length === 1);
    await other.emulator.close();
    await hanging;
  });
});
