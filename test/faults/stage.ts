import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type AudienceForm, type Emulator } from "../../emulator";
import type { Dialect } from "../../provider/segment/dialect";
import type { Lifecycle } from "../../provider/lifecycle";
import { openStores } from "../../provider/stores";
import { createRuntime } from "../../provider/runtime";
import { parseSettings } from "../../model/settings/settings";
import { InstantClock } from "../unit/provider/http/virtual-clock";
import { RequestTimers } from "./request-timers";
import { overOf, turn, unanswered } from "./turn";

/** Long enough that no word of a message has as many of its characters in a row by chance. */
const SECRET = "p8e-Zq2vR7tYw4uN1xKc";
/** What Adobe's gateway allows an answer to take, and the provider by default, too. */
const ANSWER_TAKES_MS = 60_000;

/** How many there were: no two stages share timers. */
let stages = 0;

/** A provider process, as the engine has it. */
export interface Provider {
  readonly segment: Lifecycle;
  readonly job: Lifecycle;
  readonly audience: Lifecycle;
}

type Requests = ReturnType<Emulator["control"]["requests"]>;

/** A service, a state folder, and a time that both the service and the provider live in. One for each cell of the matrix. */
export class Stage {
  /** What all processes have printed. */
  readonly printed: string[] = [];
  /** Called once for each request that has met a fault, when the provider goes on after it. */
  onFault: ((request: Requests[number]) => void) | undefined;
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-cja-faults-"));
  private readonly time: InstantClock;
  private readonly timers = new RequestTimers(ANSWER_TAKES_MS + (stages += 1));
  private pid = 0;
  private ids = 0;
  private faultsSeen = 0;
  private readonly unheard: Promise<unknown>[] = [];

  private constructor(private readonly emulator: Emulator) {
    // On a whole second: a date in a header has no fraction of one.
    const { now } = emulator.control.setClock({ now: Math.floor(emulator.control.clock().now / 1000) * 1000 });
    this.time = new ClockOfStage(now, () => this.observe());
    this.time.onSleep = (ms) => void emulator.control.advance(ms);
  }

  static async start(dialect: Dialect = "guide", audiences?: AudienceForm): Promise<Stage> {
    return new Stage(await startEmulator({ limits: false, clock: "manual", dialect, audiences, clientSecret: SECRET }));
  }

  async stop(): Promise<void> {
    this.timers.stop();
    await this.emulator.close();
    await Promise.allSettled(this.unheard);
    rmSync(this.folder, { recursive: true });
  }

  /** A new process in the same state folder. The engine has one at a time: the one before is gone. */
  process(): Provider {
    const pid = (this.pid += 1);
    const print = (line: string) => void this.printed.push(line);
    const environment = {
      ...this.emulator.environment,
      CJA_REQUESTS_PER_MINUTE: "100000",
      // It has tests of its own: a fault would meet it in place of what is tested.
      CJA_CHECK_TARGET: "never",
      CJA_REQUEST_TIMEOUT: `${this.timers.ms / 1000}s`,
    };
    const runtime = createRuntime(parseSettings({}, environment), {
      clock: this.time,
      random: () => 0.5,
      newId: () => `${pid}-${(this.ids += 1)}`,
      print,
      userAgent: "test",
      self: { pid },
      isAlive: async (process) => process.pid === this.pid,
      openStores: (parsed) => openStores(parsed, { XDG_STATE_HOME: this.folder }, this.time, print),
    });
    const { Segment: segment, SegmentJob: job, Audience: audience } = runtime.lifecycles;
    return { segment, job, audience };
  }

  get control(): Emulator["control"] {
    return this.emulator.control;
  }

  get url(): string {
    return this.emulator.url;
  }

  now(): number {
    return this.time.now();
  }

  /** What is kept on disk of something that is not settled yet. */
  records(): string[] {
    return this.files("intent-");
  }

  /** The next process has to ask for a token. */
  signOut(): void {
    for (const file of this.tokenFiles()) rmSync(file);
  }

  /** The client secret, and the access token that the processes of this folder use. */
  secrets(): string[] {
    return [SECRET, ...this.tokenFiles().map((file) => tokenIn(readFileSync(file, "utf8")))];
  }

  requests(method: string, path: RegExp): Requests {
    return this.control.requests().filter((request) => request.method === method && path.test(request.path));
  }

  /** The process of this work is killed as soon as a request of it has met a fault, which has to be one that never answers. */
  async kill(work: Promise<unknown>): Promise<void> {
    // Its code cannot be stopped, but it hears of nothing any more before this stage is over.
    this.unheard.push(work);
    await unanswered(work, () => this.control.requests().some(({ fault = "" }) => /hang/.test(fault)));
  }

  /** Lets work go on that waits for answers that do not come. */
  async watch(work: Promise<unknown>): Promise<void> {
    const isOver = overOf(work);
    while (!isOver()) {
      this.observe();
      await turn();
    }
  }

  private get stateFolder(): string {
    return join(this.folder, "pulumi-cja");
  }

  private files(prefix: string): string[] {
    return readdirSync(this.stateFolder).filter((file) => file.startsWith(prefix));
  }

  private tokenFiles(): string[] {
    return this.files("token-").map((file) => join(this.stateFolder, file));
  }

  /** Catches up with what the service has seen since the last time. */
  private observe(): void {
    if (!this.onFault) return;
    const met = this.control.requests().filter(({ fault }) => fault !== undefined);
    for (const request of met.slice(this.faultsSeen)) {
      this.faultsSeen += 1;
      this.onFault(request);
      if (!/hang|drip/.test(request.fault ?? "")) continue;
      this.pass(this.timers.ms);
      this.timers.end();
    }
  }

  private pass(ms: number): void {
    this.time.time += ms;
    this.control.advance(ms);
  }
}

/** Time in which sleeps are over at once, and in which a request that nobody answers takes as long as it would. */
class ClockOfStage extends InstantClock {
  constructor(
    start: number,
    private readonly catchUp: () => void,
  ) {
    super(start);
  }

  override now(): number {
    this.catchUp();
    return super.now();
  }
}

function tokenIn(file: string): string {
  const { token } = JSON.parse(file) as { token?: unknown };
  if (typeof token !== "string") throw new Error("the file of the token has none");
  return token;
}
