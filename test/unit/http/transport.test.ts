import { createServer } from "node:net";
import { once } from "node:events";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import * as errors from "../../../provider/http/errors";
import { createLimiter } from "../../../provider/http/limiter";
import { createRedactor } from "../../../provider/http/redact";
import { createGivenToken, type TokenSource } from "../../../provider/http/token";
import { type ApiRequest, createTransport, type TransportOptions } from "../../../provider/http/transport";
import { answer, halfBody, noise, reset, ScriptedServer, silence, type Step } from "./scripted-server";
import { InstantClock } from "./virtual-clock";

const list: ApiRequest = { operation: "list segments", method: "GET", path: "/segments", repeatable: true };
const create: ApiRequest = {
  operation: 'create segment "Mobile"',
  method: "POST",
  path: "/segments",
  body: { name: "Mobile" },
  repeatable: false,
};
const requests = { "a request that may be repeated": list, "a request that may not be repeated": create };

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function serve(script: readonly Step[], port = 0): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(script, port);
  servers.push(server);
  return server;
}

function connect(baseUrl: string, options: Partial<TransportOptions> = {}) {
  const clock = new InstantClock();
  const redactor = options.redactor ?? createRedactor();
  const lines: string[] = [];
  const transport = createTransport({
    baseUrl,
    urlSetting: "cja:cjaUrl (CJA_URL)",
    token: createGivenToken("given-token", redactor),
    apiKey: "client-1",
    orgId: "1234@AdobeOrg",
    limiter: createLimiter({ windows: [{ requests: 1_000, ms: 60_000 }], maxConcurrent: 6 }, clock),
    clock,
    random: () => 0.5,
    requestTimeoutMs: 2_000,
    redactor,
    userAgent: "pulumi-cja/test",
    log: (line) => lines.push(line),
    ...options,
  });
  return { transport, clock, lines };
}

async function world(script: readonly Step[], options: Partial<TransportOptions> = {}) {
  const server = await serve(script);
  return { server, ...connect(server.url, options) };
}

async function failure(promise: Promise<unknown>): Promise<errors.CjaError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(errors.CjaError);
  return error as errors.CjaError;
}

describe("a request", () => {
  test("carries what Adobe wants, and its own headers", async () => {
    const { server, transport } = await world([answer(200)], { headers: { "x-sandbox-name": "prod" } });
    await transport.send({
      ...create,
      headers: { "x-request-id": "mine" },
      query: { expansion: "definition,tags", rsid: "dv 1/ä", limit: 5, page: undefined, sort: "id:desc" },
    });
    expect(server.received).toMatchObject([
      {
        method: "POST",
        url: "/segments?expansion=definition,tags&rsid=dv%201%2F%C3%A4&limit=5&sort=id:desc",
        body: '{"name":"Mobile"}',
        headers: {
          authorization: "Bearer given-token",
          "x-api-key": "client-1",
          "x-gw-ims-org-id": "1234@AdobeOrg",
          "x-sandbox-name": "prod",
          "x-request-id": "mine",
          accept: "application/json",
          "accept-encoding": "gzip",
          "content-type": "application/json",
          "user-agent": "pulumi-cja/test",
        },
      },
    ]);
  });

  test("without a body has no content type", async () => {
    const { server, transport } = await world([answer(200)]);
    await transport.send(list);
    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
    expect(server.received[0]?.body).toBe("");
  });

  test("keeps a base path, whether it ends with a slash or not", async () => {
    const server = await serve([answer(200), answer(200)]);
    await connect(`${server.url}/data/core/ups/`).transport.send(list);
    await connect(`${server.url}/data/core/ups`).transport.send(list);
    expect(server.received.map(({ url }) => url)).toEqual(["/data/core/ups/segments", "/data/core/ups/segments"]);
  });

  test("goes over a kept connection if it may be repeated, else over one of its own", async () => {
    const { server, transport } = await world(Array<Step>(5).fill(answer(200)));
    for (const request of [list, list, create, create, list]) await transport.send(request);
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 2, 3, 1]);
  });

  test("to this machine does not go through a proxy", async () => {
    const { transport } = await world([answer(200, { fine: true })]);
    const before = process.env["http_proxy"];
    process.env["http_proxy"] = "http://127.0.0.1:9";
    try {
      expect((await transport.send(list)).data).toEqual({ fine: true });
    } finally {
      if (before === undefined) delete process.env["http_proxy"];
      else process.env["http_proxy"] = before;
    }
  });

  test("that is absurdly large is not sent", async () => {
    const { server, transport } = await world([]);
    const error = await failure(transport.send({ ...create, body: "x".repeat(17 * 1024 * 1024) }));
    expect(error).toBeInstanceOf(errors.InvalidRequestError);
    expect(server.received).toHaveLength(0);
  });

  test.each([
    ["cja:clientId", { apiKey: undefined }],
    ["cja:orgId", { orgId: "" }],
  ])("is not sent without %s", async (setting, options) => {
    const { server, transport } = await world([], options);
    const error = await failure(transport.send(list));
    expect(error).toMatchObject({ name: "CredentialsMissingError", setting });
    expect(server.received).toHaveLength(0);
  });

  test("that cannot be built fails with advice, and is not repeated", async () => {
    const { clock, transport } = connect("cja.adobe.io");
    expect((await failure(transport.send(list))).message).toMatch(
      /Invalid URL.*Nothing was sent: check the URL settings/,
    );
    expect(clock.slept).toEqual([]);
  });
});

describe("an answer", () => {
  const zipped: Step = (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync('{"id":"s1"}'));
  };
  test.each<[string, Step, object]>([
    [
      "of JSON",
      answer(200, { id: "s1" }, { "x-request-id": "r-1" }),
      { status: 200, data: { id: "s1" }, requestId: "r-1" },
    ],
    ["in gzip", zipped, { status: 200, data: { id: "s1" } }],
    ["with several results", answer(207, { results: {} }), { status: 207, data: { results: {} } }],
    ["without a body", answer(204, ""), { status: 204, data: undefined }],
    ["of an empty 200", answer(200, ""), { status: 200, data: undefined }],
    ["of an accepted status", answer(404, { message: "gone" }), { status: 404, data: { message: "gone" } }],
    ["of an accepted status without a body", answer(404, ""), { status: 404, data: undefined }],
  ])("%s is passed on", async (_, step, expected) => {
    const { transport } = await world([step]);
    expect(await transport.send({ ...list, accept: [404] })).toEqual(expected);
  });

  test.each<[number, unknown, new (failure: errors.Failure) => errors.CjaError]>([
    [400, { errorCode: "invalid_data" }, errors.InvalidRequestError],
    [403, { error_code: "403025", message: "Profile is not valid" }, errors.PermissionError],
    [404, { message: "no such segment" }, errors.NotFoundError],
    [405, {}, errors.InvalidRequestError],
    [422, { title: "exists" }, errors.InvalidRequestError],
  ])("%i is a refusal: no repetition, whether the request may be repeated or not", async (status, body, type) => {
    for (const request of [list, create]) {
      const { server, transport } = await world([answer(status, body, { "x-request-id": "r-7" })]);
      const error = await failure(transport.send(request));
      expect(error.constructor).toBe(type);
      expect(error).toMatchObject({ status, requestId: "r-7" });
      expect(error.message).toContain(`Could not ${request.operation} (${request.method} /segments)`);
      expect(server.received).toHaveLength(1);
    }
  });

  test.each<[string, Step]>([
    ["a 404 page of some web server", answer(404, "<html><title>Not Found</title></html>")],
    ["a 404 text of some web server", answer(404, "404 Not Found")],
    ["a redirect", answer(302, "", { location: "/elsewhere" })],
    ["a permanent redirect", answer(308, { a: 1 }, { location: "https://example.com/" })],
  ])("%s is not the API's: the URL setting is named, nothing passes for gone, nobody is followed", async (_, step) => {
    for (const request of [list, create]) {
      const { server, transport } = await world([step, answer(200)]);
      const error = await failure(transport.send({ ...request, accept: [404] }));
      expect(error).toBeInstanceOf(errors.UnexpectedAnswerError);
      expect(error.message).toContain(`Check cja:cjaUrl (CJA_URL), which is ${server.url}`);
      expect(server.received).toHaveLength(1);
    }
  });
});

/** What happens after a request has left: nobody knows whether it was carried out. */
const faults: [string, Step, RegExp][] = [
  ["a reset connection", reset, /ECONNRESET|socket hang up/],
  ["half an answer", halfBody, /aborted|Parse Error|socket hang up/],
  ["something that is not HTTP", noise, /Parse Error|HTTP/],
  ["silence", silence, /no answer within 0.4 s/],
  ["408", answer(408, {}), /408/],
  ["500", answer(500, { errorCode: "unexpected_error" }), /500.*unexpected_error/],
  ["502 with a page", answer(502, "<html><title>Bad Gateway</title></html>"), /502.*an HTML page: Bad Gateway/],
  ["503", answer(503, {}), /503/],
  ["504", answer(504, {}), /504/],
  ["a page instead of JSON", answer(200, "<html><title>Log in</title></html>"), /an HTML page: Log in/],
  ["half of the JSON", answer(200, '{"id": '), /the answer is not JSON.*200/],
];

describe("after sending", () => {
  test.each(faults)("%s: repeated, if it may be", async (_, step) => {
    const { server, transport, lines } = await world([step, step, answer(200, { id: "s1" })], {
      requestTimeoutMs: 400,
    });
    expect((await transport.send(list)).data).toEqual({ id: "s1" });
    expect(server.received).toHaveLength(3);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^list segments: .*trying again in 0\.\d s$/);
  });

  test.each(faults)("%s: an unknown outcome, if it may not", async (_, step, told) => {
    const { server, transport } = await world([step, answer(200)], { requestTimeoutMs: 400 });
    const error = await failure(transport.send(create));
    expect(error).toBeInstanceOf(errors.OutcomeUnknownError);
    expect(error.message).toMatch(told);
    expect(error.message).toContain("may have been carried out");
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.received).toHaveLength(1);
  });

  test.each([501, 505])("%i does not pass: no repetition", async (status) => {
    const step = answer(status, {});
    const repeatable = await world([step]);
    expect(await failure(repeatable.transport.send(list))).toBeInstanceOf(errors.ServiceError);
    const single = await world([step]);
    expect(await failure(single.transport.send(create))).toBeInstanceOf(errors.OutcomeUnknownError);
    expect([repeatable.server.received.length, single.server.received.length]).toEqual([1, 1]);
  });

  test("an answer that unzips without end is cut off", async () => {
    const bomb: Step = (response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(65 * 1024 * 1024)));
    };
    const { server, transport } = await world([bomb], { requestTimeoutMs: 20_000 });
    expect(await failure(transport.send(list))).toBeInstanceOf(errors.UnexpectedAnswerError);
    expect(server.received).toHaveLength(1);
  });

  test("425 was not carried out, so it is repeated for everyone", async () => {
    for (const request of [list, create]) {
      const { transport } = await world([answer(425, {}), answer(200, { id: "s1" })]);
      expect((await transport.send(request)).data).toEqual({ id: "s1" });
    }
  });
});

describe("giving up", () => {
  test.each<[string, Step, new (failure: errors.Failure) => errors.CjaError]>([
    [
      "5xx",
      answer(503, { errorCode: "external_api_failure", errorDescription: "away", errorId: "e-9" }),
      errors.ServiceError,
    ],
    ["resets", reset, errors.NetworkError],
  ])("after %s comes at the deadline, with everything that is known", async (_, step, type) => {
    const { server, clock, transport } = await world(Array<Step>(200).fill(step));
    const began = clock.now();
    const error = await failure(transport.send(list));
    expect(error.constructor).toBe(type);
    expect(server.received.length).toBeGreaterThan(10);
    expect(clock.now() - began).toBeLessThanOrEqual(120_000);
    expect(clock.now() - began).toBeGreaterThan(90_000);
    if (error.status === 503) expect(error.message).toContain('external_api_failure "away" [request id e-9]');
  });

  test("after a page instead of JSON comes soon: a wrong URL does not pass", async () => {
    const { server, transport } = await world(Array<Step>(9).fill(answer(200, "<html><title>Portal</title></html>")));
    expect(await failure(transport.send(list))).toBeInstanceOf(errors.UnexpectedAnswerError);
    expect(server.received).toHaveLength(3);
  });

  test("does not count the time in the limiter's queue", async () => {
    const clock = new InstantClock();
    const limiter = createLimiter({ windows: [{ requests: 1, ms: 200_000 }], maxConcurrent: 1 }, clock);
    const { transport } = await world([answer(503), answer(503), answer(200, { id: "s1" })], { clock, limiter });
    expect((await transport.send(list)).data).toEqual({ id: "s1" });
  });
});

describe("no connection", () => {
  /** A port on which nobody listens. */
  async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  test.each(Object.entries(requests))("%s is sent when the service is back", async (_, request) => {
    const port = await freePort();
    const { transport, clock } = connect(`http://127.0.0.1:${port}`);
    clock.onSleep = async () => {
      if (clock.slept.length === 3) await serve([answer(200, { id: "s1" })], port);
    };
    expect((await transport.send(request)).data).toEqual({ id: "s1" });
    expect(clock.slept).toHaveLength(3);
  });

  test.each(Object.entries(requests))(
    "%s: who never answered is given up sooner, as a NetworkError",
    async (_, request) => {
      const { transport, clock } = connect(`http://127.0.0.1:${await freePort()}`);
      const began = clock.now();
      const error = await failure(transport.send(request));
      expect(error).toBeInstanceOf(errors.NetworkError);
      expect(error.message).toContain("ECONNREFUSED");
      expect(clock.now() - began).toBeLessThanOrEqual(30_000);
    },
  );

  test("who has answered before is waited for until the deadline", async () => {
    const { server, transport, clock } = await world([answer(200)]);
    await transport.send(list);
    await server.stop();
    servers.pop();
    const began = clock.now();
    expect(await failure(transport.send(create))).toBeInstanceOf(errors.NetworkError);
    expect(clock.now() - began).toBeGreaterThan(90_000);
  });

  test("a name that does not exist, and a TLS handshake that fails, are no connection either", async () => {
    const server = await serve([]);
    for (const url of ["http://nowhere.invalid", server.url.replace("http:", "https:")]) {
      const { transport, clock } = connect(url);
      expect(await failure(transport.send(create))).toBeInstanceOf(errors.NetworkError);
      expect(clock.slept.length).toBeGreaterThan(2);
    }
    expect(server.received).toHaveLength(0);
  });

  test("a time-out before the connection stands is no connection", async () => {
    // A server that accepts and then never says a word of TLS.
    const mute = createServer().listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as { port: number };
    const { transport, clock } = connect(`https://127.0.0.1:${port}`, { requestTimeoutMs: 30, deadlineMs: 2_000 });
    expect(await failure(transport.send(create))).toBeInstanceOf(errors.NetworkError);
    expect(clock.slept.length).toBeGreaterThan(1);
    mute.close();
  });
});

describe("401", () => {
  /** A source that counts its renewals. */
  function renewable(): TokenSource & { renewed: string[] } {
    const renewed: string[] = [];
    return {
      renewed,
      get: async () => `token-${renewed.length}`,
      renew: async (stale) => (renewed.push(stale), `token-${renewed.length}`),
    };
  }
  const refused = answer(401, { error_code: "401013", message: "Oauth token is not valid" }, { "x-request-id": "r-4" });

  test.each(Object.entries(requests))("%s is sent once more with another token", async (_, request) => {
    const token = renewable();
    const { server, transport, clock } = await world([refused, answer(200, { id: "s1" })], { token });
    expect((await transport.send(request)).data).toEqual({ id: "s1" });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-0", "Bearer token-1"]);
    expect(token.renewed).toEqual(["token-0"]);
    expect(clock.slept).toEqual([]);
  });

  test("twice is the end", async () => {
    const token = renewable();
    const { server, transport } = await world([refused, refused, answer(200)], { token });
    const error = await failure(transport.send(list));
    expect(error).toBeInstanceOf(errors.AuthenticationError);
    expect(error.message).toContain('401013 "Oauth token is not valid" [request id r-4]');
    expect(server.received).toHaveLength(2);
  });

  test("with a given token says so", async () => {
    const { server, transport } = await world([refused]);
    const error = await failure(transport.send(list));
    expect(error).toBeInstanceOf(errors.AuthenticationError);
    expect(error.message).toMatch(/list segments.*401013.*\[request id r-4\].*cja:accessToken \(CJA_ACCESS_TOKEN\)/);
    expect(server.received).toHaveLength(1);
  });

  test("and no new token for another reason: that reason", async () => {
    const away = new errors.ServiceError({
      operation: "sign in to Adobe",
      method: "POST",
      path: "/ims/token/v3",
      status: 503,
    });
    const { transport } = await world([refused], {
      token: { get: async () => "t", renew: () => Promise.reject(away) },
    });
    expect(await failure(transport.send(list))).toBe(away);
  });
});

describe("429", () => {
  const throttled = (headers: Record<string, string> = {}) =>
    answer(429, { error_code: "429050", message: "Too many requests" }, headers);

  test.each(Object.entries(requests))("%s is repeated after the time that the service names", async (_, request) => {
    const { server, clock, transport } = await world([throttled({ "retry-after": "7" }), answer(200, { id: "s1" })]);
    expect((await transport.send(request)).data).toEqual({ id: "s1" });
    expect(clock.slept).toEqual([7_250]);
    expect(server.received).toHaveLength(2);
  });

  test("a time in the body counts, too", async () => {
    const { clock, transport } = await world([answer(429, { message: "slow", retryAfterMs: "900" }), answer(200)]);
    await transport.send(list);
    expect(clock.slept).toEqual([1_150]);
  });

  test("holds back everyone who shares the limiter, and its own request goes first", async () => {
    const clock = new InstantClock();
    const limiter = createLimiter({ windows: [{ requests: 1_000, ms: 60_000 }], maxConcurrent: 1 }, clock);
    const times: number[] = [];
    const timed =
      (step: Step): Step =>
      (response, received) => {
        times.push(clock.now());
        step(response, received);
      };
    const script = [throttled({ "retry-after": "10" }), answer(200), answer(200)].map(timed);
    const { server, transport } = await world(script, { clock, limiter });
    const began = clock.now();
    await Promise.all([transport.send({ ...list, path: "/first" }), transport.send({ ...list, path: "/second" })]);
    expect(server.received.map(({ url }) => url)).toEqual(["/first", "/first", "/second"]);
    expect(times.map((time) => time - began)).toEqual([0, 10_250, 10_250]);
  });

  test("that does not end is a RateLimitedError after five minutes, not a minute sooner", async () => {
    const { clock, transport } = await world(Array<Step>(200).fill(throttled()));
    const began = clock.now();
    const error = await failure(transport.send(create));
    expect(error).toBeInstanceOf(errors.RateLimitedError);
    expect(error.message).toMatch(/429050 "Too many requests".*was not carried out/);
    expect(clock.now() - began).toBeLessThanOrEqual(300_000);
    expect(clock.now() - began).toBeGreaterThan(240_000);
    // Who comes later need not find out anew.
    const again = clock.now();
    expect(await failure(transport.send(create))).toBeInstanceOf(errors.RateLimitedError);
    expect(clock.now() - again).toBeLessThanOrEqual(60_000);
  });

  test("with a time beyond the deadline is given up at once, and holds nobody back", async () => {
    const { clock, transport } = await world([throttled({ "retry-after": "3600" }), answer(200)]);
    expect(await failure(transport.send(list))).toBeInstanceOf(errors.RateLimitedError);
    await transport.send(list);
    expect(clock.slept).toEqual([]);
  });
});

describe("secrets", () => {
  /** Echoes all that it was sent, as a debugging proxy does. */
  const echo =
    (status: number): Step =>
    (response, { headers, body }) =>
      answer(
        status,
        { message: JSON.stringify(headers).slice(0, 280), body },
        { "x-request-id": String(headers.authorization) },
      )(response, {} as never);

  test.each([400, 401, 403, 404, 409, 429, 500])(
    "are in no error after %i, nor in what hangs on it",
    async (status) => {
      const redactor = createRedactor();
      const options = {
        redactor,
        token: createGivenToken("opaque-token-1", redactor),
        apiKey: "0123456789abcdef0123",
        deadlineMs: 0,
        rateLimitDeadlineMs: 0,
      };
      for (const request of [list, create]) {
        const { transport, lines } = await world([echo(status)], options);
        const error = await failure(transport.send(request));
        expect(error.message).toContain("[redacted]");
        expect(inspect([error, lines], { depth: 20, showHidden: true })).not.toMatch(
          /opaque-token-1|0123456789abcdef0123/,
        );
      }
    },
  );

  test("are in no error of the network", async () => {
    const { transport } = await world([reset]);
    const error = await failure(transport.send(create));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("given-token");
  });
});
