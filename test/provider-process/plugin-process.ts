/**
 * The plugin as the engine starts it, without the engine: the executable in plugin/ on the compiled package, spoken to over the engine's own
 * protocol. Values are plain; secrets in them have the engine's form.
 */
import { dirname, join } from "node:path";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type ProviderProcessOptions, type ServingProcess, startServing } from "./provider-process";
import { answerOf, type Properties, structOf, valuesOf } from "./resource-calls";

/** The folder that the engine starts it from: of this checkout, also for what is compiled elsewhere. */
export const PLUGIN_FOLDER = join(dirname(require.resolve("pulumi-cja/package.json")), "plugin");

export interface PluginProcessOptions extends ProviderProcessOptions {
  /** The name of the provider that a program made. Default: that of the stack's config. */
  readonly provider?: string;
}

export interface PluginProcess extends ServingProcess {
  /** A resource of a program: `cja:index:Segment`, and its name. */
  resource(type: string, name: string): PluginResource;
  schema(): Promise<Properties>;
  checkConfig(news: Properties): Promise<{ inputs: Properties; failures: readonly string[] }>;
  diffConfig(olds: Properties, news: Properties): Promise<{ changes: boolean; diffs: string[]; replaces: string[] }>;
  invoke(token: string, args: Properties): Promise<{ answer: Properties; failures: readonly string[] }>;
  /** The engine ends the run. */
  cancel(): Promise<void>;
  /** Another run begins in a process that is debugged. */
  configure(): Promise<void>;
}

export interface Planned {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly diffs: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Kind by path. */
  readonly detailedDiff: Readonly<Record<string, string>>;
}

/** What the engine asks of one resource. */
export interface PluginResource {
  check(news: Properties, olds?: Properties): Promise<{ inputs: Properties; failures: readonly string[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<Planned>;
  create(inputs: Properties, preview?: boolean): Promise<{ id: string; outs: Properties }>;
  read(
    id: string,
    state?: Properties,
    inputs?: Properties,
  ): Promise<{ id: string; props: Properties; inputs: Properties }>;
  update(id: string, olds: Properties, news: Properties, preview?: boolean): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

export async function startPluginProcess(options: PluginProcessOptions): Promise<PluginProcess> {
  const { provider = "default", config = {} } = options;
  const urn = `urn:pulumi:dev::provider-process::pulumi:providers:cja::${provider}`;
  const configure = async (client: ResourceProviderClient) => {
    const request = new messages.ConfigureRequest().setUrn(urn).setName(provider).setArgs(structOf(config));
    await answerOf((done) => client.configure(request, done));
  };
  const serving = await startServing(join(PLUGIN_FOLDER, "pulumi-resource-cja"), options, async (client) => {
    await answerOf((done) => client.handshake(new messages.ProviderHandshakeRequest(), done));
    await configure(client);
  });
  const { client } = serving;
  return {
    ...serving,
    configure: () => configure(client),
    resource: (type, name) => pluginResource(client, type, name),
    async schema() {
      const answer = await answerOf<messages.GetSchemaResponse>((done) =>
        client.getSchema(new messages.GetSchemaRequest(), done),
      );
      return JSON.parse(answer.getSchema()) as Properties;
    },
    async checkConfig(news) {
      const request = new messages.CheckRequest().setUrn(urn).setNews(structOf(news));
      return checked(await answerOf<messages.CheckResponse>((done) => client.checkConfig(request, done)));
    },
    async diffConfig(olds, news) {
      const request = new messages.DiffRequest().setUrn(urn).setOldInputs(structOf(olds)).setNews(structOf(news));
      const answer = await answerOf<messages.DiffResponse>((done) => client.diffConfig(request, done));
      return {
        changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        diffs: answer.getDiffsList(),
        replaces: answer.getReplacesList(),
      };
    },
    async invoke(token, args) {
      const request = new messages.InvokeRequest().setTok(token).setArgs(structOf(args));
      const answer = await answerOf<messages.InvokeResponse>((done) => client.invoke(request, done));
      return { answer: valuesOf(answer.getReturn()), failures: answer.getFailuresList().map((one) => one.getReason()) };
    },
    async cancel() {
      await answerOf((done) => client.cancel(new Empty(), done));
    },
  };
}

function pluginResource(client: ResourceProviderClient, type: string, name: string): PluginResource {
  const urn = `urn:pulumi:dev::provider-process::${type}::${name}`;
  return {
    async check(news, olds = {}) {
      const request = new messages.CheckRequest().setUrn(urn).setType(type).setNews(structOf(news));
      request.setOlds(structOf(olds));
      return checked(await answerOf<messages.CheckResponse>((done) => client.check(request, done)));
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest().setId(id).setUrn(urn).setType(type).setOlds(structOf(olds));
      request.setNews(structOf(news));
      const answer = await answerOf<messages.DiffResponse>((done) => client.diff(request, done));
      const detailedDiff: Record<string, string> = {};
      answer.getDetaileddiffMap().forEach((diff, path) => (detailedDiff[path] = KINDS[diff.getKind()]));
      return {
        changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: answer.getReplacesList(),
        diffs: answer.getDiffsList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
        detailedDiff,
      };
    },
    async create(inputs, preview = false) {
      const request = new messages.CreateRequest().setUrn(urn).setType(type).setPreview(preview);
      request.setProperties(structOf(inputs));
      const answer = await answerOf<messages.CreateResponse>((done) => client.create(request, done));
      return { id: answer.getId(), outs: valuesOf(answer.getProperties()) };
    },
    async read(id, state = {}, inputs = {}) {
      const request = new messages.ReadRequest().setId(id).setUrn(urn).setType(type);
      request.setProperties(structOf(state)).setInputs(structOf(inputs));
      const answer = await answerOf<messages.ReadResponse>((done) => client.read(request, done));
      return { id: answer.getId(), props: valuesOf(answer.getProperties()), inputs: valuesOf(answer.getInputs()) };
    },
    async update(id, olds, news, preview = false) {
      const request = new messages.UpdateRequest().setId(id).setUrn(urn).setType(type).setPreview(preview);
      request.setOlds(structOf(olds)).setNews(structOf(news));
      const answer = await answerOf<messages.UpdateResponse>((done) => client.update(request, done));
      return { outs: valuesOf(answer.getProperties()) };
    },
    async delete(id, state) {
      const request = new messages.DeleteRequest().setId(id).setUrn(urn).setType(type).setProperties(structOf(state));
      await answerOf((done) => client.delete(request, done));
    },
  };
}

const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"] as const;

const checked = (answer: messages.CheckResponse) => ({
  inputs: valuesOf(answer.getInputs()),
  failures: answer.getFailuresList().map((failure) => failure.getReason()),
});
