import { inspect } from "node:util";
import * as errors from "../../../../provider/http/errors";
import { createLimiter } from "../../../../provider/limits/limiter";
import { createRedactor } from "../../../../provider/http/redact";
import { createGivenToken, type TokenSource } from "../../../../provider/http/token";
import { answer, reset, type Step } from "./scripted-server";
import { create, failure, list, requests, stopServers, world } from "./transport-world";
import { InstantClock } from "./virtual-clock";

afterEach(stopServers);

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
    expect(error.message).toContain('401013 Unauthorized, "Oauth token is not valid" [request id r-4]');
    expect(server.received).toHaveLength(2);
  });

  test("with a given token says so", async () => {
    const { server, transport } = await world([refused]);
    const error = await failure(transport.send(list));
    expect(error).toBeInstanceOf(errors.AuthenticationError);
    expect(error.message).toMatch(
      /^Could not list segments \(GET \/segments\): the service answered 401013 Unauthorized, "Oauth token is not valid" \[request id r-4\]\. The token in cja:accessToken \(CJA_ACCESS_TOKEN\) expires/,
    );
    expect(error.message.match(/401|refuse/g)).toHaveLength(1);
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
    expect(error.message).toMatch(/429050 Too Many Requests, "Too many requests".*did not carry out the request/);
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
