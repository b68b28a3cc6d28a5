import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import { pluralize, formatMistake, formatMistakes, type Mistake } from "../model";
import { StartedButFailedError, type Diff, type Lifecycle, type Values } from "./lifecycle";
import { isExpectedError, toUserError } from "./user-errors";
import type { Path, ProgramResource } from "./program-resource";
import { secretTexts } from "./secret-arguments";
import { throwIfSettingsInvalid } from "./settings-errors";
import { isUnknown } from "./unknown-values";

const CONFIG_OF_LAST_UP = "refresh and destroy use the stack's config of the last pulumi up.";

/** What the steps need of the process behind them; asked for anew at each call, since the engine may ask before it has configured it. */
export interface ProviderContext {
  /** What is wrong in the settings. */
  readonly mistakes: readonly Mistake[];
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Tells of another one. */
  readonly keepSecret: (text: string) => void;
}

/** What a check found: arguments as the state is to have them, or why there can be none. */
export interface Checked {
  readonly inputs: Values;
  /** All mistakes in one text; undefined where there are none. */
  readonly refusal: string | undefined;
}

/**
 * The steps of one kind of resource as the engine asks for them, whichever way it comes in: none works with settings that are wrong, and
 * every error has a form that is worth reading. What is thrown is a `StartedButFailedError`, or an error that can be shown as it is.
 */
export class ResourceSteps {
  private readonly reported = new Set<string>();

  constructor(
    private readonly context: () => ProviderContext,
    private readonly lifecycle: () => Lifecycle,
  ) {}

  /** Takes secrets out of a text. */
  redact(text: string): string {
    try {
      return this.context().redact(text);
    } catch (error) {
      // Without a runtime no secret is known, and that there is none is what the text says.
      return isExpectedError(error) ? text : `${text} (and then: ${String(error)})`;
    }
  }

  /** Keeps the texts at these places out of all messages. */
  keepSecrets(values: Values, secrets: readonly Path[]): void {
    for (const text of secretTexts(values, secrets)) if (!isUnknown(text)) this.context().keepSecret(text);
  }

  /**
   * @param secrets where the program has secrets in its arguments
   */
  async check(
    olds: Values,
    news: Values,
    resource: ProgramResource | undefined,
    secrets: readonly Path[],
  ): Promise<Checked> {
    try {
      this.keepSecrets(news, secrets);
      throwIfSettingsInvalid(this.context().mistakes);
      const { inputs, mistakes } = await this.lifecycle().check(olds, news, resource);
      return { inputs, refusal: this.refusal(mistakes) };
    } catch (error) {
      if (!isExpectedError(error)) throw toUserError(error, (text) => this.redact(text), this.reported);
      // What the engine is told this way it prints once, with the resource; what is thrown it prints twice.
      return { inputs: news, refusal: this.refusal([{ path: "", message: error.message }]) };
    }
  }

  diff(id: string, state: Values, news: Values, resource: ProgramResource | undefined): Promise<Diff> {
    return this.withErrorHandling((life) => life.diff(id, state, news, resource));
  }

  create(inputs: Values, resource: ProgramResource | undefined) {
    return this.withErrorHandling((life) => life.create(inputs, resource));
  }

  read(id: string, state: Values) {
    return this.withErrorHandling((life) => life.read(id, state));
  }

  update(id: string, state: Values, news: Values, resource: ProgramResource | undefined): Promise<Values> {
    return this.withErrorHandling((life) => life.update(id, state, news, resource));
  }

  delete(id: string, state: Values): Promise<void> {
    return this.withErrorHandling((life) => life.delete(id, state));
  }

  /** Refresh and destroy never check, so each step looks at the settings: a wrong URL must not make a segment look gone. */
  private async withErrorHandling<T>(action: (lifecycle: Lifecycle) => Promise<T>): Promise<T> {
    try {
      throwIfSettingsInvalid(this.context().mistakes, CONFIG_OF_LAST_UP);
      return await action(this.lifecycle());
    } catch (error) {
      if (!(error instanceof StartedButFailedError))
        throw toUserError(error, (text) => this.redact(text), this.reported);
      const reasons = error.reasons.map((reason) => sanitizeOutput(this.redact(reason)));
      throw new StartedButFailedError(error.id, error.state, reasons);
    }
  }

  /** All mistakes of a resource in one text, since the engine begins each failure with the same words. */
  private refusal(mistakes: readonly Mistake[]): string | undefined {
    const [first, ...rest] = mistakes;
    if (!first) return undefined;
    const several = [`${pluralize(mistakes.length, "mistake")} in the arguments`, ...formatMistakes(mistakes)];
    return sanitizeOutput(this.redact(rest.length === 0 ? formatMistake(first) : several.join("\n")));
  }
}

/** `undefined` anywhere in an answer fails with "Unexpected struct type", for a create after the segment was made. JSON has none. */
export const toPlainJson = (values: Values): Record<string, unknown> =>
  JSON.parse(JSON.stringify(values)) as Record<string, unknown>;

/** Without what Pulumi and the doors keep beside the values: no argument and no output of ours begins so. */
export const withoutInternalKeys = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith("__")));
