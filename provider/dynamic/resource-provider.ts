import type * as pulumi from "@pulumi/pulumi";
import { isObject } from "../../definition/json/value";
import { sanitizeOutput } from "../../definition/sentences/sanitize-output";
import { countOf, mistakeLine, mistakeLines, type Mistake } from "../../model";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "../lifecycle";
import { isExpectedError, hostError, toUserError } from "../user-errors";
import { CheckedResources, parseProgramResource, type Path } from "../program-resource";
import { SECRETS_KEY, secretPaths, secretTexts, markSecrets } from "../secret-arguments";
import { throwIfSettingsInvalid } from "../settings-errors";

/** The text by which the engine finds this code again; it stands in every input and output. */
const PROVIDER_KEY = "__provider";
/** The resource's name, which the program adds to what is checked; it goes no further. */
const RESOURCE_KEY = "__resource";

const CONFIG_OF_LAST_UP = "For refresh and destroy the stack's config is that of the last pulumi up.";

/** What the door needs of the process behind it; asked for anew at each call, since `configure` is not awaited by the engine. */
export interface ProviderContext {
  /** What is wrong in the settings. */
  readonly mistakes: readonly Mistake[];
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Adds another one. */
  readonly keepSecret: (text: string) => void;
}

/**
 * The one door between Pulumi's dynamic provider host and a lifecycle: refuses to work with settings that are wrong, takes
 * the provider text out, strips what the host cannot carry, and gives every error a form that is worth reading.
 */
export function dynamicProvider(
  configure: (config: (key: string) => string | undefined) => void,
  context: () => ProviderContext,
  lifecycle: () => Lifecycle,
): pulumi.dynamic.ResourceProvider {
  const reported = new Set<string>();
  const checkedResources = new CheckedResources();
  const redact = (text: string) => withoutThrowing(() => context().redact(text), text);
  const keepSecret = (values: Values, secrets: readonly Path[]) =>
    secretTexts(values, secrets).forEach((text) => context().keepSecret(text));
  /** Where secrets were when the engine wrote this state: before a refresh or a destroy no program tells. */
  const restoreSecrets = (state: Values): readonly Path[] => {
    const secrets = secretPaths(state[SECRETS_KEY]);
    keepSecret(state, secrets);
    return secrets;
  };
  /** A state as the engine is to keep it. */
  const toEngineState = (state: Values, inputs: Values, secrets: readonly Path[]) =>
    toPlainJson(secrets.length === 0 ? state : markSecrets(state, inputs, secrets, (text) => redact(text) !== text));

  /**
   * Refresh and destroy never check, so each step looks at the settings: a wrong URL must not make a segment look gone.
   *
   * @param toState makes the state of what was started, but failed
   */
  const withErrorHandling = async <T>(
    action: (lifecycle: Lifecycle) => Promise<T>,
    toState: (state: Values) => Values = toPlainJson,
  ): Promise<T> => {
    try {
      throwIfSettingsInvalid(context().mistakes, CONFIG_OF_LAST_UP);
      return await action(lifecycle());
    } catch (error) {
      throw error instanceof StartedButFailedError
        ? toPartialFailure(error, redact, toState)
        : toUserError(error, redact, reported);
    }
  };
  return {
    async configure({ config }) {
      configure((key) => config.get(key));
    },
    check: async (olds: Values, news: Values) => {
      try {
        const resource = parseProgramResource(news[RESOURCE_KEY]);
        const secrets = secretPaths(isObject(news[RESOURCE_KEY]) && news[RESOURCE_KEY]["secrets"]);
        keepSecret(news, secrets);
        throwIfSettingsInvalid(context().mistakes);
        const { inputs, mistakes } = await lifecycle().check(
          withoutInternalKeys(olds),
          withoutInternalKeys(news),
          resource,
        );
        if (mistakes.length === 0) checkedResources.add(resource, inputs, secrets);
        // What is wrong may be nested without end, and goes no further.
        return {
          inputs: mistakes.length > 0 ? { ...inputs } : toPlainJson(inputs),
          failures: toCheckFailures(mistakes, redact),
        };
      } catch (error) {
        if (!isExpectedError(error)) throw toUserError(error, redact, reported);
        // The engine prints a failure once, with the resource, but an error that is thrown twice.
        const { [RESOURCE_KEY]: _, ...inputs } = news;
        return { inputs, failures: toCheckFailures([{ path: "", message: error.message }], redact) };
      }
    },
    diff: (id: string, olds: Values, news: Values) =>
      withErrorHandling(async (life) => {
        restoreSecrets(olds);
        return toDiffResult(
          await life.diff(
            id,
            withoutInternalKeys(olds),
            withoutInternalKeys(news),
            checkedResources.forInputs(withoutInternalKeys(news)),
          ),
        );
      }),
    create: (given: Values) => {
      const inputs = withoutInternalKeys(given);
      const toState = (state: Values) => toEngineState(state, inputs, checkedResources.secretPathsIn(inputs));
      return withErrorHandling(
        async (life) => {
          const { id, state } = await life.create(inputs, checkedResources.forCreate(inputs));
          return { id, outs: toState(state) };
        },
        (state) => ({ ...toState(state), [PROVIDER_KEY]: given[PROVIDER_KEY] }),
      );
    },
    read: (id: string, state: Values) =>
      withErrorHandling(async (life) => {
        const secrets = restoreSecrets(state);
        const found = await life.read(id, withoutInternalKeys(state));
        return found
          ? { id, props: toEngineState(found.state, found.inputs, secrets), inputs: toPlainJson(found.inputs) }
          : {};
      }),
    update: (id: string, olds: Values, news: Values) => {
      const inputs = withoutInternalKeys(news);
      const toState = (state: Values) => toEngineState(state, inputs, checkedResources.secretPathsIn(inputs));
      return withErrorHandling(
        async (life) => {
          restoreSecrets(olds);
          return {
            outs: toState(await life.update(id, withoutInternalKeys(olds), inputs, checkedResources.forInputs(inputs))),
          };
        },
        (state) => ({ ...toState(state), [PROVIDER_KEY]: news[PROVIDER_KEY] }),
      );
    },
    delete: (id: string, state: Values) =>
      withErrorHandling((life) => {
        restoreSecrets(state);
        return life.delete(id, withoutInternalKeys(state));
      }),
  };
}

const INTERNAL_KEYS: ReadonlySet<string> = new Set([PROVIDER_KEY, RESOURCE_KEY, SECRETS_KEY]);

function withoutInternalKeys(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !INTERNAL_KEYS.has(key)));
}

/** `undefined` anywhere makes the host fail with "Unexpected struct type", for `create` after the segment was made. JSON has none. */
const toPlainJson = (values: Values): Record<string, unknown> =>
  JSON.parse(JSON.stringify(values)) as Record<string, unknown>;

/**
 * All mistakes of a resource as one failure, since the engine begins each with the same words. With a property's name it
 * would print the whole value, a secret one in clear: the path stands in the reason instead.
 */
function toCheckFailures(
  mistakes: readonly Mistake[],
  redact: (text: string) => string,
): { property: string; reason: string }[] {
  const [first, ...rest] = mistakes;
  if (!first) return [];
  const lines = [`${countOf(mistakes.length, "mistake")} in the arguments`, ...mistakeLines(mistakes)];
  return [{ property: "", reason: sanitizeOutput(redact(rest.length === 0 ? mistakeLine(first) : lines.join("\n"))) }];
}

/**
 * An answer without `changes` lets the engine compute the difference that reviewers read; only what no argument asks for
 * needs `changes: true`.
 */
function toDiffResult(diff: Diff): pulumi.dynamic.DiffResult {
  switch (diff.kind) {
    case "same":
      return { changes: false };
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
function toPartialFailure(
  { id, state, reasons }: StartedButFailedError,
  redact: (text: string) => string,
  toState: (state: Values) => Values,
) {
  const properties = toState(state);
  const messages = reasons.map((reason) => sanitizeOutput(redact(reason)));
  return Object.assign(hostError(messages.join("\n"), "Started, but failed"), { id, properties, reasons: messages });
}

function withoutThrowing(redact: () => string, text: string): string {
  try {
    return redact();
  } catch (error) {
    return `${text} (and then: ${String(error)})`;
  }
}
