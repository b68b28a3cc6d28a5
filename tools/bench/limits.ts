/** Real provider processes against the published limits, enforced by the emulator on real time: how much of them is used. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { startProviderProcess, type ProviderProcess } from "../../test/provider-process/provider-process";
import { RedisServer } from "../../test/redis/redis-server";
import { segmentArguments, type SegmentArguments } from "./arguments";

/** What one scenario cost. */
export interface LimitsRow {
  readonly scenario: string;
  readonly processes: number;
  readonly requests: number;
  /** From the first request to the last. */
  readonly seconds: number;
  /** The same for a client that knows the limits and sends each request in the moment in which it is allowed. */
  readonly idealSeconds: number;
  /** Answers 429. */
  readonly refused: number;
  /** Whether its processes know of each other. */
  readonly together: boolean;
  /** What differs from what was asked for: segments that are missing, double, or not deleted. Empty if nothing. */
  readonly wrong: readonly string[];
}

/** So many calls the engine has under way on two cores. */
const PARALLEL = 8;

const scenarios: Record<string, (ground: Ground) => Promise<Pick<LimitsRow, "processes" | "together" | "wrong">>> = {
  "creates, updates, deletes and reads in one process": oneProcess,
  "a preview and its up": previewAndUp,
  "4 processes on 4 hosts with Redis": (ground) => fourHosts(ground, 17, true),
  "4 processes on 4 hosts without Redis": (ground) => fourHosts(ground, 12, false),
};

/** All scenarios side by side, each with an emulator of its own: they wait most of the time. Takes some three minutes. */
export async function limitsInRealTime(say: (row: LimitsRow) => void): Promise<LimitsRow[]> {
  return Promise.all(
    Object.entries(scenarios).map(async ([scenario, run]) => {
      const ground = await Ground.open();
      try {
        const outcome = await run(ground);
        const row = { scenario, ...ground.cost(), ...outcome };
        say(row);
        return row;
      } finally {
        await ground.close();
      }
    }),
  );
}

/** When the last of `count` requests may be sent, in seconds after the first. */
export function idealSeconds(count: number): number {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    times.push(Math.max(0, (times[i - 60] ?? -60) + 60, (times[i - 12] ?? -6) + 6));
  }
  return times.at(-1) ?? 0;
}

class Ground {
  private readonly processes: ProviderProcess[] = [];
  private readonly folders: string[] = [];
  private redis: RedisServer | undefined;

  private constructor(readonly emulator: Emulator) {}

  static async open(): Promise<Ground> {
    return new Ground(await startEmulator());
  }

  async startRedis(): Promise<Record<string, string>> {
    this.redis = await RedisServer.start();
    return { CJA_RATE_LIMIT_STORE: this.redis.url };
  }

  newHost(): string {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
    this.folders.push(folder);
    return folder;
  }

  async process(stateHome: string, settings: Readonly<Record<string, string>> = {}): Promise<ProviderProcess> {
    const process = await startProviderProcess({
      environment: { ...this.emulator.environment, ...settings },
      stateHome,
    });
    this.processes.push(process);
    return process;
  }

  /** What the service saw of the APIs. */
  cost(): Pick<LimitsRow, "requests" | "seconds" | "idealSeconds" | "refused"> {
    const seen = this.emulator.control.requests().filter(({ path }) => !path.startsWith("/ims/"));
    const times = seen.map(({ time }) => Date.parse(time));
    const refused = seen.filter(({ status }) => status === 429).length;
    return {
      requests: seen.length,
      seconds: (Math.max(...times) - Math.min(...times)) / 1000,
      idealSeconds: idealSeconds(seen.length - refused),
      refused,
    };
  }

  /** @param names of the segments that there have to be, each once. */
  wrong(names: readonly string[]): string[] {
    const left = this.emulator.control.segments().filter(({ deleted }) => deleted !== true);
    const count = (name: string) => left.filter((segment) => segment.name === name).length;
    const unwanted = left.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} is still there`);
    return [
      ...names.filter((name) => count(name) !== 1).map((name) => `${name} is there ${count(name)} times`),
      ...unwanted,
    ];
  }

  async close(): Promise<void> {
    for (const process of this.processes) await process.kill();
    await this.redis?.stop();
    await this.emulator.close();
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function oneProcess(ground: Ground) {
  const existing = segmentArguments(32).map((segment) => ({ ...segment, name: `Old ${segment.name}` }));
  const owner = "Emulator Technical Account";
  const made = ground.emulator.control.addSegment(existing.map((segment) => ({ ...segment, owner })));
  const states = made.map(({ id }, i) => ({ id, props: { ...existing[i], orgId: "EMULATOR@AdobeOrg" } }));
  const { segment } = await ground.process(ground.newHost());
  const created = segmentArguments(42);
  await inParallel([
    ...states.slice(0, 16).map((state) => () => segment.delete(state.id, state.props)),
    ...states
      .slice(16)
      .map(
        (state) => () =>
          segment.update({ id: state.id, olds: state.props, news: { ...state.props, description: "Other" } }),
      ),
    ...states.slice(16).map((state) => () => segment.read(state.id, state.props)),
    ...created.map((wish) => () => segment.create(wish)),
  ]);
  return {
    processes: 1,
    together: true,
    wrong: ground.wrong([...existing.slice(16), ...created].map(({ name }) => name)),
  };
}

async function previewAndUp(ground: Ground) {
  const host = ground.newHost();
  const wishes = segmentArguments(66);
  const preview = await ground.process(host);
  // The engine checks one at a time.
  for (const wish of wishes) await preview.segment.check({ news: wish });
  await preview.stop();
  const up = await ground.process(host);
  for (const wish of wishes) await up.segment.check({ news: wish });
  await inParallel(wishes.map((wish) => () => up.segment.create(wish)));
  return { processes: 2, together: true, wrong: ground.wrong(wishes.map(({ name }) => name)) };
}

async function fourHosts(ground: Ground, each: number, together: boolean) {
  const settings = together ? await ground.startRedis() : {};
  const wishes = [0, 1, 2, 3].map((host) =>
    segmentArguments(each).map((wish): SegmentArguments => ({ ...wish, name: `${wish.name} of host ${host}` })),
  );
  await Promise.all(
    wishes.map(async (mine) => {
      const { segment } = await ground.process(ground.newHost(), settings);
      await inParallel(mine.map((wish) => () => segment.create(wish)));
    }),
  );
  return { processes: 4, together, wrong: ground.wrong(wishes.flat().map(({ name }) => name)) };
}

async function inParallel(calls: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...calls];
  const worker = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) await call();
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}
