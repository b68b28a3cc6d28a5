/**
 * The provider process that the engine starts, without the engine: Pulumi's own dynamic provider host on the compiled
 * package (dist/), spoken to over the engine's own protocol.
 *
 * ```ts
 * const process = await startProviderProcess({ environment: { ...emulator.environment }, stateHome });
 * const { inputs } = await process.segment.check({ news: { name, dataViewId, definition } });
 * const { id, outs } = await process.segment.create(inputs);
 * await process.kill();    // as a power cut would; the next process with the same `stateHome` finds what it left
 * await process.stop();    // as the engine ends it
 * ```
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { PROVIDERS } from "../../sdk/shim";
import { startEngineServer } from "./engine-server";
import { peakMemoryOf, processorSecondsOf } from "./process-usage";
import { answerOf, resourceCalls, structOf, type ResourceCalls } from "./resource-calls";

export interface ProviderProcessOptions {
  /** Settings, for example `{ ...emulator.environment }`. Nothing of the shell's reaches the process but PATH and HOME. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stack config: `{ "cja:validate": "apply" }`. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** An absolute path: what the provider keeps on disk (`XDG_STATE_HOME`). The same for two processes is the same host. */
  readonly stateHome: string;
  /** Where `require("pulumi-cja/provider")` is looked for from. Default: a folder of this checkout. */
  readonly folder?: string;
  /** For Node itself, for example `["--cpu-prof"]`. */
  readonly nodeOptions?: readonly string[];
}

/** A process that serves a provider. */
export interface ServingProcess {
  readonly pid: number;
  readonly client: ResourceProviderClient;
  /** The lines that it has printed for the user so far. */
  readonly stderr: readonly string[];
  /** From the start of the process to the answer of its configuration. The provider's code is loaded by the first call. */
  readonly startedInMs: number;
  /** Bytes at its highest so far; undefined without /proc. Ask before it has ended. */
  peakMemory(): number | undefined;
  /** Seconds of processor time so far; as above. */
  processorSeconds(): number | undefined;
  /** SIGKILL, and waits for its end. Calls under way are rejected. */
  kill(): Promise<void>;
  /** Only the engine dies: nobody listens at its port any more, and the process works on until it notices. */
  killEngine(): void;
  /** Asks it to end as the engine does when its work is done, and waits for that. */
  stop(): Promise<void>;
}

export interface ProviderProcess extends ServingProcess {
  readonly segment: ResourceCalls;
  readonly job: ResourceCalls;
  readonly audience: ResourceCalls;
  /** Any other resource, by the text that stands for its code. */
  resource(provider: string): ResourceCalls;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export async function startProviderProcess(options: ProviderProcessOptions): Promise<ProviderProcess> {
  const host = require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  const serving = await startServing(host, options, (client) => configure(client, options.config ?? {}));
  const resource = (provider: string) => resourceCalls(serving.client, provider);
  const { Segment, SegmentJob, Audience } = PROVIDERS.here;
  const calls = { segment: resource(Segment), job: resource(SegmentJob), audience: resource(Audience) };
  return { ...serving, ...calls, resource };
}

/**
 * Starts what serves a provider.
 *
 * @param program which Node runs, with the engine's address as its argument.
 * @param ready what has to be asked before the process counts as started.
 */
export async function startServing(
  program: string,
  options: ProviderProcessOptions,
  ready: (client: ResourceProviderClient) => Promise<void>,
): Promise<ServingProcess> {
  const stderr: string[] = [];
  const engine = await startEngineServer((line) => stderr.push(line));
  const began = performance.now();
  const child = start(program, options, engine.address);
  const ended = once(child, "close");
  createInterface(child.stderr).on("line", (line) => stderr.push(line));
  let client: ResourceProviderClient | undefined;
  const end = async (ask: () => unknown) => {
    if (child.exitCode === null && child.signalCode === null) ask();
    await ended;
    client?.close();
    engine.stop();
  };
  try {
    const port = await printedPort(child, stderr);
    client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), UNLIMITED_SIZE);
    await ready(client);
  } catch (error) {
    await end(() => child.kill("SIGKILL"));
    throw error;
  }
  const pid = child.pid ?? 0;
  return {
    pid,
    client,
    stderr,
    startedInMs: performance.now() - began,
    peakMemory: () => peakMemoryOf(pid),
    processorSeconds: () => processorSecondsOf(pid),
    kill: () => end(() => child.kill("SIGKILL")),
    killEngine: () => engine.stop(),
    stop: () => end(() => child.kill("SIGINT")),
  };
}

const UNLIMITED_SIZE = { "grpc.max_receive_message_length": -1 };

/**
 * The end of its input ends it. So nothing is left running when the process that started it is killed: a host of Pulumi's
 * works on without an engine, for ever.
 */
const END_WITH_INPUT = "data:text/javascript,process.stdin.once('end', () => process.exit()).resume().unref()";

/** The engine's language host starts it so: in the program's folder, with the engine's address, told the project and the config. */
function start(
  program: string,
  { environment, config, stateHome, folder, nodeOptions }: ProviderProcessOptions,
  engine: string,
): Child {
  const { PATH = "", HOME = "" } = process.env;
  const env = {
    PATH,
    HOME,
    XDG_STATE_HOME: stateHome,
    PULUMI_CONFIG: JSON.stringify(config ?? {}),
    PULUMI_NODEJS_PROJECT: "provider-process",
    PULUMI_PROJECT: "provider-process",
    // The look for typos has tests of its own; in the others each request and line counts. An empty text asks for the default.
    CJA_CHECK_TARGET: "never",
    ...environment,
  };
  const args = ["--import", END_WITH_INPUT, ...(nodeOptions ?? []), program, engine];
  return spawn(process.execPath, args, { cwd: folder ?? __dirname, env, stdio: "pipe" });
}

/** The first line that the host prints; the engine reads the port from it, too. */
async function printedPort(child: Child, stderr: readonly string[]): Promise<number> {
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, "line"), once(child, "close").then(() => [undefined])])) as [unknown];
  if (typeof line !== "string" || !/^\d+$/.test(line))
    throw new Error(`no port but ${String(line)}:\n${stderr.join("\n")}`);
  return Number(line);
}

async function configure(client: ResourceProviderClient, config: Readonly<Record<string, string>>): Promise<void> {
  const request = new ConfigureRequest().setArgs(structOf(config));
  await answerOf((done) => client.configure(request, done));
}
