import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../emulator";
import { StartedButFailedError, type Diff, type Lifecycle } from "../../provider/lifecycle";
import { ProviderError } from "../provider-process/provider-error";
import { startProviderProcess, type ProviderProcess } from "../provider-process/provider-process";
import type { ResourceCalls } from "../provider-process/resource-calls";
import type { Target } from "./operation";
import type { Provider } from "./stage";
import { unanswered } from "./turn";

const root = join(__dirname, "../..");

let built: Promise<unknown> | undefined;

/** The processes run the compiled package. Types are `npm run typecheck`'s to judge: what can be compiled is there all the same. */
export function build(): Promise<unknown> {
  const ignored = () => undefined;
  return (built ??= promisify(execFile)(process.execPath, [join(root, "tools/build.mjs")]).catch(ignored));
}

/** A machine with real provider processes, one after another, that share a state folder. Time is real. */
export class Host {
  private readonly printedBefore: string[] = [];
  private stateHome = newFolder();
  private current: ProviderProcess | undefined;

  private constructor(
    readonly emulator: Emulator,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** @param settings for all processes, beside those that lead to the emulator. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Host> {
    await build();
    return new Host(await startEmulator({ limits: false }), settings);
  }

  /** What all processes have printed. */
  get printed(): readonly string[] {
    return [...this.printedBefore, ...(this.current?.stderr ?? [])];
  }

  /**
   * The next process. The one before has ended, if it was not killed.
   *
   * @param settings in the place of those that lead to the emulator.
   */
  async process(settings: Readonly<Record<string, string>> = {}): Promise<Provider> {
    await this.end();
    const environment = {
      ...this.emulator.environment,
      CJA_REQUESTS_PER_MINUTE: "100000",
      // So long, and seven seconds at least, it is looked for what may still be in the making.
      CJA_REQUEST_TIMEOUT: "5s",
      ...this.settings,
      ...settings,
    };
    this.current = await startProviderProcess({ environment, stateHome: this.stateHome });
    const { segment, job, audience } = this.current;
    return { segment: lifecycleOf(segment), job: lifecycleOf(job), audience: lifecycleOf(audience) };
  }

  /** Gives the process a command, and kills it (SIGKILL) when it waits for the answer to this request. */
  async killDuring(request: Target, workDone: boolean, command: Promise<unknown>): Promise<void> {
    const hang = { ...request, hang: true, process: workDone };
    this.emulator.control.addFault(hang);
    const failed = expect(command).rejects.toThrow(/UNAVAILABLE|CANCELLED/);
    await unanswered(command, () => this.emulator.control.requests().some(({ fault = "" }) => /hang/.test(fault)));
    await this.current?.kill();
    await failed;
    this.emulator.control.clearFaults();
    this.emulator.control.clearRequests();
  }

  /** As a fresh machine, or a runner without a kept state folder. */
  loseRecords(): void {
    rmSync(this.stateHome, { recursive: true, force: true });
    this.stateHome = newFolder();
  }

  /** The access tokens that its processes keep. */
  tokens(): string[] {
    const folder = join(this.stateHome, "pulumi-cja");
    const files = readdirSync(folder).filter((file) => file.startsWith("token-"));
    return files.map((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { token: string }).token);
  }

  async stop(): Promise<void> {
    await this.end();
    await this.emulator.close();
    rmSync(this.stateHome, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    await this.current?.stop();
    this.printedBefore.push(...(this.current?.stderr ?? []));
    this.current = undefined;
  }
}

const newFolder = () => mkdtempSync(join(tmpdir(), "pulumi-cja-killed-"));

/** The calls of a provider process as those of the lifecycle behind them. */
export function lifecycleOf(calls: ResourceCalls): Lifecycle {
  return {
    async check(olds, news) {
      const { inputs, failures } = await calls.check({ news: { ...news }, olds: { ...olds } });
      return { inputs, mistakes: failures.map(({ property, reason }) => ({ path: property, message: reason })) };
    },
    async diff(id, state, news): Promise<Diff> {
      const { changes, replaces } = await calls.diff({ id, olds: { ...state }, news: { ...news } });
      if (replaces.length > 0) return { kind: "replace", replaces };
      return { kind: changes === "none" ? "same" : "update" };
    },
    async create(inputs) {
      const { id, outs } = await calls.create({ ...inputs }).catch(asStarted);
      return { id, state: outs };
    },
    async read(id, state) {
      const read = await calls.read(id, { ...state });
      return read.id === "" ? undefined : { state: read.props, inputs: read.inputs };
    },
    update: async (id, state, news) =>
      (await calls.update({ id, olds: { ...state }, news: { ...news } }).catch(asStarted)).outs,
    delete: (id, state) => calls.delete(id, { ...state }),
  };
}

function asStarted(error: unknown): never {
  const started = error instanceof ProviderError ? error.started : undefined;
  throw started ? new StartedButFailedError(started.id, started.properties, started.reasons) : error;
}
