import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../../emulator";
import type { Dialect } from "../../../../provider/segment/dialect";
import type { JobsClient } from "../../../../provider/segment-job/client";
import type { Lifecycle, Planner } from "../../../../provider/lifecycle";
import { openStores } from "../../../../provider/stores";
import { createRuntime } from "../../../../provider/runtime";
import type { HolderRegistry } from "../../../../provider/state/holders";
import { parseSettings } from "../../../../model/settings/settings";
import { InstantClock } from "../http/virtual-clock";
import { SettledClock } from "./settled-clock";

/** A provider process. */
export interface Provider {
  readonly jobs: Lifecycle;
  readonly segments: Lifecycle;
  readonly audiences: Lifecycle & Planner;
  readonly client: JobsClient;
  readonly holders: HolderRegistry;
  /** What it has printed for the user. */
  readonly lines: string[];
  /** Its engine is gone, as others find out, and itself when it has looked this many times more. Default: the next time. */
  die(looks?: number): void;
  /** It works in a place that nobody else sees into, as another container. */
  hide(): void;
  /** Says that it is at work, as it does every few seconds. */
  beat(): Promise<void>;
}

/** The service, and a time that both it and the provider live in: whoever sleeps lets it go on at once. */
export class World {
  /** Called in the middle of each sleep, before the service's time goes on. */
  onSleep: (ms: number) => unknown = () => undefined;
  /** Whether the processes find out that their folder is new: the first creation then costs one more request. */
  newFolder = false;
  private readonly folder = mkdtempSync(join(tmpdir(), "pulumi-cja-jobs-"));
  private readonly dead = new Set<number>();
  private readonly hidden = new Set<number>();
  private processes = 0;

  private constructor(
    readonly emulator: Emulator,
    readonly clock: InstantClock | SettledClock,
  ) {
    // On a whole minute: waits poll at common beats, so what a test counts must not depend on the time of day.
    const { now } = emulator.control.setClock({ now: Math.floor(emulator.control.clock().now / 60_000) * 60_000 });
    this.clock.time = now;
    this.clock.onSleep = async (ms) => {
      await this.onSleep(ms);
      emulator.control.advance(ms);
    };
  }

  /** @param clock a `SettledClock` where what happens side by side matters. */
  static async start(
    options: EmulatorOptions = {},
    clock: InstantClock | SettledClock = new InstantClock(),
  ): Promise<World> {
    return new World(await startEmulator({ limits: false, clock: "manual", ...options }), clock);
  }

  /** What the processes have kept on disk is gone, as on a new runner. */
  loseRecords(): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
  }

  async stop(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true });
  }

  /**
   * @param environment settings beside those that lead to the emulator.
   * @param remembered the dialect that an earlier process has found, if it is not the folder's to say.
   */
  provider(environment: Readonly<Record<string, string>> = {}, remembered?: Dialect): Provider {
    this.processes += 1;
    const pid = this.processes;
    const lines: string[] = [];
    let looks = 0;
    const settings = {
      ...this.emulator.environment,
      CJA_REQUESTS_PER_MINUTE: "100000",
      // The look for typos has tests of its own; in the others each request and line counts. An empty text asks for the default.
      CJA_CHECK_TARGET: "never",
      ...environment,
    };
    const runtime = createRuntime(parseSettings({}, settings), {
      clock: this.clock,
      random: () => 0.5,
      newId: () => `${pid}-${(this.ids += 1)}`,
      print: (line) => void lines.push(line),
      userAgent: "test",
      self: { pid },
      isAlive: async (process) => {
        if (process.pid === pid && looks > 0) return (looks -= 1) >= 0;
        if (process.pid !== pid && this.hidden.has(process.pid)) return "unknown";
        return !this.dead.has(process.pid);
      },
      openStores: (parsed) => {
        const memory = openStores(parsed, { XDG_STATE_HOME: this.folder }, this.clock, (line) => void lines.push(line));
        const { clock } = this;
        return {
          ...memory,
          ...(!this.newFolder && { creationMarker: () => ({ exists: async () => true, set: async () => undefined }) }),
          ...(remembered && { dialect: { load: async () => remembered, save: async () => undefined } }),
          ...(clock instanceof SettledClock && { sendLog: (...of) => clock.watch(memory.sendLog(...of)) }),
        };
      },
    });
    return {
      jobs: runtime.lifecycles.SegmentJob,
      segments: runtime.lifecycles.Segment,
      audiences: runtime.lifecycles.Audience,
      client: runtime.jobs,
      holders: runtime.holders,
      lines,
      die: (left = 0) => {
        looks = left;
        this.dead.add(pid);
      },
      hide: () => void this.hidden.add(pid),
      beat: () => runtime.heartbeat(),
    };
  }
  private ids = 0;

  /** Requests to the jobs API: `POST`, `DELETE <id>`, `GET <id>`, `LIST`, `BULK <ids>`. */
  requests(): string[] {
    return this.emulator.control.requests().flatMap(({ method, path, body }) => {
      const below = /^\/data\/core\/ups\/segment\/jobs(?:\/(.+))?$/.exec(path);
      if (!below) return [];
      if (below[1] === "bulk-get") return [`BULK ${(body as { ids: unknown[] }).ids.length}`];
      if (below[1] === undefined) return [method === "GET" ? "LIST" : method];
      return [`${method} ${below[1]}`];
    });
  }

  /** How many of them begin with this. */
  count(start: string): number {
    return this.requests().filter((request) => request.startsWith(start)).length;
  }

  /** How long a job stays in each state. */
  jobsTake(minutes: number, status: "SUCCEEDED" | "FAILED" = "SUCCEEDED"): void {
    const jobTiming = { newMs: 0, queuedMs: 0, processingMs: minutes * 60_000, cancellingMs: 1_000 };
    this.emulator.control.setJobOutcome({ status, jobTiming });
  }
}
