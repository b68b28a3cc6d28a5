/** The calls that the engine makes for one resource, with plain values on both sides. */
import type { ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { providerError, type Properties } from "./provider-error";

export type { Properties } from "./provider-error";

/** What the engine may ask of a resource. `__provider` is added to what is sent, and stands in what comes back. */
export interface ResourceCalls {
  /** `olds`: the inputs of the last deployment, if there is one. */
  check(of: { news: Properties; olds?: Properties }): Promise<Checked>;
  /** `olds`: the outputs in state. `news`: what `check` answered. */
  diff(of: { id: string; olds: Properties; news: Properties }): Promise<Difference>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** `id` and `props` are empty when the resource is gone. */
  read(id: string, props: Properties): Promise<{ id: string; props: Properties; inputs: Properties }>;
  update(of: { id: string; olds: Properties; news: Properties }): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { property: string; reason: string }[];
}

export interface Difference {
  /** `unknown`: the engine compares by itself, to show what differs. */
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** @param provider the text that stands for the code in every input and output */
export function resourceCalls(client: ResourceProviderClient, provider: string): ResourceCalls {
  const struct = (values: Properties) => structOf({ ...values, __provider: provider });
  return {
    async check({ news, olds }) {
      const request = new messages.CheckRequest().setNews(struct(news)).setOlds(olds ? struct(olds) : new Struct());
      const answer = await answerOf<messages.CheckResponse>((done) => client.check(request, done));
      return { inputs: valuesOf(answer.getInputs()), failures: answer.toObject().failuresList };
    },
    async diff({ id, olds, news }) {
      const request = new messages.DiffRequest().setId(id).setOlds(struct(olds)).setNews(struct(news));
      const answer = await answerOf<messages.DiffResponse>((done) => client.diff(request, done));
      return {
        changes: CHANGES[answer.getChanges()],
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
      };
    },
    async create(inputs) {
      const request = new messages.CreateRequest().setProperties(struct(inputs));
      const answer = await answerOf<messages.CreateResponse>((done) => client.create(request, done));
      return { id: answer.getId(), outs: valuesOf(answer.getProperties()) };
    },
    async read(id, props) {
      const request = new messages.ReadRequest().setId(id).setProperties(struct(props));
      const answer = await answerOf<messages.ReadResponse>((done) => client.read(request, done));
      if (answer.getId() === "") return { id: "", props: {}, inputs: {} };
      return { id: answer.getId(), props: valuesOf(answer.getProperties()), inputs: valuesOf(answer.getInputs()) };
    },
    async update({ id, olds, news }) {
      const request = new messages.UpdateRequest().setId(id).setOlds(struct(olds)).setNews(struct(news));
      const answer = await answerOf<messages.UpdateResponse>((done) => client.update(request, done));
      return { outs: valuesOf(answer.getProperties()) };
    },
    async delete(id, props) {
      const request = new messages.DeleteRequest().setId(id).setProperties(struct(props));
      await answerOf((done) => client.delete(request, done));
    },
  };
}

const CHANGES = {
  [messages.DiffResponse.DiffChanges.DIFF_NONE]: "none",
  [messages.DiffResponse.DiffChanges.DIFF_SOME]: "some",
  [messages.DiffResponse.DiffChanges.DIFF_UNKNOWN]: "unknown",
} as const;

/** The engine leaves out what is undefined; the messages cannot carry it. */
export function structOf(values: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, JavaScriptValue>);
}

export const valuesOf = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};

/** One call as a promise. */
export function answerOf<Answer>(
  call: (done: (error: ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) =>
    call((error, answer) => (error ? reject(providerError(error)) : resolve(answer))),
  );
}
