import * as errors from "../../../../provider/http/errors";
import { createLimiter } from "../../../../provider/limits/limiter";
import { createRedactor } from "../../../../provider/http/redact";
import { createGivenToken } from "../../../../provider/http/token";
import { type ApiRequest, createTransport, type TransportOptions } from "../../../../provider/http/transport";
import { ScriptedServer, type Step } from "./scripted-server";
import { InstantClock } from "./virtual-clock";

export const list: ApiRequest = { operation: "list segments", method: "GET", path: "/segments", repeatable: true };
/** Makes something: may not be repeated. */
export const create: ApiRequest = {
  operation: 'create segment "Mobile"',
  method: "POST",
  path: "/segments",
  body: { name: "Mobile" },
  repeatable: false,
};
export const requests = { "a request that may be repeated": list, "a request that may not be repeated": create };

const servers: ScriptedServer[] = [];

/** For `afterEach`. */
export async function stopServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}

/** A loopback server that lives until the end of the test. */
export async function serve(script: readonly Step[], port = 0): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(script, port);
  servers.push(server);
  return server;
}

export function connect(baseUrl: string, options: Partial<TransportOptions> = {}) {
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
    requestTimeoutMs: 60_000,
    redactor,
    userAgent: "pulumi-cja/test",
    log: (line) => lines.push(line),
    ...options,
  });
  return { transport, clock, lines };
}

/** A server with a script, and a transport that leads to it. */
export async function world(script: readonly Step[], options: Partial<TransportOptions> = {}) {
  const server = await serve(script);
  return { server, ...connect(server.url, options) };
}

/** What it failed with. */
export async function failure(promise: Promise<unknown>): Promise<errors.CjaError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(errors.CjaError);
  return error as errors.CjaError;
}
