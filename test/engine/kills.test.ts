import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator";
import { anySeed, Chance, replayable } from "../kills/chance";
import { hasRedis, RedisServer } from "../redis/redis-server";
import { descendants } from "./harness/process-tree";
import { createStack, type Run, type Stack } from "./harness/stack";
import type { Running } from "./harness/process";
import { MODULES, WITH_PLUGIN } from "./native/project";
import { deviceIs } from "./programs";

// As test/kills, on the real engine: four stacks with equal content on two machines (two state folders), on each machine one through either
// door, each `up` killed at a random moment, and after one more `up` of each the service has exactly what the programs say.

const ROUNDS = 2;
const VICTIMS = ["engine", "provider", "all"] as const;

/** Of each stack. */
const DOORS = ["dynamic", "dynamic", "native", "native"] as const;

const programOf = (number: number, dataViewId: string, round: number) => `
  const cja = require(${JSON.stringify(MODULES[DOORS[number] ?? "native"])});
  const segment = (name, definition) => new cja.Segment(name, { name, dataViewId: ${JSON.stringify(dataViewId)}, definition });
  segment("same", ${JSON.stringify(deviceIs("Phone"))});
  segment("changed", ${JSON.stringify(deviceIs(`Tablet ${round}`))});
  segment("new ${round}", ${JSON.stringify(deviceIs("Desktop"))});
  // A sandbox has each name once.
  new cja.Audience("people", { name: "People of ${number}", expression: "person.birthYear = ${1980 + round}" });
  new cja.SegmentJob("run", { segmentIds: ["a", "b"], triggers: { round: ${round} } });
`;

class Game {
  readonly stacks: Stack[] = [];
  kills = 0;
  private readonly everHeld = new Set<string>();
  private readonly printed: string[] = [];

  private constructor(
    private readonly emulator: Emulator,
    private readonly homes: readonly string[],
    private readonly redis: RedisServer | undefined,
  ) {}

  static async start(withRedis: boolean): Promise<Game> {
    const homes = [0, 1].map(() => mkdtempSync(join(tmpdir(), "pulumi-cja-kills-")));
    const redis = withRedis ? await RedisServer.start() : undefined;
    const game = new Game(await startEmulator({ limits: false }), homes, redis);
    for (const number of DOORS.keys()) {
      const env = {
        ...game.emulator.environment,
        XDG_STATE_HOME: homes[number % 2] ?? "",
        CJA_REQUESTS_PER_MINUTE: "100000",
        CJA_MAX_CONCURRENT: "50",
        // So long, and seven seconds at least, it is looked for what may still be in the making.
        CJA_REQUEST_TIMEOUT: "5s",
        ...(redis && { CJA_RATE_LIMIT_STORE: redis.url }),
      };
      game.stacks.push(await createStack({ env, program: "", name: `stack-${number}`, files: WITH_PLUGIN }));
    }
    return game;
  }

  async stop(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.dispose()));
    await this.emulator.close();
    await this.redis?.stop();
    for (const home of this.homes) rmSync(home, { recursive: true, force: true });
  }

  /** What two machines without a Redis make of equal content at the same time, neither can tell from the other's. */
  write(round: number): void {
    for (const [number, stack] of this.stacks.entries()) {
      const dataViewId = this.redis === undefined && number % 2 === 1 ? "dv_stage" : "dv_dev";
      stack.setProgram(programOf(number, dataViewId, round));
    }
  }

  async killedUps(chance: Chance): Promise<void> {
    this.emulator.control.clearRequests();
    await Promise.all(this.stacks.map((stack) => this.killedUp(stack, chance.fork())));
  }

  async ups(): Promise<void> {
    await Promise.all(
      this.stacks.map(async (stack) => {
        const run = await stack.up({ fails: "maybe" });
        this.remember(stack, run);
        if (run.code !== 0) throw new Error(`pulumi up of ${stack.name} exited with ${run.code}`);
      }),
    );
  }

  agree(round: number): void {
    const { control } = this.emulator;
    const held = (type: string) =>
      this.stacks.flatMap((stack) => stack.resources().flatMap((one) => (one.type.endsWith(type) ? [one.id] : [])));
    const segments = control.segments().filter(({ deleted }) => !deleted);
    expect(segments.map(({ id }) => id).sort()).toEqual(held(":Segment").sort());
    expect(
      control
        .audiences()
        .map(({ id, expression }) => [id, expression])
        .sort(),
    ).toEqual(
      held(":Audience")
        .map((id) => [id, `person.birthYear = ${1980 + round}`])
        .sort(),
    );
    expect(new Set(held(":SegmentJob")).size).toBe(this.stacks.length);
    expect(control.jobs().filter(({ id }) => !this.everHeld.has(id))).toEqual([]);
  }

  get said(): string {
    return this.printed.join("\n");
  }

  private async killedUp(stack: Stack, chance: Chance): Promise<void> {
    const [victim, requests, pause] = [chance.oneOf(VICTIMS), chance.below(50), chance.below(100)];
    const running = stack.start("up");
    let over = false;
    const done = running.done.finally(() => (over = true));
    while (!over && this.emulator.control.requests().length < requests) await delay(1);
    await delay(pause);
    if (!over) {
      this.kills += 1;
      await kill(running, victim);
    }
    this.remember(stack, await done);
    // The engine's lock is still there. A provider that has lost its engine may still be at work.
    await stack.cancel();
  }

  private remember(stack: Stack, run: Run): void {
    this.printed.push(`--- ${stack.name}\n${run.output}`);
    for (const { id } of stack.resources()) if (id !== undefined) this.everHeld.add(id);
  }
}

async function kill(running: Running<Run>, victim: (typeof VICTIMS)[number]): Promise<void> {
  if (victim === "engine") return running.killEngine();
  if (victim === "all") return running.killAll();
  for (const pid of await descendants(running.pid)) if (isProvider(pid)) process.kill(pid, "SIGKILL");
}

function isProvider(pid: number): boolean {
  try {
    return /dynamic-provider|pulumi-resource-cja/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    return false;
  }
}

async function play(withRedis: boolean): Promise<void> {
  const seed = anySeed();
  const chance = new Chance(seed);
  const game = await Game.start(withRedis);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      game.write(round);
      await game.killedUps(chance);
      await game.ups();
      game.agree(round);
    }
    expect(game.kills).toBeGreaterThan(0);
  } catch (error) {
    throw replayable(error, seed, game.said);
  } finally {
    await game.stop();
  }
}

describe("engines and providers that are killed at any moment leave all stacks whole after one more up", () => {
  (hasRedis ? test : test.skip)("two machines with a Redis", () => play(true));
  test("two machines without one", () => play(false));
});
