import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "./clock";
import { errorMessage } from "./error-code";

export interface RateLimitStoreOptions {
  /** As `redis://:password@cache.example.com:6379/0`, or `rediss://…` for TLS. */
  readonly url: string;
  readonly clock: Clock;
  /** Told once when the store is lost, and once when it is back. */
  readonly say: (line: string) => void;
}

/** What is used of the library's client. */
interface Client {
  readonly isReady: boolean;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  destroy(): void;
}

/** Who does not answer by then is lost: a request to Adobe takes less. */
const COMMAND_MS = 1_000;
const CONNECT_MS = 2_000;
/** A store that is lost is asked again this often; in between nobody waits for it. */
const ASK_AGAIN_MS = 5_000;

/**
 * A Redis in which all runners of an organisation count their requests. It connects with the first command, never fails,
 * and does not keep the process alive.
 *
 * @example
 * const store = new RateLimitStore({ url: "redis://127.0.0.1:6379", clock: systemClock, say: console.error });
 * const answer = await store.run("return redis.call('TIME')", [], []); // undefined while Redis is away
 */
export class RateLimitStore {
  private client: Client | undefined;
  private ready: Promise<void> | undefined;
  private lostAt: number | undefined;
  private reason = "";

  constructor(private readonly options: RateLimitStoreOptions) {}

  /** Runs a script. @returns undefined while the store cannot be reached. */
  async run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const { clock } = this.options;
    if (this.lostAt !== undefined && clock.now() - this.lostAt < ASK_AGAIN_MS) return undefined;
    try {
      const client = (this.client ??= this.connect());
      await this.ready;
      const answer = await inTime(client.eval(script, { keys: [...keys], arguments: args.map(String) }));
      this.found();
      return answer;
    } catch (error) {
      this.lost(error);
      return undefined;
    }
  }

  close(): void {
    this.client?.destroy();
    this.client = undefined;
  }

  private connect(): Client {
    // Loaded here, since few stacks have a store and each provider process would pay for the module.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { createClient } = require("@redis/client") as typeof import("@redis/client");
    const client = createClient({
      url: this.options.url,
      // The older protocol: Redis before 6, and some hosted ones, know no other.
      RESP: 2,
      disableOfflineQueue: true,
      socket: { connectTimeout: CONNECT_MS, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, CONNECT_MS) },
    });
    // It tries for ever: the first outcome tells whether it is there.
    this.ready = new Promise((resolve) => {
      client.once("ready", resolve);
      client.on("error", (error: unknown) => {
        this.reason = errorMessage(error);
        resolve();
      });
    });
    void client.connect().catch((error: unknown) => (this.reason = errorMessage(error)));
    client.unref();
    return client;
  }

  private lost(error: unknown): void {
    if (this.lostAt === undefined) {
      // Offline, the client only says that it is closed: why is what the socket said.
      const why = this.client?.isReady === true ? errorMessage(error) : this.reason || errorMessage(error);
      this.options.say(
        `warning: the rate-limit store ${this.name} cannot be used (${why}): until it is back, this run keeps to a share of Adobe's limits, and its records of unfinished work are on this machine only.`,
      );
    }
    this.lostAt = this.options.clock.now();
  }

  private found(): void {
    if (this.lostAt !== undefined) this.options.say(`The rate-limit store ${this.name} is back.`);
    this.lostAt = undefined;
  }

  /** The address without user and password. */
  private get name(): string {
    const { protocol, host } = new URL(this.options.url);
    return `${protocol}//${host}`;
  }
}

/** The library's own time-out ends when a command is written, and a Redis that hangs takes it and says nothing. */
async function inTime(answer: Promise<unknown>): Promise<unknown> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      answer,
      delay(COMMAND_MS, undefined, { signal: timer.signal }).then(() => {
        throw new Error(`no answer within ${COMMAND_MS / 1_000} s`);
      }),
    ]);
  } finally {
    timer.abort();
  }
}
