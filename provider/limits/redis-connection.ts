import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../clock";
import { errorCode, errorMessage } from "../error-code";
import type { Mistake } from "../../model";
import { formatWarningLine } from "../../model/notices";
import type { Settings } from "../../model/settings/settings";

export interface RedisConnectionOptions {
  /** As `redis://:password@cache.example.com:6379/0`, or `rediss://…` for TLS. */
  readonly url: string;
  readonly clock: Clock;
  /** Gets a line when the store is lost, and one when it is back. */
  readonly log: (line: string) => void;
}

/** What is used of the library's client. */
interface Client {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  destroy(): void;
}

/** Who does not answer by then is lost: a request to Adobe takes less. */
const COMMAND_MS = 1_000;
const CONNECT_MS = 2_000;
/** A store that is lost is asked again this often; in between nobody waits for it. */
const RETRY_MS = 5_000;
/** A connection that nobody has used for so long is closed: a process may run many programs, each with a store of its own. */
const IDLE_MS = 60_000;

/**
 * Whether what the store needs is there. Its library is an optional peer of the package: only those install it who have a Redis.
 * Without it a run would never find its store, which is known, and said, before anything is sent.
 */
export function redisMistakes({ rateLimitStore }: Pick<Settings, "rateLimitStore">): Mistake[] {
  if (rateLimitStore === undefined) return [];
  try {
    require.resolve("@redis/client");
    return [];
  } catch {
    return [
      {
        path: "cja:rateLimitStore",
        message:
          "found a Redis, but its library is not installed: run `npm install @redis/client` in the folder whose package.json has pulumi-cja, or, if `pulumi plugin install` installed the plugin, in its folder below ~/.pulumi/plugins",
      },
    ];
  }
}

/** Loaded late: few stacks have a store, and each process would pay for the module. In a `try`, by which bundlers see that it may be missing. */
function redisLibrary(): typeof import("@redis/client") {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require("@redis/client") as typeof import("@redis/client");
  } catch (error) {
    throw new Error("its library @redis/client cannot be loaded", { cause: error });
  }
}

/**
 * A Redis in which all runners of an organisation count their requests. It connects with the first command, and never fails.
 * Only a command that waits for its answer keeps the process alive.
 *
 * @example
 * const redis = new RedisConnection({ url: "redis://127.0.0.1:6379", clock: systemClock, log: console.error });
 * const answer = await redis.run("return redis.call('TIME')", [], []); // undefined while Redis is away
 */
export class RedisConnection {
  private connection: Promise<Client> | undefined;
  private disconnect: () => void = () => undefined;
  private unavailableSince: number | undefined;

  constructor(private readonly options: RedisConnectionOptions) {}

  /** Runs a script. @returns undefined while the store cannot be reached. */
  async run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    if (this.unavailableSince !== undefined) {
      const since = this.options.clock.now() - this.unavailableSince;
      // Less than nothing, where the clock was set back.
      if (since >= 0 && since < RETRY_MS) return undefined;
      // This one finds out whether it is back, and the others go on without it.
      this.unavailableSince = this.options.clock.now();
    }
    try {
      const client = await (this.connection ??= this.connect());
      const answer = await withTimeout(
        client.eval(script, { keys: [...keys], arguments: args.map(String) }),
        COMMAND_MS,
      );
      this.recordSuccess();
      return answer;
    } catch (error) {
      // What hangs may be a connection that only this side believes in.
      if (error instanceof NoAnswerError) this.close();
      this.recordFailure(error);
      return undefined;
    }
  }

  close(): void {
    this.disconnect();
  }

  /** Connects once. The library would try again for ever, and its timers keep a process alive: who asks next connects anew. */
  private connect(): Promise<Client> {
    const client = redisLibrary().createClient({
      url: this.options.url,
      // The older protocol: Redis before 6, and some hosted ones, know no other.
      RESP: 2,
      disableOfflineQueue: true,
      // Its own limit of a connection goes on while the process stands still; the one below does not, and ends first.
      socket: { connectTimeout: 10 * CONNECT_MS, socketTimeout: IDLE_MS, reconnectStrategy: false },
    });
    const connection = withTimeout(client.connect(), CONNECT_MS).then(() => {
      // Not before it is connected: the library knows no socket until then.
      client.unref();
      return client;
    });
    const forget = () => {
      if (this.connection === connection) this.connection = undefined;
    };
    this.disconnect = () => {
      forget();
      client.destroy();
    };
    // After an error it is closed, as it does not connect again. One that hangs is not.
    client.on("error", forget);
    connection.catch(this.disconnect);
    return connection;
  }

  private recordFailure(error: unknown): void {
    if (this.unavailableSince === undefined) {
      this.options.log(
        formatWarningLine(
          `the rate-limit store (cja:rateLimitStore) cannot be used (${reasonOf(error)}). Until it is back, this run uses only a share of Adobe's rate limit and keeps its records of unfinished requests on this machine.`,
        ),
      );
    }
    this.unavailableSince = this.options.clock.now();
  }

  private recordSuccess(): void {
    if (this.unavailableSince !== undefined) this.options.log("The rate-limit store (cja:rateLimitStore) is back.");
    this.unavailableSince = undefined;
  }
}

/** Nothing of the URL, as the words of a system error would have it: without its `@`, a password stands where the host should. */
const reasonOf = (error: unknown): string => errorCode(error) ?? errorMessage(error);

class NoAnswerError extends Error {
  override readonly name = "NoAnswer";
}

/**
 * The library's own time-outs end when a command is written, or a connection stands: a Redis that hangs takes both and says
 * nothing. The timer keeps the process alive while it runs, so that the answer is still heard.
 */
async function withTimeout<T>(answer: Promise<T>, ms: number): Promise<T> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      answer,
      activeDelay(ms, timer.signal).then(() => {
        throw new NoAnswerError(`no answer within ${ms / 1_000} s`);
      }),
    ]);
  } finally {
    timer.abort();
  }
}

const SLICES = 10;

/**
 * Waits for a time in which this process was at work. One that stood still (it loaded code, the machine is busy) may have the answer
 * in its socket, and would take a store for lost that is there: a standstill costs one slice at most.
 */
async function activeDelay(ms: number, signal: AbortSignal): Promise<void> {
  for (let slice = 0; slice < SLICES; slice += 1) await delay(ms / SLICES, undefined, { signal });
}
