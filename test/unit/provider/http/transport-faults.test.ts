import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import * as errors from "../../../../provider/http/errors";
import { createLimiter } from "../../../../provider/limits/limiter";
import { RequestTimers } from "../../../faults/request-timers";
import { answer, halfBody, noise, reset, ScriptedServer, type Step } from "./scripted-server";
import { connect, create, failure, list, requests, serve, stopServers, world } from "./transport-world";
import { InstantClock } from "./virtual-clock";

afterEach(stopServers);

/** No other request of the tests waits so long, and none of these does: a test ends the wait itself. */
const timers = new RequestTimers(61_000);
const { ms: requestTimeoutMs } = timers;
afterAll(() => timers.stop());
/** Never answers, and the client's patience is over. */
const silence: Step = () => timers.end();

/** What happens after a request has left: nobody knows whether it was carried out. */
const faults: [string, Step, RegExp][] = [
  ["a reset connection", reset, /ECONNRESET|socket hang up/],
  ["half an answer", halfBody, /aborted|Parse Error|socket hang up/],
  ["something that is not HTTP", noise, /Parse Error|HTTP/],
  ["silence", silence, /no answer within 61 s/],
  ["408", answer(408, {}), /408/],
  ["500", answer(500, { errorCode: "unexpected_error" }), /500.*unexpected_error/],
  ["502 with a page", answer(502, "<html><title>Bad Gateway</title></html>"), /502.*an HTML page: Bad Gateway/],
  ["503", answer(503, {}), /503/],
  ["504", answer(504, {}), /504/],
  ["a page instead of JSON", answer(200, "<html><title>Log in</title></html>"), /an HTML page: Log in/],
  ["half of the JSON", answer(200, '{"id": '), /the answer is not JSON.*200/],
];

describe("after sending", () => {
  test.each(faults)("%s: not repeated, where that is worth no wait", async (_, step, why) => {
    const { server, transport, lines } = await world([step, answer(200, {})], { requestTimeoutMs });
    await expect(transport.send({ ...list, failFast: true })).rejects.toThrow(why);
    expect([server.received.length, lines]).toEqual([1, []]);
  });

  test("429 is waited for by everybody: it is no fault of the service", async () => {
    const { server, transport } = await world([answer(429, {}), answer(200, { id: "s1" })], { requestTimeoutMs });
    expect((await transport.send({ ...list, failFast: true })).data).toEqual({ id: "s1" });
    expect(server.received).toHaveLength(2);
  });

  test.each(faults)("%s: repeated, if it may be", async (_, step) => {
    const { server, transport, lines } = await world([step, step, answer(200, { id: "s1" })], { requestTimeoutMs });
    expect((await transport.send(list)).data).toEqual({ id: "s1" });
    expect(server.received).toHaveLength(3);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^list segments: .*trying again in 0\.\d s$/);
  });

  test.each(faults)("%s: an unknown outcome, if it may not", async (_, step, told) => {
    const { server, transport } = await world([step, answer(200)], { requestTimeoutMs });
    const error = await failure(transport.send(create));
    expect(error).toBeInstanceOf(errors.OutcomeUnknownError);
    expect(error.message).toMatch(told);
    expect(error.message).toContain("The request may have succeeded");
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
    const { server, transport } = await world([bomb]);
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
  describe("where a request has little patience", () => {
    const patienceMs = 15_000;

    test.each([
      [503, {}],
      [429, {}],
      [429, { "retry-after": "4" }],
    ])("comes after it, and after some tries: %i %j", async (status, headers) => {
      const { server, transport, clock } = await world(Array<Step>(200).fill(answer(status, {}, headers)));
      const start = clock.now();
      await expect(transport.send({ ...list, patienceMs })).rejects.toMatchObject({ status });
      expect(clock.now() - start).toBeLessThanOrEqual(patienceMs);
      expect(server.received.length).toBeGreaterThan(2);
      await expect(transport.send(list)).rejects.toMatchObject({ status });
      expect(clock.now() - start).toBeGreaterThan(60_000);
    });

    test("comes at once while the service is down", async () => {
      const script = Array<Step>(200).fill(answer(503, {}));
      const { server, transport, clock } = await world(script);
      for (const operation of ["1", "2", "3", "4", "5"])
        await expect(transport.send({ ...list, operation, failFast: true })).rejects.toMatchObject({ status: 503 });
      const before = [clock.now(), server.received.length];
      await expect(transport.send({ ...list, patienceMs })).rejects.toThrow("nothing was sent, because");
      expect([clock.now(), server.received.length]).toEqual(before);
    });
  });

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
    const server = await ScriptedServer.start([answer(200)]);
    const { transport, clock } = connect(server.url);
    await transport.send(list);
    await server.stop();
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
    const sockets: Socket[] = [];
    const mute = createServer((socket) => {
      sockets.push(socket);
      timers.end();
    }).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as { port: number };
    const { transport, clock } = connect(`https://127.0.0.1:${port}`, { requestTimeoutMs, deadlineMs: 2_000 });
    expect(await failure(transport.send(create))).toBeInstanceOf(errors.NetworkError);
    expect(clock.slept.length).toBeGreaterThan(1);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
});
