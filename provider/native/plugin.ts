import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { systemClock } from "../clock";
import { openRuntime } from "../open-runtime";
import { packageVersion } from "../package-version";
import type { Runtime } from "../runtime";
import { thisProcess } from "../state/engine-process";
import { CancellableClock } from "./cancellable-clock";
import { EngineLog } from "./engine-log";
import { changedSettings, checkConfig, isExplicit, settingsOf } from "./configuration";
import { invokes, type Invoke } from "./invoke";
import { answering, structOf, valuesOf } from "./messages";
import { resourceMethods } from "./resource-methods";
import { nativeResources, type NativeResource } from "./resources";
import { schemaText } from "./schema";
import { withoutMarks } from "./secrets";

/** What a plugin process gets when it starts. */
export interface Surroundings {
  /** The folder of `schema.json`. */
  readonly folder: string;
  /** Of the process: the engine's address is among them. */
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Prints a line. Users see it only where no engine runs this process: see engine-log.ts. */
  readonly print: (line: string) => void;
}

/** One process of the plugin: the engine starts one for each provider of a program, and configures it once. */
export class Plugin {
  private runtime: Runtime | undefined;
  private resources: ReadonlyMap<string, NativeResource> | undefined;
  private invoke: Invoke | undefined;
  private orgId: string | undefined;
  private clock = new CancellableClock(systemClock);

  private readonly log: EngineLog;

  constructor(private surroundings: Surroundings) {
    const { print, args } = surroundings;
    this.log = new EngineLog(print, thisProcess(process.pid, args).engine);
  }

  /** The methods of the service. The server answers other methods with "unimplemented". */
  readonly methods: UntypedServiceImplementation = {
    handshake: answering(() => new messages.ProviderHandshakeResponse().setAcceptSecrets(true)),
    getPluginInfo: answering(() => new PluginInfo().setVersion(packageVersion(__dirname))),
    getSchema: answering(() =>
      new messages.GetSchemaResponse().setSchema(schemaText(this.surroundings.folder, packageVersion(__dirname))),
    ),
    checkConfig: answering(checkedConfig),
    diffConfig: answering(configDiff),
    configure: answering((request: messages.ConfigureRequest) => this.configure(request)),
    ...resourceMethods(
      (type) => this.resourceOf(type),
      () => this.orgId,
    ),
    invoke: answering((request: messages.InvokeRequest) => {
      if (!this.invoke) throw new Error(TOO_EARLY);
      return this.invoke(request);
    }),
    cancel: answering(() => {
      this.clock.cancel();
      return new Empty();
    }),
    /** The engine found this process running (`PULUMI_DEBUG_PROVIDERS`) and says where it listens itself. */
    attach: answering((request: PluginAttach) => {
      this.surroundings = { ...this.surroundings, args: [request.getAddress()] };
      this.log.connect(request.getAddress());
      return new Empty();
    }),
  };

  /** For when the engine ends this process: it has then received and stored all answers. */
  async endAllAnswered(): Promise<void> {
    await this.runtime?.endAllAnswered();
    await this.log.allReceived();
  }

  private configure(request: messages.ConfigureRequest): messages.ConfigureResponse {
    const { args, environment } = this.surroundings;
    const { values } = withoutMarks(valuesOf(request.getArgs()));
    // A process that is debugged outlives the run that was cancelled: each run configures it.
    this.clock = new CancellableClock(systemClock);
    const parsed = settingsOf(values, isExplicit(request.getUrn() ?? ""), environment);
    this.runtime = openRuntime(parsed, thisProcess(process.pid, args), this.log.print, this.clock);
    this.resources = nativeResources(this.runtime);
    this.orgId = parsed.settings.orgId;
    this.invoke = invokes(this.runtime, parsed.settings, this.clock);
    // For engines that send no handshake.
    return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }

  private resourceOf(type: string): NativeResource {
    if (!this.resources) throw new Error(TOO_EARLY);
    const found = this.resources.get(type);
    if (!found) throw new Error(`pulumi-cja has no resource ${type}; it has ${[...this.resources.keys()].join(", ")}`);
    return found;
  }
}

const TOO_EARLY = "The engine asked before it gave the provider's settings.";

function checkedConfig(request: messages.CheckRequest): messages.CheckResponse {
  const { inputs, failures } = checkConfig(valuesOf(request.getNews()));
  const answer = new messages.CheckResponse().setInputs(structOf(inputs));
  for (const reason of failures) answer.addFailures(new messages.CheckFailure().setProperty("").setReason(reason));
  return answer;
}

function configDiff(request: messages.DiffRequest): messages.DiffResponse {
  const olds = request.getOldInputs() ?? request.getOlds();
  const changed = changedSettings(valuesOf(olds), valuesOf(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return new messages.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
}
