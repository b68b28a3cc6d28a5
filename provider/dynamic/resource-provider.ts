import type * as pulumi from "@pulumi/pulumi";
import { isObject } from "../../definition/json/value";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "../lifecycle";
import { hostError } from "../user-errors";
import { CheckedResources, parseProgramResource, type Path } from "../program-resource";
import { ResourceSteps, toPlainJson, withoutInternalKeys, type ProviderContext } from "../resource-steps";
import { SECRETS_KEY, secretPaths, markDigests, markRepeatedSecrets } from "../secret-arguments";

/** The text by which the engine finds this code again; it stands in every input and output. */
const PROVIDER_KEY = "__provider";
/** The resource's name, which the program adds to what is checked; it goes no further. */
const RESOURCE_KEY = "__resource";

/**
 * The door between Pulumi's dynamic provider host and a lifecycle: takes the provider text out, strips what the host cannot carry, and
 * finds out what the host does not tell: which resource a step is about, and where its secrets are.
 */
export function dynamicProvider(
  configure: (config: (key: string) => string | undefined) => void,
  context: () => ProviderContext,
  lifecycle: () => Lifecycle,
): pulumi.dynamic.ResourceProvider {
  const steps = new ResourceSteps(context, lifecycle);
  const checkedResources = new CheckedResources();
  /** Where secrets were when the engine wrote this state: before a refresh or a destroy no program tells. */
  const restoreSecrets = (state: Values): readonly Path[] => {
    const secrets = secretPaths(state[SECRETS_KEY]);
    steps.keepSecrets(state, secrets);
    return secrets;
  };
  /** A state as the engine is to keep it. */
  const toEngineState = (state: Values, inputs: Values, secrets: readonly Path[]) => {
    if (secrets.length === 0) return toPlainJson(state);
    const marked = markRepeatedSecrets(state, inputs, (text) => steps.redact(text) !== text);
    return toPlainJson({ ...markDigests(marked, secrets), [SECRETS_KEY]: secrets });
  };
  return {
    async configure({ config }) {
      configure((key) => config.get(key));
    },
    check: async (olds: Values, news: Values) => {
      const { [RESOURCE_KEY]: info, ...others } = news;
      const resource = parseProgramResource(info);
      const secrets = secretPaths(isObject(info) && info["secrets"]);
      const { inputs, refusal } = await steps.check(
        withoutInternalKeys(olds),
        withoutInternalKeys(others),
        resource,
        secrets,
      );
      // What is wrong may be nested without end, and goes no further.
      if (refusal !== undefined) return { inputs: { ...inputs }, failures: [{ property: "", reason: refusal }] };
      checkedResources.add(resource, inputs, secrets);
      return { inputs: toPlainJson(inputs), failures: [] };
    },
    diff: async (id: string, olds: Values, news: Values) => {
      restoreSecrets(olds);
      return toDiffResult(
        await steps.diff(
          id,
          withoutInternalKeys(olds),
          withoutInternalKeys(news),
          checkedResources.forInputs(withoutInternalKeys(news)),
        ),
        olds,
      );
    },
    create: async (given: Values) => {
      const inputs = withoutInternalKeys(given);
      const toState = (state: Values) => toEngineState(state, inputs, checkedResources.secretPathsIn(inputs));
      const { id, state } = await steps
        .create(inputs, checkedResources.forCreate(inputs))
        .catch(toPartialFailure(given, toState));
      return { id, outs: toState(state) };
    },
    read: async (id: string, state: Values) => {
      const secrets = restoreSecrets(state);
      const found = await steps.read(id, withoutInternalKeys(state));
      return found
        ? { id, props: toEngineState(found.state, found.inputs, secrets), inputs: toPlainJson(found.inputs) }
        : {};
    },
    update: async (id: string, olds: Values, news: Values) => {
      restoreSecrets(olds);
      const inputs = withoutInternalKeys(news);
      const toState = (state: Values) => toEngineState(state, inputs, checkedResources.secretPathsIn(inputs));
      const updated = steps.update(id, withoutInternalKeys(olds), inputs, checkedResources.forInputs(inputs));
      return { outs: toState(await updated.catch(toPartialFailure(news, toState))) };
    },
    delete: async (id: string, state: Values) => {
      restoreSecrets(state);
      await steps.delete(id, withoutInternalKeys(state));
    },
  };
}

/**
 * An answer without `changes` lets the engine compute the difference that reviewers read; only what no argument asks for
 * needs `changes: true`. What is the same keeps its outputs: those of the native plugin lack the text by which the host finds this code.
 */
function toDiffResult(diff: Diff, olds: Values): pulumi.dynamic.DiffResult {
  switch (diff.kind) {
    case "same":
      return olds[PROVIDER_KEY] === undefined ? {} : { changes: false };
    case "update":
      return diff.withoutInputChange === true ? { changes: true } : {};
    case "replace":
      return {
        replaces: [...diff.replaces],
        ...(diff.deleteBeforeReplace === true && { deleteBeforeReplace: true }),
        ...(diff.withoutInputChange === true && { changes: true }),
      };
  }
}

/** The engine keeps what was started, and finds the code again by the provider's text. */
const toPartialFailure =
  (given: Values, toState: (state: Values) => Values) =>
  (error: unknown): never => {
    if (!(error instanceof StartedButFailedError)) throw error;
    const { id, state, reasons } = error;
    const properties = { ...toState(state), [PROVIDER_KEY]: given[PROVIDER_KEY] };
    throw Object.assign(hostError(reasons.join("\n"), "Started, but failed"), { id, properties, reasons });
  };
