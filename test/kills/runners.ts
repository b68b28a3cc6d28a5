import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator";
import { build } from "../faults/host";
import { startProviderProcess, type ProviderProcess } from "../provider-process/provider-process";
import { RedisServer } from "../redis/redis-server";
import type { Chance } from "./chance";
import { Stack, type Engine, type Program } from "./stack";

/** Who is killed, and when: after so many requests of all runs, and then some turns of the loop. */
interface Kill {
  readonly victim: "engine" | "provider";
  readonly requests: number;
  readonly turns: number;
}

/** Two machines with a state folder each, four stacks on them, and the service. A Redis in between, if they have one. */
export class Runners {
  readonly stacks = [0, 1, 0, 1].map((home, number) => new Stack(`stack-${number}`, home));
  /** How many runs were killed. */
  kills = 0;
  /** What all processes have printed, by machine. */
  private readonly processes: ProviderProcess[] = [];

  private constructor(
    readonly emulator: Emulator,
    private readonly homes: readonly string[],
    private readonly redis: RedisServer | undefined,
  ) {}

  static async start(withRedis: boolean): Promise<Runners> {
    await build();
    const homes = [0, 1].map(() => mkdtempSync(join(tmpdir(), "pulumi-cja-kills-")));
    return new Runners(
      await startEmulator({ limits: false }),
      homes,
      withRedis ? await RedisServer.start() : undefined,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    await this.emulator.close();
    await this.redis?.stop();
    for (const home of this.homes) rmSync(home, { recursive: true, force: true });
  }

  /** One `up` of each stack, side by side, of which most are killed at a moment that chance decides. */
  async killedUps(programOf: (stack: Stack) => Program, chance: Chance): Promise<void> {
    this.emulator.control.clearRequests();
    await Promise.all(this.stacks.map((stack) => this.killedUp(stack, programOf(stack), chance.fork())));
  }

  /** One `up` of each stack, side by side, that has to succeed. */
  async ups(programOf: (stack: Stack) => Program): Promise<void> {
    await Promise.all(
      this.stacks.map(async (stack) => {
        const process = await this.process(stack);
        await stack.up(process, programOf(stack), { alive: true });
        await process.stop();
      }),
    );
  }

  get printed(): readonly string[] {
    return this.processes.flatMap(({ stderr }) => stderr);
  }

  private async killedUp(stack: Stack, program: Program, chance: Chance): Promise<void> {
    const kill: Kill = {
      victim: chance.oneOf(["engine", "provider"]),
      requests: chance.below(4 * program.size + 8),
      turns: chance.below(60),
    };
    const process = await this.process(stack);
    const engine: Engine = { alive: true };
    let over = false;
    const up = stack.up(process, program, engine).finally(() => (over = true));
    const failure = up.then(
      () => undefined,
      (error: unknown) => error,
    );
    await this.moment(kill, () => over);
    if (over) {
      const error = await failure;
      await process.stop();
      if (error instanceof Error) throw error;
      return;
    }
    engine.alive = false;
    this.kills += 1;
    if (kill.victim === "engine") return process.killEngine();
    await process.kill();
    await failure;
  }

  private async moment({ requests, turns }: Kill, isOver: () => boolean): Promise<void> {
    while (!isOver() && this.emulator.control.requests().length < requests) await delay(1);
    for (let turn = 0; turn < turns && !isOver(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  private async process({ home }: Stack): Promise<ProviderProcess> {
    const environment = {
      ...this.emulator.environment,
      CJA_REQUESTS_PER_MINUTE: "100000",
      CJA_MAX_CONCURRENT: "50",
      // So long, and seven seconds at least, it is looked for what may still be in the making.
      CJA_REQUEST_TIMEOUT: "5s",
      ...(this.redis && { CJA_RATE_LIMIT_STORE: this.redis.url }),
    };
    const process = await startProviderProcess({ environment, stateHome: this.homes[home] ?? "" });
    this.processes.push(process);
    return process;
  }
}
