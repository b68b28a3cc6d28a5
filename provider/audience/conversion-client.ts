import type { AudienceContent } from "../../model/audience-field-lists";
import { asObject } from "../http/answer-fields";
import { sandboxHeader } from "../http/bulk-get";
import { isPage } from "../http/error-body";
import { InvalidRequestError, isFromGateway } from "../http/errors";
import type { ApiRequest, Transport } from "../http/transport";
import { unexpectedAnswerError } from "../http/unexpected-answer";
import type { Verdict } from "../verdict-cache";
import { creationBody } from "./requests";

/**
 * The write tells as well whether an expression is valid, and "a few minutes" of 429 (OpenAPI document, conversion) are too long for a
 * preview, which holds back all its other requests meanwhile.
 */
const PATIENCE_MS = 15_000;

/** What says which people an audience consists of. */
export type AudienceRule = Pick<AudienceContent, "name" | "schemaName" | "expression">;

/**
 * Has expressions converted into their other format, which the service refuses to do with one that it cannot read. Nothing is written.
 * https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions, "Convert segment definition"
 */
export class ConversionClient {
  constructor(private readonly transport: Transport) {}

  /** @throws CjaError where the answer says nothing of the expression. */
  async validate(sandbox: string, rule: AudienceRule): Promise<Verdict> {
    try {
      await this.convert(`validate the expression of audience ${JSON.stringify(rule.name)}`, sandbox, rule);
      return { valid: true, errors: [] };
    } catch (error) {
      const refusal = reasonOfRefusal(error);
      if (refusal === undefined) throw error;
      return { valid: false, errors: [refusal] };
    }
  }

  /**
   * An expression of the form pql/json as text, as the service writes it: only that has estimates.
   *
   * @throws InvalidRequestError where the service cannot read it
   */
  async toText(sandbox: string, rule: AudienceRule): Promise<string> {
    const { request, answer, expression } = await this.convert(
      "convert the expression of an audience into text",
      sandbox,
      rule,
    );
    const { format = "pql/text", value } = asObject(expression) ?? {};
    if (typeof value !== "string" || format !== "pql/text")
      throw unexpectedAnswerError(request, answer, 'an object with an "expression" as text');
    return value;
  }

  private async convert(operation: string, sandbox: string, rule: AudienceRule) {
    const request: ApiRequest = {
      operation,
      method: "POST",
      path: "/segment/conversion",
      headers: sandboxHeader(sandbox),
      body: creationBody("definitions", rule),
      repeatable: true,
      patienceMs: PATIENCE_MS,
    };
    const answer = await this.transport.send(request);
    const expression = asObject(answer.data)?.["expression"];
    if (expression === undefined) throw unexpectedAnswerError(request, answer, 'an object with an "expression"');
    return { request, answer, expression };
  }
}

/**
 * Why the service cannot read an expression: its own words, with the one status that is documented for that. Neither the gateway nor a
 * proxy has read it, and other statuses speak of its limits, or of the name, which conversions have, too.
 */
const reasonOfRefusal = (error: unknown): string | undefined =>
  error instanceof InvalidRequestError &&
  error.status === 400 &&
  error.serviceMessage !== undefined &&
  !isPage(error) &&
  !isFromGateway(error)
    ? error.serviceMessage
    : undefined;
