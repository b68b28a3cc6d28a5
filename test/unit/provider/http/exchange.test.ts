import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect as connectTo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { createExchange, type ExchangeResult, type OutgoingRequest } from "../../../../provider/http/exchange";
import { createRedactor } from "../../../../provider/http/redact";

/** TLS is what Adobe's hosts speak: whether a request was sent is decided by the handshake there. */
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

(hasOpenssl ? describe : describe.skip)("over TLS", () => {
  let folder: string;
  let identity: { key: Buffer; cert: Buffer };
  const closers: (() => void)[] = [];
  const environment = { ...process.env };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "cja-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    const request = [
      "req",
      "-x509",
      ...curve,
      "-nodes",
      "-days",
      "1",
      "-subj",
      "/CN=cja.test",
      "-keyout",
      key,
      "-out",
      cert,
    ];
    execFileSync("openssl", request, { stdio: "ignore" });
    identity = { key: readFileSync(key), cert: readFileSync(cert) };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** From here on every certificate is good: Node reads the setting for that from the environment that Jest hides. */
  function trustEveryone(): void {
    const connect = tls.connect as (options: tls.ConnectionOptions) => tls.TLSSocket;
    const trusting = (options: tls.ConnectionOptions) => connect({ ...options, rejectUnauthorized: false });
    jest.spyOn(tls, "connect").mockImplementation(trusting as typeof tls.connect);
  }

  afterEach(() => {
    closers.splice(0).forEach((close) => close());
    process.env = { ...environment };
    jest.restoreAllMocks();
  });

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket) => sockets.add(socket));
    closers.push(() => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  const serve = (handler: (request: IncomingMessage, response: ServerResponse) => void) =>
    listen(createHttpsServer(identity, handler));

  const send = (url: string, outgoing: Partial<OutgoingRequest> = {}): Promise<ExchangeResult> =>
    createExchange({ timeoutMs: 2_000, redactor: createRedactor(), userAgent: "test" })({
      method: "POST",
      url,
      headers: {},
      body: "{}",
      freshConnection: true,
      ...outgoing,
    });

  const fine = (_: IncomingMessage, response: ServerResponse) => void response.end('{"fine":true}');
  const broken = (_: IncomingMessage, response: ServerResponse) => void response.socket?.destroy();

  test("a certificate that nobody vouches for is told as such, and nothing is sent", async () => {
    const handler = jest.fn(fine);
    const port = await serve(handler);
    expect(await send(`https://127.0.0.1:${port}`)).toMatchObject({ fault: { kind: "certificate" } });
    expect(handler).not.toHaveBeenCalled();
  });

  test.each([true, false])(
    "an answer comes, and a connection that breaks after sending counts as sent (fresh: %p)",
    async (freshConnection) => {
      trustEveryone();
      const good = await serve(fine);
      expect(await send(`https://127.0.0.1:${good}`, { freshConnection })).toMatchObject({
        answer: { status: 200, body: '{"fine":true}' },
      });
      const bad = await serve(broken);
      expect(await send(`https://127.0.0.1:${bad}`, { freshConnection })).toMatchObject({ fault: { kind: "broken" } });
    },
  );

  test("a kept connection that breaks counts as sent", async () => {
    trustEveryone();
    const handlers = [fine, broken];
    const port = await serve((request, response) => handlers.shift()?.(request, response));
    const exchange = createExchange({ timeoutMs: 2_000, redactor: createRedactor(), userAgent: "test" });
    const get = () => exchange({ method: "GET", url: `https://127.0.0.1:${port}`, headers: {} });
    expect(await get()).toMatchObject({ answer: { status: 200 } });
    expect(await get()).toMatchObject({ fault: { kind: "broken" } });
  });

  describe("through a proxy", () => {
    /** A proxy that leads everyone to one port, or refuses. */
    async function proxy(target: number | undefined): Promise<void> {
      const server = createHttpServer();
      server.on("connect", (_request, socket: Socket, head: Buffer) => {
        if (target === undefined)
          return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
        const onward = connectTo(target, "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
          onward.write(head);
          onward.pipe(socket).pipe(onward);
        });
        onward.on("error", () => socket.destroy());
        onward.on("close", () => socket.destroy());
        socket.on("error", () => onward.destroy());
      });
      process.env["https_proxy"] = `http://127.0.0.1:${await listen(server)}`;
      process.env["no_proxy"] = "";
    }

    test("an answer comes, and what was sent is known to be sent", async () => {
      trustEveryone();
      await proxy(await serve(fine));
      expect(await send("https://cja.test/segments")).toMatchObject({ answer: { status: 200, body: '{"fine":true}' } });
      await proxy(await serve(broken));
      expect(await send("https://cja.test/segments")).toMatchObject({ fault: { kind: "broken" } });
    });

    test("a certificate that nobody vouches for is told as such", async () => {
      await proxy(await serve(fine));
      expect(await send("https://cja.test/segments")).toMatchObject({ fault: { kind: "certificate" } });
    });

    test("its refusal is an answer", async () => {
      await proxy(undefined);
      expect(await send("https://cja.test/segments")).toMatchObject({ answer: { status: 407 } });
    });
  });
});
