import { inspect } from "node:util";
import { type ClientCredentialsOptions, createClientCredentialsToken } from "../../../../provider/http/token-from-ims";
import {
  AuthenticationError,
  NetworkError,
  RateLimitedError,
  ServiceError,
  UnexpectedAnswerError,
} from "../../../../provider/http/errors";
import { createRedactor } from "../../../../provider/http/redact";
import type { CachedToken, TokenSource } from "../../../../provider/http/token";
import { answer, halfBody, reset, ScriptedServer, type Step } from "./scripted-server";
import { InstantClock } from "./virtual-clock";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const secret = "p8e-very/secret+value";
const granted = (token: string, lifetime: number | string = 86_400) =>
  answer(200, { access_token: token, token_type: "bearer", expires_in: lifetime });

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function ims(script: Step[], options: Partial<ClientCredentialsOptions & { scopes: string }> = {}) {
  const server = await ScriptedServer.start(script);
  servers.push(server);
  const clock = new InstantClock();
  const { scopes, ...rest } = options;
  const token = createClientCredentialsToken(
    { imsUrl: `${server.url}/`, clientId: "client-1", clientSecret: secret, scopes },
    { clock, random: () => 0.5, redactor: createRedactor(), requestTimeoutMs: 60_000, userAgent: "test", ...rest },
  );
  return { server, clock, token };
}

describe("the token request", () => {
  test("is the documented form", async () => {
    const { server, token } = await ims([granted("t-1")], { scopes: "openid, AdobeID read_organizations" });
    expect(await token.get()).toBe("t-1");
    expect(server.received).toMatchObject([
      { method: "POST", url: "/ims/token/v3", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ]);
    expect(Object.fromEntries(new URLSearchParams(server.received[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "client-1",
      client_secret: secret,
      scope: "openid,AdobeID,read_organizations",
    });
  });

  test("is one for all who ask at the same time", async () => {
    const { server, token } = await ims([granted("t-1")]);
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(["t-1", "t-1", "t-1"]);
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ["a reset", reset],
    ["half an answer", halfBody],
    ["429", answer(429, { error: "too_many" })],
    ["503", answer(503, "<html><title>Away</title></html>")],
  ])("is repeated after %s", async (_, fault) => {
    const { server, clock, token } = await ims([fault, fault, granted("t-1")]);
    expect(await token.get()).toBe("t-1");
    expect(server.received).toHaveLength(3);
    expect(clock.slept).toHaveLength(2);
  });

  test.each([
    ["a reset", reset, NetworkError],
    ["429", answer(429, { error: "too_many" }), RateLimitedError],
    ["503", answer(503), ServiceError],
  ])("is given up at its deadline after %s", async (_, fault, type) => {
    const { clock, token } = await ims(Array<Step>(100).fill(fault), { deadlineMs: 60_000 });
    const began = clock.now();
    await expect(token.get()).rejects.toThrow(type);
    expect(clock.slept.length).toBeGreaterThan(3);
    expect(clock.now() - began).toBeLessThanOrEqual(60_000);
  });

  describe("to a host that cannot be reached", () => {
    const failing = async (token: TokenSource, clock: InstantClock) => {
      const began = clock.now();
      await expect(token.get()).rejects.toThrow(NetworkError);
      return clock.now() - began;
    };

    test("is given up soon, since a host that has never answered is a wrong one more often than an outage", async () => {
      const { server, clock, token } = await ims([]);
      await server.stop();
      expect(await failing(token, clock)).toBeLessThanOrEqual(30_000);
      expect(clock.slept.length).toBeGreaterThan(3);
    });

    test.each([
      ["this process", [granted("t-1")], undefined],
      ["an earlier one", [], { load: () => ({ token: "t-0", expiresAt: 1 }), save: () => undefined }],
    ])("is tried as long as ever where it has answered %s", async (_, script, cache) => {
      const { server, clock, token } = await ims(script, { cache });
      if (script.length > 0) await token.get();
      await server.stop();
      clock.time += DAY;
      expect(await failing(token, clock)).toBeGreaterThan(60_000);
    });
  });

  test.each([
    [
      "wrong credentials",
      answer(401, { error: "invalid_client", error_description: "no such client" }),
      AuthenticationError,
      /invalid_client "no such client".*CJA_CLIENT_ID.*CJA_CLIENT_SECRET/,
    ],
    ["a bad request", answer(400, { error: "invalid_request" }), AuthenticationError, /invalid_request/],
    ["a wrong scope", answer(400, { error: "invalid_scope" }), AuthenticationError, /cja:scopes \(CJA_SCOPES\)/],
    [
      "a wrong URL",
      answer(404, "<html><title>Nothing here</title></html>"),
      UnexpectedAnswerError,
      /cja:imsUrl \(CJA_IMS_URL\)/,
    ],
    ["a redirect", answer(302, "", { location: "/login" }), UnexpectedAnswerError, /cja:imsUrl/],
    ["an answer without token", answer(200, { expires_in: 5 }), UnexpectedAnswerError, /no valid access_token/],
    ["an answer without end", answer(200, { access_token: "t-1" }), UnexpectedAnswerError, /no valid expires_in/],
  ])("is not repeated after %s", async (_, step, type, message) => {
    const { server, token, clock } = await ims([step, granted("t-2")]);
    const error: unknown = await token.get().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(message);
    // A thousand resources do not ask a thousand times, but who corrects the console need not restart.
    expect(await token.get().catch((reason: unknown) => reason)).toBe(error);
    expect(server.received).toHaveLength(1);
    clock.time += 30_000;
    expect(await token.get()).toBe("t-2");
  });

  test("leaves no secret in an error, even where IMS echoes it", async () => {
    const echo: Step = (response, { body }) =>
      answer(400, { error: "bad", error_description: `what is ${body}` })(response, {} as never);
    const { token } = await ims([echo]);
    const error: unknown = await token.get().catch((reason: unknown) => reason);
    expect((error as Error).message).toContain("what is");
    expect(inspect(error, { depth: 9 })).not.toMatch(/very|p8e/);
  });
});

describe("the end of a token", () => {
  test.each([
    ["five minutes ahead", 86_400, DAY - 5 * MINUTE],
    ["at nine tenths of a short life", 600, 9 * MINUTE],
    ["also where the life is text", "600", 9 * MINUTE],
  ])("brings another one %s", async (_, lifetime, renewal) => {
    const { clock, token } = await ims([granted("t-1", lifetime), granted("t-2")]);
    await token.get();
    clock.time += renewal - 1;
    expect(await token.get()).toBe("t-1");
    clock.time += 1;
    expect(await token.get()).toBe("t-2");
  });

  test("a refused token is replaced, once for all who hold it", async () => {
    const { server, token } = await ims([granted("t-1"), granted("t-2")]);
    await token.get();
    expect(await Promise.all([token.renew("t-1"), token.renew("t-1"), token.get()])).toEqual(["t-2", "t-2", "t-1"]);
    expect(await token.renew("t-1")).toBe("t-2");
    expect(server.received).toHaveLength(2);
  });
});

describe("the cache", () => {
  function memory(initial?: CachedToken) {
    let kept = initial;
    const save = (token: CachedToken) => void (kept = token);
    return { load: () => kept, save };
  }

  test("spares the second process its request", async () => {
    const cache = memory();
    const first = await ims([granted("t-1")], { cache });
    await first.token.get();
    expect(cache.load()).toEqual({ token: "t-1", expiresAt: first.clock.now() + DAY });
    const second = await ims([], { cache });
    expect(await second.token.get()).toBe("t-1");
    expect(second.server.received).toHaveLength(0);
  });

  const now = new InstantClock().now();
  test.each([
    ["is about to end", { token: "t-0", expiresAt: now + 4 * MINUTE }],
    ["has ended", { token: "t-0", expiresAt: now - DAY }],
    ["lives longer than any token does", { token: "t-0", expiresAt: now + 30 * DAY }],
  ])("is not used for a token that %s", async (_, cached) => {
    const { token } = await ims([granted("t-1")], { cache: memory(cached) });
    expect(await token.get()).toBe("t-1");
  });

  test("is not asked for the token that was just refused, but gladly for a newer one", async () => {
    const cache = memory({ token: "t-0", expiresAt: now + DAY });
    const { server, token } = await ims([granted("t-1")], { cache });
    expect(await token.get()).toBe("t-0");
    expect(await token.renew("t-0")).toBe("t-1");
    cache.save({ token: "t-2", expiresAt: now + DAY });
    expect(await token.renew("t-1")).toBe("t-2");
    expect(server.received).toHaveLength(1);
  });

  test("makes its token known to the redactor", async () => {
    const redactor = createRedactor();
    const { token } = await ims([], { cache: memory({ token: "cached-token", expiresAt: now + DAY }), redactor });
    await token.get();
    expect(redactor.text("cached-token")).toBe("[redacted]");
  });
});
