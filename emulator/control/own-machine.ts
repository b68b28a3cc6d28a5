import type { MiddlewareHandler } from "hono";

/**
 * Lets in who is on this machine. A page in a browser may send requests to any address: those of foreign pages say so in `Origin`, and
 * those by a foreign name that leads here (DNS rebinding) in `Host`.
 */
export const fromThisMachine: MiddlewareHandler = async (c, next) => {
  const [host, origin] = [c.req.header("host"), c.req.header("origin")];
  const foreign =
    host === undefined || !isLoopback(`http://${host}`)
      ? `Host: ${host ?? "(none)"}`
      : origin !== undefined && !isLoopback(origin)
        ? `Origin: ${origin}`
        : undefined;
  if (foreign === undefined) return next();
  const error = `Requests with "${foreign}" are refused: only this machine controls the emulator. Send them to http://localhost or http://127.0.0.1, and not from a page of another origin`;
  return c.json({ error }, 403);
};

/** `http://localhost:4080`; IPv4 addresses are four numbers after parsing, so that `127.0.0.1.example.com` is none. */
function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
