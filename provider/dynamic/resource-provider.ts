import type * as pulumi from "@pulumi/pulumi";
import { isObject } from "../../definition/json/value";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "../lifecycle";
import { pointing } from "../presentable";
import { CheckedResources, programResource, type Path } from "../program-resource";
import { own, plain, ResourceSteps, type Process } from "../resource-steps";
import { SECRETS_KEY, secretPaths, withRepeatedSecrets } from "../secret-arguments";

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
  process: () => Process,
  lifecycle: () => Lifecycle,
): pulumi.dynamic.ResourceProvider {
  const steps = new ResourceSteps(process, lifecycle);
  const checked = new CheckedResources();
  /** Where secrets were when the engine wrote this state: before a refresh or a destroy no program tells. */
  const secretsOf = (state: Values): readonly Path[] => {
    const secrets = secretPaths(state[SECRETS_KEY]);
    steps.keepSecrets(state, secrets);
    return secrets;
  };
  /** A state as the engine is to keep it. */
  const kept = (state: Values, inputs: Values, secrets: readonly Path[]) => {
    if (secrets.length === 0) return plain(state);
    const marked = withRepeatedSecrets(state, inputs, (text) => steps.redact(text) !== text);
    return plain({ ...marked, [SECRETS_KEY]: secrets });
  };
  return {
    async configure({ config }) {
      configure((key) => config.get(key));
    },
    check: async (olds: Values, news: Values) => {
      const { [RESOURCE_KEY]: said, ...others } = news;
      const resource = programResource(said);
      const secrets = secretPaths(isObject(said) && said["secrets"]);
      const { inputs, refusal } = await steps.check(own(olds), own(others), resource, secrets);
      // What is wrong may be nested without end, and goes no further.
      if (refusal !== undefined) return { inputs: { ...inputs }, failures: [{ property: "", reason: refusal }] };
      checked.add(resource, inputs, secrets);
      return { inputs: plain(inputs), failures: [] };
    },
    diff: async (id: string, olds: Values, news: Values) => {
      secretsOf(olds);
      return asResult(await steps.diff(id, own(olds), own(news), checked.of(own(news))), olds);
    },
    create: async (given: Values) => {
      const inputs = own(given);
      const keep = (state: Values) => kept(state, inputs, checked.secretsOf(inputs));
      const { id, state } = await steps.create(inputs, checked.toMake(inputs)).catch(failedOn(given, keep));
      return { id, outs: keep(state) };
    },
    read: async (id: string, state: Values) => {
      const secrets = secretsOf(state);
      const found = await steps.read(id, own(state));
      return found ? { id, props: kept(found.state, found.inputs, secrets), inputs: plain(found.inputs) } : {};
    },
    update: async (id: string, olds: Values, news: Values) => {
      secretsOf(olds);
      const inputs = own(news);
      const keep = (state: Values) => kept(state, inputs, checked.secretsOf(inputs));
      const updated = steps.update(id, own(olds), inputs, checked.of(inputs));
      return { outs: keep(await updated.catch(failedOn(news, keep))) };
    },
    delete: async (id: string, state: Values) => {
      secretsOf(state);
      await steps.delete(id, own(state));
    },
  };
}

/**
 * An answer without `changes` lets the engine compute the difference that reviewers read; only what no argument asks for
 * needs `changes: true`. What is the same keeps its outputs: those of the native plugin lack the text by which the host finds this code.
 */
function asResult(diff: Diff, olds: Values): pulumi.dynamic.DiffResult {
  switch (diff.kind) {
    case "same":
      return olds[PROVIDER_KEY] === undefined ? {} : { changes: false };
    case "update":
      return diff.unlisted === true ? { changes: true } : {};
    case "replace":
      return {
        replaces: [...diff.because],
        ...(diff.deleteFirst === true && { deleteBeforeReplace: true }),
        ...(diff.unlisted === true && { changes: true }),
      };
  }
}

/** The engine keeps what was started, and finds the code again by the provider's text. */
const failedOn =
  (given: Values, keep: (state: Values) => Values) =>
  (error: unknown): never => {
    if (!(error instanceof StartedButFailedError)) throw error;
    const { id, state, reasons } = error;
    const properties = { ...keep(state), [PROVIDER_KEY]: given[PROVIDER_KEY] };
    throw Object.assign(pointing(reasons.join("\n"), "Started, but failed"), { id, properties, reasons });
  };
