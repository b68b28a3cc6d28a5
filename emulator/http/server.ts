import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Hono } from "hono";
import type { EmulatorClock } from "../clock";
import type { Limits } from "../limits";
import { compressed, jsonAnswer, send, type Answer } from "./answer";
import { outcomeOf, faultName, type Faults } from "./fault";
import type { RequestLog } from "./request-log";

interface ServerParts {
  readonly adobe: Hono;
  readonly control: Hono;
  readonly clock: EmulatorClock;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Called after each request that may have changed the content. */
  readonly changed: () => void;
}

const controlPath = /^\/__emulator(\/|$)/;
const tokenPath = "/ims/token/";

/** The server around the routes: the request log, the limits and the faults. */
export function emulatorServer(parts: ServerParts): Server {
  let inFlight = 0;
  let limitedInFlight = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://emulator");
    const path = decoded(url.pathname);
    const method = request.method ?? "GET";
    if (controlPath.test(path)) {
      const answer = await answerOf(parts.control, request, url, await bodyOf(request));
      // For a terminal: the prompt that follows what curl prints begins on a line of its own.
      const withNewline = { ...answer, body: Buffer.concat([answer.body, Buffer.from("\n")]) };
      return send(response, await compressed(withNewline, acceptedEncoding(request)));
    }
    const limited = !path.startsWith(tokenPath);
    const here = ++inFlight;
    const limitedHere = limited ? ++limitedInFlight : 0;
    try {
      const body = await bodyOf(request);
      const time = new Date(parts.clock.now()).toISOString();
      const entry = parts.log.add({ method, url, headers: request.headers, body }, { time, path, inFlight: here });
      const refusal = limited ? parts.limits.refusal(parts.clock.now(), limitedHere) : undefined;
      const fault = refusal ? undefined : parts.faults.take(method, path);
      if (fault) entry.fault = faultName(fault);
      const work = async (): Promise<Answer> => {
        if (refusal) return jsonAnswer(refusal.status, refusal.body());
        const answer = await answerOf(parts.adobe, request, url, body);
        if (method !== "GET") parts.changed();
        return answer;
      };
      const outcome = await outcomeOf(fault, work, wait, path);
      if (outcome.kind === "reset") return void request.socket.resetAndDestroy();
      if (outcome.kind === "hang") return await new Promise((resolve) => response.once("close", resolve));
      entry.status = outcome.answer.status;
      const date = { date: new Date(parts.clock.now()).toUTCString() };
      const answer = { ...outcome.answer, headers: { ...date, ...outcome.answer.headers } };
      await send(response, await compressed(answer, acceptedEncoding(request)), outcome.delivery);
    } finally {
      inFlight -= 1;
      if (limited) limitedInFlight -= 1;
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A client that has gone away hears nothing of this; one that is still there hears of the emulator's mistake.
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain;charset=utf-8" });
      response.end(error instanceof Error ? error.stack : String(error));
    });
  });
  // Longer than clients keep idle connections, so that none is closed under a request that is on its way.
  server.keepAliveTimeout = 120_000;
  return server;
}

const acceptedEncoding = (request: IncomingMessage): string | undefined => {
  const value = request.headers["accept-encoding"];
  return Array.isArray(value) ? value.join(",") : value;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function answerOf(app: Hono, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value));
  const method = request.method ?? "GET";
  const bare = method === "GET" || method === "HEAD";
  const response = await app.fetch(new Request(url, bare ? { method, headers } : { method, headers, body }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
