/**
 * A Pulumi stack for a test: the real `pulumi`, its real language host and provider processes, on a file backend of its own.
 *
 * ```ts
 * const emulator = await startEmulator({ port: 0, limits: false });
 * const stack = await createStack({
 *   env: emulator.environment,
 *   program: `const cja = require("pulumi-cja"); new cja.Segment("a", {…});`,
 * });
 * const run = await stack.up();                 // throws, with the whole output, unless pulumi exits with 0
 * expect(run.changes).toEqual({ create: 1 });
 * await stack.up({ fails: true });              // throws unless pulumi fails
 * const running = stack.start("up");            // … await something of the emulator … then
 * await running.killAll();
 * await stack.dispose();                        // kills what still runs and removes the folder
 * ```
 *
 * One `up` of nothing takes about 2 seconds of one core, most of it three Node processes loading the SDK.
 */
import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { declaredResources, readDeployment, stackOutputs } from "./deployment";
import type { Deployment, ResourceState } from "./deployment";
import { readEventLog } from "./events";
import type { Report } from "./events";
import { startProcess } from "./process";
import type { Finished, Running } from "./process";
import { createProject, pulumiEnvironment, writeProgram } from "./project";
import type { ProjectOptions } from "./project";

export interface StackOptions extends ProjectOptions {
  /** Environment of every run, for example `emulator.environment`. Nothing of the shell's reaches a run but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** true: a failure is expected and success throws. "maybe": neither throws. Default: failure throws. */
  readonly fails?: boolean | "maybe";
  /** `up`, `refresh`, `destroy`: preview first, in a process of its own, as people do it. Default false, which is twice as fast. */
  readonly preview?: boolean;
  /** More arguments for `pulumi`, for example `["--target", urn]`. */
  readonly args?: readonly string[];
  /** More environment for this run; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a run left. `steps`, `changes` and `diagnostics` are the engine's own events; those of `up`'s preview are not among them. */
export type Run = Finished & Report;

export type Operation = "up" | "preview" | "refresh" | "destroy";

/** What is a stack's memory, in its folder. */
const KEPT = ["backend", "state-home"] as const;

/** Makes a project folder with an initialised stack. Call `dispose` when done, also after a failed test. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const folder = await createProject(options);
  const stack = new Stack(folder, options);
  await stack.pulumi(["stack", "init", stack.name]);
  return stack;
}

export class Stack {
  readonly name: string;
  readonly project: string;
  /** What the provider keeps on disk (`XDG_STATE_HOME`): verdicts, intents, tokens. */
  readonly stateHome: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #started: Running<Run>[] = [];

  constructor(
    readonly folder: string,
    options: Pick<StackOptions, "env" | "name" | "project"> = {},
  ) {
    this.name = options.name ?? "dev";
    this.project = options.project ?? "engine-test";
    this.stateHome = join(folder, "state-home");
    this.#env = { ...options.env };
  }

  up(options: RunOptions = {}): Promise<Run> {
    return this.#settle(this.start("up", options), options);
  }

  preview(options: RunOptions = {}): Promise<Run> {
    return this.#settle(this.start("preview", options), options);
  }

  refresh(options: RunOptions = {}): Promise<Run> {
    return this.#settle(this.start("refresh", options), options);
  }

  destroy(options: RunOptions = {}): Promise<Run> {
    return this.#settle(this.start("destroy", options), options);
  }

  /** `preview --json`, parsed. */
  async previewJson(options: RunOptions = {}): Promise<Record<string, unknown>> {
    const { stdout } = await this.preview({ ...options, args: ["--json", ...(options.args ?? [])] });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Starts an operation and returns at once, for tests that look into or kill a run half-way. */
  start(operation: Operation, options: RunOptions = {}): Running<Run> {
    const approval = operation === "preview" ? [] : options.preview ? ["--yes"] : ["--yes", "--skip-preview"];
    return this.#start([operation, ...approval, "--stack", this.name, ...(options.args ?? [])], options, true);
  }

  /**
   * Pulumi's file backend writes a `.attrs` beside each file, and not at once: what an engine leaves that is killed in between is empty,
   * and no command then loads the stack ("failed to load checkpoint: EOF").
   */
  #removeEmptySidecars(): void {
    const backend = join(this.folder, "backend");
    for (const path of readdirSync(backend, { recursive: true, encoding: "utf8" })) {
      const file = join(backend, path);
      if (path.endsWith(".attrs") && statSync(file).size === 0) rmSync(file);
    }
  }

  /** Any other command in the project's folder: `pulumi(["cancel", "--yes"])`. */
  pulumi(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return this.#settle(this.#start(args, options, false), options);
  }

  /** After a killed engine its lock remains, and `pulumi` refuses to work until this. */
  cancel(): Promise<Run> {
    this.#removeEmptySidecars();
    return this.pulumi(["cancel", "--yes", "--stack", this.name]);
  }

  /** Stack config, written by `pulumi` itself; secrets are encrypted. */
  async setConfig(values: Readonly<Record<string, string>>, options: { secret?: boolean } = {}): Promise<void> {
    const flag = options.secret ? "--secret" : "--plaintext";
    const pairs = Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
    await this.pulumi(["config", "set-all", "--stack", this.name, ...pairs]);
  }

  /** Replaces the program: the text of a CommonJS index.js. */
  setProgram(text: string): void {
    writeProgram(this.folder, text);
  }

  /** The state as it is on disk now. */
  deployment(): Deployment {
    return readDeployment(join(this.folder, "backend", ".pulumi", "stacks", this.project, `${this.name}.json`));
  }

  /** The declared resources in state, those marked for deletion included. */
  resources(): ResourceState[] {
    return declaredResources(this.deployment());
  }

  /** The one resource with this name. */
  resource(name: string): ResourceState {
    const found = this.resources().filter((resource) => resource.name === name);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources in state are called "${name}"`);
    return found[0];
  }

  /** The program's exports; encrypted ones stay so. */
  outputs(): Record<string, unknown> {
    return stackOutputs(this.deployment());
  }

  /** Keeps a copy of the state and of what the provider has on disk: `restore` goes back there, for the price of no run. */
  async save(): Promise<void> {
    for (const kept of KEPT) await cp(join(this.folder, kept), join(this.folder, "saved", kept), { recursive: true });
  }

  async restore(): Promise<void> {
    for (const kept of KEPT) {
      await rm(join(this.folder, kept), { recursive: true });
      await cp(join(this.folder, "saved", kept), join(this.folder, kept), { recursive: true });
    }
  }

  /** Kills what still runs and removes the folder (kept with CJA_KEEP_TEST_FOLDERS=1, to look into it). */
  async dispose(): Promise<void> {
    for (const running of this.#started) {
      await running.killAll();
      await running.done;
    }
    if (!process.env["CJA_KEEP_TEST_FOLDERS"]) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #start(args: readonly string[], options: RunOptions, logged: boolean): Running<Run> {
    const log = join(this.folder, "events", `${randomBytes(6).toString("hex")}.jsonl`);
    const env: Record<string, string> = {
      ...pulumiEnvironment(this.folder),
      XDG_STATE_HOME: this.stateHome,
      ...this.#env,
    };
    for (const [key, value] of Object.entries(options.env ?? {})) {
      if (value === undefined) delete env[key];
      else env[key] = value;
    }
    const common = ["--non-interactive", "--color", "never", ...(logged ? ["--event-log", log] : [])];
    const running = startProcess("pulumi", [...args, ...common], { cwd: this.folder, env }, (finished): Run => ({
      ...finished,
      ...readEventLog(log),
    }));
    this.#started.push(running);
    return running;
  }

  async #settle(running: Running<Run>, { fails = false }: RunOptions): Promise<Run> {
    const run = await running.done;
    if (fails !== "maybe" && fails === (run.code === 0)) {
      throw new Error(`pulumi exited with ${run.code}, expected ${fails ? "a failure" : "0"}:\n${run.output}`);
    }
    return run;
  }
}
