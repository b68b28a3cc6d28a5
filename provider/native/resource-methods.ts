import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { isWithin } from "../../definition/mistake";
import { StartedButFailedError, type Diff, type Values } from "../lifecycle";
import { parseProgramResource, type Path } from "../program-resource";
import { withoutInternalKeys } from "../resource-steps";
import { markDigests, markRepeatedSecrets } from "../secret-arguments";
import { differences, type Difference } from "./detailed-diff";
import { answering, InitFailedError, structOf, valuesOf } from "./messages";
import type { NativeResource } from "./resources";
import { withMarks, withoutMarks } from "./secrets";

type Struct = Parameters<typeof valuesOf>[0];

/**
 * The methods that the engine calls for resources.
 *
 * @param resourceOf finds the kind of resource by its token. Throws if there is none.
 * @param orgId the setting `cja:orgId`
 */
export function resourceMethods(resourceOf: (type: string) => NativeResource, orgId: () => string | undefined) {
  const about = (request: { getType(): string; getUrn(): string }) => {
    // An older engine sends the type only in the URN.
    const { type, urn } = { type: request.getType(), urn: request.getUrn() };
    const token = type === "" ? urn.split("::")[2]?.split("$").at(-1) : type;
    return { kind: resourceOf(token ?? ""), resource: parseProgramResource({ urn }) };
  };
  return {
    check: answering(async (request: messages.CheckRequest) => {
      const { kind, resource } = about(request);
      const news = received(request.getNews());
      const olds = received(request.getOlds());
      const { inputs, refusal } = await kind.steps.check(olds.values, news.values, resource, news.secrets);
      const answer = new messages.CheckResponse();
      if (refusal === undefined) return answer.setInputs(structOf(withMarks(inputs, news.secrets)));
      // With a property's name the engine would print its whole value, a secret one in clear.
      answer.addFailures(new messages.CheckFailure().setProperty("").setReason(refusal));
      return answer;
    }),

    diff: answering(async (request: messages.DiffRequest) => {
      const { kind, resource } = about(request);
      const [state, news] = keeping(kind, request.getOlds(), request.getNews());
      const diff = await kind.steps.diff(request.getId(), state.values, news.values, resource);
      const changed = diff.kind === "same" ? [] : kind.planner.changed(state.values, news.values, diff);
      return diffResponse(diff, changed, differences(state.values, news.values, changed));
    }),

    create: answering(async (request: messages.CreateRequest) => {
      const { kind, resource } = about(request);
      const [inputs] = keeping(kind, request.getProperties());
      const answer = new messages.CreateResponse();
      if (request.getPreview())
        return answer.setProperties(
          structOf(plannedWithMarks(kind.planner.planned(inputs.values, undefined, orgId()), inputs.secrets)),
        );
      const kept = keptState(kind, inputs.values, inputs.secrets);
      const { id, state } = await kind.steps.create(inputs.values, resource).catch(failedWith(kept));
      return answer.setId(id).setProperties(structOf(kept(state)));
    }),

    read: answering(async (request: messages.ReadRequest) => {
      const { kind } = about(request);
      const [state, inputs] = keeping(kind, request.getProperties(), request.getInputs());
      const id = request.getId();
      const found = await kind.steps.read(id, state.values);
      const answer = new messages.ReadResponse();
      if (!found) return answer;
      const secrets = [...state.secrets, ...inputs.secrets];
      return answer
        .setId(id)
        .setProperties(structOf(keptState(kind, found.inputs, secrets)(found.state)))
        .setInputs(structOf(withMarks(found.inputs, secrets)));
    }),

    update: answering(async (request: messages.UpdateRequest) => {
      const { kind, resource } = about(request);
      const [state, news] = keeping(kind, request.getOlds(), request.getNews());
      const answer = new messages.UpdateResponse();
      if (request.getPreview())
        return answer.setProperties(
          structOf(plannedWithMarks(kind.planner.planned(news.values, state.values, orgId()), news.secrets)),
        );
      const kept = keptState(kind, news.values, news.secrets);
      const updated = await kind.steps
        .update(request.getId(), state.values, news.values, resource)
        .catch(failedWith(kept));
      return answer.setProperties(structOf(kept(updated)));
    }),

    delete: answering(async (request: messages.DeleteRequest) => {
      const { kind } = about(request);
      const [state] = keeping(kind, request.getProperties());
      await kind.steps.delete(request.getId(), state.values);
      return new Empty();
    }),
  };
}

/** The values without marks of secrets, and without the keys that dynamic resources or an engine keep beside them. */
function received(struct: Struct) {
  const { values, secrets } = withoutMarks(valuesOf(struct));
  return { values: withoutInternalKeys(values), secrets };
}

type Received = ReturnType<typeof received>;

/** The same. From now on no message shows their secrets. */
function keeping(kind: NativeResource, first: Struct, second?: Struct): [Received, Received] {
  const both: [Received, Received] = [received(first), received(second)];
  for (const { values, secrets } of both) kind.steps.keepSecrets(values, secrets);
  return both;
}

/** A state as the engine should store it: secret where the argument is secret, and wherever a value repeats a secret. */
const keptState = (kind: NativeResource, inputs: Values, secrets: readonly Path[]) => (state: Values) => {
  if (secrets.length === 0) return state;
  const repeated = markRepeatedSecrets(state, inputs, (text) => kind.steps.redact(text) !== text);
  return markDigests(withMarks(repeated, secrets), secrets);
};

const plannedWithMarks = (planned: Values, secrets: readonly Path[]): Values =>
  markDigests(withMarks(planned, secrets), secrets);

const failedWith =
  (kept: (state: Values) => Values) =>
  (error: unknown): never => {
    if (!(error instanceof StartedButFailedError)) throw error;
    throw new InitFailedError(error.id, kept(error.state), error.reasons);
  };

function diffResponse(diff: Diff, changed: readonly string[], found: readonly Difference[]): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const answer = new messages.DiffResponse().setChanges(diff.kind === "same" ? DIFF_NONE : DIFF_SOME);
  if (diff.kind === "same") return answer;
  const because = diff.kind === "replace" ? diff.replaces : [];
  answer
    .setDiffsList([...changed])
    .setReplacesList([...because])
    .setDeletebeforereplace(diff.kind === "replace" && diff.deleteBeforeReplace === true)
    .setHasdetaileddiff(true);
  for (const { path, kind } of found) {
    const replaces = because.some((key) => isWithin(path, key));
    answer.getDetaileddiffMap().set(path, new messages.PropertyDiff().setKind(KINDS[kind][replaces ? 1 : 0]));
  }
  return answer;
}

const { Kind } = messages.PropertyDiff;
const KINDS = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;
