import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Which connection it came on, from 1. */
  readonly connection: number;
}

/** What the server does with one request. */
export type Step = (response: ServerResponse, received: Received) => void;

/** An answer with a JSON body, or with the text as it is. */
export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Step {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  return (response) => void response.writeHead(status, { "content-type": type, ...headers }).end(text);
}

/** Closes the connection without a word. */
export const reset: Step = (response) => void response.socket?.resetAndDestroy();

/** Announces more than it sends. */
export const halfBody: Step = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"id": "s1', () => response.socket?.destroy());
};

/** Sends something that is not HTTP. */
export const noise: Step = (response) => void response.socket?.end("this is not HTTP\r\n\r\n");

/** A loopback server that does what its script says, one step a request, and keeps what it received. */
export class ScriptedServer {
  readonly received: Received[] = [];
  private readonly sockets: Socket[] = [];

  private constructor(
    private readonly server: Server,
    private readonly script: Step[],
  ) {}

  /** @param port 0 for any free one */
  static async start(script: readonly Step[], port = 0): Promise<ScriptedServer> {
    const server = createServer();
    const scripted = new ScriptedServer(server, [...script]);
    server.on("connection", (socket) => scripted.sockets.push(socket));
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const connection = scripted.sockets.indexOf(request.socket) + 1;
        const received = { method, url, headers, body: Buffer.concat(chunks).toString(), connection };
        scripted.received.push(received);
        const step = scripted.script.shift() ?? answer(599, { message: "the script is over" });
        step(response, received);
      });
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return scripted;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }
}
