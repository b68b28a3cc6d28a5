import { hash } from "../../definition/hash";
import type { Mistake } from "../../model";
import type { Clock } from "../clock";
import {
  AuthenticationError,
  CjaError,
  CredentialsMissingError,
  InvalidRequestError,
  isFromGateway,
  PermissionError,
} from "../http/errors";
import { refusalText, VerdictCache, type Verdict, type VerdictStore } from "../verdict-cache";
import type { AudienceRule, ConversionClient } from "./conversion-client";

/**
 * Of so many expressions the service is asked in a process: it limits conversions, and does not say by how much (OpenAPI document, 429).
 * Each preview has them anew: who has corrected a mistake wants to know. So has each `up`, which is a process, too.
 */
const MAX_EXPRESSIONS = 20;

interface RuleInSandbox {
  readonly sandbox: string;
  readonly rule: AudienceRule;
}

/**
 * What the service thinks of expressions before they are written. It has no request for that alone, but it refuses to convert one that it
 * cannot read. Where it does not say, the write will.
 */
export class ExpressionValidation {
  private requestsLeft = MAX_EXPRESSIONS;
  private hasWarned = false;
  private readonly verdicts: VerdictCache<RuleInSandbox, Verdict | undefined>;

  constructor(
    private readonly client: ConversionClient,
    store: VerdictStore,
    clock: Clock,
    private readonly warn: (text: string) => void,
  ) {
    const keyOf = ({ sandbox, rule: { schemaName, expression } }: RuleInSandbox) =>
      hash(["audience", sandbox, schemaName, expression]);
    this.verdicts = new VerdictCache(keyOf, (subject) => this.ask(subject), store, clock);
  }

  /** @param rule without unknown values */
  async findMistake(sandbox: string, rule: AudienceRule): Promise<Mistake | undefined> {
    const verdict = await this.verdicts.getVerdict({ sandbox, rule });
    return verdict === undefined || verdict.valid
      ? undefined
      : { path: "expression", message: refusalText("expression", verdict) };
  }

  private async ask({ sandbox, rule }: RuleInSandbox): Promise<Verdict | undefined> {
    if (this.requestsLeft === 0) return undefined;
    this.requestsLeft -= 1;
    try {
      return await this.client.validate(sandbox, rule);
    } catch (error) {
      if (!(error instanceof CjaError) || preventsWrites(error)) throw error;
      if (!isOfThisRequest(error)) this.requestsLeft = 0;
      if (!this.hasWarned)
        this.warn(
          `Adobe could not validate all expressions of audiences; it does when they are written. ${error.message}`,
        );
      this.hasWarned = true;
      return undefined;
    }
  }
}

/** Wrong credentials, the wrong organisation, what cannot be sent at all: nothing can be written before that is corrected. */
const preventsWrites = (error: CjaError): boolean =>
  error instanceof AuthenticationError ||
  error instanceof CredentialsMissingError ||
  (error instanceof InvalidRequestError && (error.status === undefined || isFromGateway(error))) ||
  (error instanceof PermissionError && isFromGateway(error));

/** Other expressions may get another answer. Of faults, limits and permissions nobody need hear twice. */
const isOfThisRequest = (error: CjaError): boolean => error instanceof InvalidRequestError && error.status !== 405;
