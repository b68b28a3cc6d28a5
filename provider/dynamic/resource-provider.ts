import type * as pulumi from "@pulumi/pulumi";
import { isObject } from "../../definition/json/value";
import { inert } from "../../definition/sentences/sanitize-output";
import { countOf, mistakeLine, mistakeLines, type Mistake } from "../../model";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "../lifecycle";
import { isExpected, pointing, presentable } from "../user-errors";
import { CheckedResources, programResource, type Path } from "../program-resource";
import { SECRETS_KEY, secretPaths, secretTexts, withSecrets } from "../secret-arguments";
import { refuseWrongSettings } from "../settings-errors";

/** The text by which the engine finds this code again; it stands in every input and output. */
const PROVIDER_KEY = "__provider";
/** The resource's name, which the program adds to what is checked; it goes no further. */
const RESOURCE_KEY = "__resource";

const CONFIG_OF_LAST_UP = "For refresh and destroy the stack's config is that of the last pulumi up.";

/** What the door needs of the process behind it; asked for anew at each call, since `configure` is not awaited by the engine. */
export interface Process {
  /** What is wrong in the settings. */
  readonly mistakes: readonly Mistake[];
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Tells of another one. */
  readonly keepSecret: (text: string) => void;
}

/**
 * The one door between Pulumi's dynamic provider host and a lifecycle: refuses to work with settings that are wrong, takes
 * the provider text out, strips what the host cannot carry, and gives every error a form that is worth reading.
 */
export function dynamicProvider(
  configure: (config: (key: string) => string | undefined) => void,
  process: () => Process,
  lifecycle: () => Lifecycle,
): pulumi.dynamic.ResourceProvider {
  const told = new Set<string>();
  const checked = new CheckedResources();
  const redact = (text: string) => withoutThrowing(() => process().redact(text), text);
  const keepSecret = (values: Values, secrets: readonly Path[]) =>
    secretTexts(values, secrets).forEach((text) => process().keepSecret(text));
  /** Where secrets were when the engine wrote this state: before a refresh or a destroy no program tells. */
  const secretsOf = (state: Values): readonly Path[] => {
    const secrets = secretPaths(state[SECRETS_KEY]);
    keepSecret(state, secrets);
    return secrets;
  };
  /** A state as the engine is to keep it. */
  const kept = (state: Values, inputs: Values, secrets: readonly Path[]) =>
    plain(secrets.length === 0 ? state : withSecrets(state, inputs, secrets, (text) => redact(text) !== text));

  /**
   * Refresh and destroy never check, so each step looks at the settings: a wrong URL must not make a segment look gone.
   *
   * @param keep makes the state of what was started, but failed
   */
  const guarded = async <T>(
    work: (lifecycle: Lifecycle) => Promise<T>,
    keep: (state: Values) => Values = plain,
  ): Promise<T> => {
    try {
      refuseWrongSettings(process().mistakes, CONFIG_OF_LAST_UP);
      return await work(lifecycle());
    } catch (error) {
      throw error instanceof StartedButFailedError
        ? startedButFailed(error, redact, keep)
        : presentable(error, redact, told);
    }
  };
  return {
    async configure({ config }) {
      configure((key) => config.get(key));
    },
    check: async (olds: Values, news: Values) => {
      try {
        const said = programResource(news[RESOURCE_KEY]);
        const secrets = secretPaths(isObject(news[RESOURCE_KEY]) && news[RESOURCE_KEY]["secrets"]);
        keepSecret(news, secrets);
        refuseWrongSettings(process().mistakes);
        const { inputs, mistakes } = await lifecycle().check(own(olds), own(news), said);
        if (mistakes.length === 0) checked.add(said, inputs, secrets);
        // What is wrong may be nested without end, and goes no further.
        return { inputs: mistakes.length > 0 ? { ...inputs } : plain(inputs), failures: failures(mistakes, redact) };
      } catch (error) {
        if (!isExpected(error)) throw presentable(error, redact, told);
        // What the engine is told this way it prints once, with the resource; what is thrown it prints twice.
        const { [RESOURCE_KEY]: _, ...inputs } = news;
        return { inputs, failures: failures([{ path: "", message: error.message }], redact) };
      }
    },
    diff: (id: string, olds: Values, news: Values) =>
      guarded(async (life) => {
        secretsOf(olds);
        return asResult(await life.diff(id, own(olds), own(news), checked.of(own(news))));
      }),
    create: (given: Values) => {
      const inputs = own(given);
      const keep = (state: Values) => kept(state, inputs, checked.secretsOf(inputs));
      return guarded(
        async (life) => {
          const { id, state } = await life.create(inputs, checked.toMake(inputs));
          return { id, outs: keep(state) };
        },
        (state) => ({ ...keep(state), [PROVIDER_KEY]: given[PROVIDER_KEY] }),
      );
    },
    read: (id: string, state: Values) =>
      guarded(async (life) => {
        const secrets = secretsOf(state);
        const found = await life.read(id, own(state));
        return found ? { id, props: kept(found.state, found.inputs, secrets), inputs: plain(found.inputs) } : {};
      }),
    update: (id: string, olds: Values, news: Values) => {
      const inputs = own(news);
      const keep = (state: Values) => kept(state, inputs, checked.secretsOf(inputs));
      return guarded(
        async (life) => {
          secretsOf(olds);
          return { outs: keep(await life.update(id, own(olds), inputs, checked.of(inputs))) };
        },
        (state) => ({ ...keep(state), [PROVIDER_KEY]: news[PROVIDER_KEY] }),
      );
    },
    delete: (id: string, state: Values) =>
      guarded((life) => {
        secretsOf(state);
        return life.delete(id, own(state));
      }),
  };
}

const NOT_OURS: ReadonlySet<string> = new Set([PROVIDER_KEY, RESOURCE_KEY, SECRETS_KEY]);

function own(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !NOT_OURS.has(key)));
}

/** `undefined` anywhere makes the host fail with "Unexpected struct type", for `create` after the segment was made. JSON has none. */
const plain = (values: Values): Record<string, unknown> =>
  JSON.parse(JSON.stringify(values)) as Record<string, unknown>;

/**
 * All mistakes of a resource as one failure, since the engine begins each with the same words. With a property's name it
 * would print the whole value, a secret one in clear: the path stands in the reason instead.
 */
function failures(
  mistakes: readonly Mistake[],
  redact: (text: string) => string,
): { property: string; reason: string }[] {
  const [first, ...rest] = mistakes;
  if (!first) return [];
  const several = [`${countOf(mistakes.length, "mistake")} in the arguments`, ...mistakeLines(mistakes)];
  return [{ property: "", reason: inert(redact(rest.length === 0 ? mistakeLine(first) : several.join("\n"))) }];
}

/**
 * An answer without `changes` lets the engine compute the difference that reviewers read; only what no argument asks for
 * needs `changes: true`.
 */
function asResult(diff: Diff): pulumi.dynamic.DiffResult {
  switch (diff.kind) {
    case "same":
      return { changes: false };
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
function startedButFailed(
  { id, state, reasons }: StartedButFailedError,
  redact: (text: string) => string,
  keep: (state: Values) => Values,
) {
  const properties = keep(state);
  const told = reasons.map((reason) => inert(redact(reason)));
  return Object.assign(pointing(told.join("\n"), "Started, but failed"), { id, properties, reasons: told });
}

function withoutThrowing(redacted: () => string, text: string): string {
  try {
    return redacted();
  } catch (error) {
    return `${text} (and then: ${String(error)})`;
  }
}
