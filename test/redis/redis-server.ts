import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Whether this machine has one. In CI it has to. */
export const hasRedis = process.env["CI"] === "true" || spawnSync("redis-server", ["--version"]).status === 0;

/** A real Redis on loopback that keeps nothing. It can be stopped, frozen, and started again on the same port. */
export class RedisServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly password: string | undefined,
    private readonly settings: readonly string[],
    private process: ChildProcess,
  ) {}

  /** @param settings for redis-server itself: `["--maxmemory", "1mb"]` */
  static async start(password?: string, settings: readonly string[] = []): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-redis-"));
    const port = await freePort();
    const all = [...settings, ...(password === undefined ? [] : ["--requirepass", password])];
    return new RedisServer(port, folder, password, all, await launch(port, folder, all));
  }

  get url(): string {
    return `redis://${this.password === undefined ? "" : `:${this.password}@`}127.0.0.1:${this.port}`;
  }

  /** It is gone at once, with all that it knew. */
  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
  }

  async restart(): Promise<void> {
    this.process = await launch(this.port, this.folder, this.settings);
  }

  /** It keeps its connections and answers nothing. */
  freeze(): void {
    this.process.kill("SIGSTOP");
  }

  thaw(): void {
    this.process.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function launch(port: number, folder: string, settings: readonly string[]): Promise<ChildProcess> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn("redis-server", [...args, ...settings]);
  child.stdout.resume();
  child.stderr.resume();
  while (child.exitCode === null) {
    if (await listens(port)) return child;
    await delay(25);
  }
  throw new Error(`redis-server ended with ${child.exitCode} before it listened`);
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port at which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
