import type * as pulumi from "@pulumi/pulumi";
import { inert } from "../definition/sentences/inert";
import { countOf, mistakeLine, mistakeLines, type Mistake } from "../inputs";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "./lifecycle";
import { isExpected, pointing, presentable } from "./presentable";
import { CheckedResources, programResource } from "./program-resource";
import { refuseWrongSettings } from "./wrong-settings";

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
  const shown = (thrown: unknown, provider: unknown) =>
    thrown instanceof StartedButFailedError
      ? startedButFailed(thrown, redact, provider)
      : presentable(thrown, redact, told);

  /** Refresh and destroy never check, so each step looks at the settings: a wrong URL must not make a segment look gone. */
  const guarded = async <T>(work: (lifecycle: Lifecycle) => Promise<T>, provider?: unknown): Promise<T> => {
    try {
      refuseWrongSettings(process().mistakes, CONFIG_OF_LAST_UP);
      return await work(lifecycle());
    } catch (error) {
      throw shown(error, provider);
    }
  };
  return {
    async configure({ config }) {
      configure((key) => config.get(key));
    },
    check: async (olds: Values, news: Values) => {
      try {
        refuseWrongSettings(process().mistakes);
        const resource = programResource(news[RESOURCE_KEY]);
        const { inputs, mistakes } = await lifecycle().check(own(olds), own(news), resource);
        if (mistakes.length === 0) checked.add(resource, inputs);
        // What is wrong may be nested without end, and goes no further.
        return { inputs: mistakes.length > 0 ? { ...inputs } : plain(inputs), failures: failures(mistakes, redact) };
      } catch (error) {
        if (!isExpected(error)) throw shown(error, undefined);
        // What the engine is told this way it prints once, with the resource; what is thrown it prints twice.
        const { [RESOURCE_KEY]: _, ...inputs } = news;
        return { inputs, failures: failures([{ path: "", message: error.message }], redact) };
      }
    },
    diff: (id: string, olds: Values, news: Values) =>
      guarded(async (life) => asResult(await life.diff(id, own(olds), own(news), checked.of(own(news))))),
    create: (inputs: Values) =>
      guarded(async (life) => {
        const { id, state } = await life.create(own(inputs), checked.toMake(own(inputs)));
        return { id, outs: plain(state) };
      }, inputs[PROVIDER_KEY]),
    read: (id: string, state: Values) =>
      guarded(async (life) => {
        const found = await life.read(id, own(state));
        return found ? { id, props: plain(found.state), inputs: plain(found.inputs) } : {};
      }),
    update: (id: string, olds: Values, news: Values) =>
      guarded(
        async (life) => ({ outs: plain(await life.update(id, own(olds), own(news), checked.of(own(news)))) }),
        news[PROVIDER_KEY],
      ),
    delete: (id: string, state: Values) => guarded((life) => life.delete(id, own(state))),
  };
}

function own(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== PROVIDER_KEY && key !== RESOURCE_KEY));
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
  provider: unknown,
) {
  const properties = { ...plain(state), [PROVIDER_KEY]: provider };
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
