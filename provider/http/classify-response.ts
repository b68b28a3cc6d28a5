import { readJson, TooDeepError } from "../../definition/json";
import { isServiceNotFound, parseErrorBody } from "./error-body";
import {
  type CjaError,
  type Failure,
  NetworkError,
  OutcomeUnknownError,
  RateLimitedError,
  type RequestName,
  ServiceError,
  UnexpectedAnswerError,
} from "./errors";
import type { ExchangeResult, Fault } from "./exchange";
import { toRefusalError } from "./refusal-error";
import type { Redactor } from "./redact";
import type { ApiRequest, ApiResponse } from "./request";
import { isRetried, parseRetryAfter } from "./retry";
import { formatDuration } from "../format-duration";

/** What to make of one try. */
export type ResponseOutcome =
  | { readonly kind: "answer"; readonly response: ApiResponse }
  /** Try again, if there is time; else the error. */
  | {
      readonly kind: "again";
      readonly reason: "throttled" | "unavailable" | "unreachable" | "unreadable";
      readonly status?: number;
      readonly retryAfter?: number | undefined;
      readonly error: CjaError;
    }
  /** 401: one more try with another token, else the error. */
  | { readonly kind: "token-refused"; readonly error: CjaError }
  | { readonly kind: "failed"; readonly error: CjaError };

/** What the judge has to know beside the request. */
export interface ClassificationContext {
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  readonly now: number;
  /** When the request was sent. */
  readonly sentAt: number;
  /** The base URL and where it is set, for advice when something else than the API answers. */
  readonly baseUrl: string;
  readonly urlSetting: string;
  /** Everything that goes into an error passes it: a service may echo what it was sent. */
  readonly redactor: Redactor;
}

/** A gateway says it when it has waited long enough for the service, which may still be at work. */
const GATEWAY_TIMEOUT = 504;

type ClassifiedRequest = Pick<ApiRequest, "operation" | "method" | "path" | "repeatable" | "acceptedStatuses">;
type Answer = Extract<ExchangeResult, { answer: unknown }>["answer"];

/**
 * Decides what one try means. Pure.
 *
 * A request that may not be repeated is tried again only where it was surely not carried out: nothing was sent, or the
 * service turned it away unread (401, 425, 429). Everything else after sending is an `OutcomeUnknownError`.
 */
export function classifyResponse(
  request: ClassifiedRequest,
  exchangeResult: ExchangeResult,
  context: ClassificationContext,
): ResponseOutcome {
  const name = redactedName(request, context.redactor);
  return "fault" in exchangeResult
    ? classifyFault(name, request, exchangeResult.fault, context)
    : classifyAnswer(name, request, exchangeResult.answer, context);
}

/** A request as errors name it. */
export function redactedName({ operation, method, path }: RequestName, redactor: Redactor): RequestName {
  return { operation: redactor.text(operation), method, path: redactor.text(path) };
}

function classifyFault(
  name: RequestName,
  request: ClassifiedRequest,
  fault: Fault,
  { sentAt }: ClassificationContext,
): ResponseOutcome {
  const sent = { at: sentAt, answered: false };
  const failure: Failure = { ...name, happened: fault.cause.message, sent, cause: fault.cause };
  switch (fault.kind) {
    case "unreachable":
      return { kind: "again", reason: "unreachable", error: new NetworkError(failure) };
    case "certificate":
      return {
        kind: "failed",
        error: new NetworkError({
          ...failure,
          advice:
            "The certificate is not trusted. Behind a proxy that decrypts TLS, set NODE_EXTRA_CA_CERTS to the file with its authority.",
        }),
      };
    case "unbuildable":
      return {
        kind: "failed",
        error: new NetworkError({
          ...failure,
          advice: "Nothing was sent. Check the URL settings, and that no credential contains a line break or space.",
        }),
      };
    case "time-out":
    case "broken":
      return retryOrUnknown(
        request,
        { kind: "again", reason: "unavailable", error: new NetworkError(failure) },
        failure,
      );
    case "too-large":
      return failOrUnknown(request, new UnexpectedAnswerError(failure), failure);
  }
}

function classifyAnswer(
  name: RequestName,
  request: ClassifiedRequest,
  answer: Answer,
  context: ClassificationContext,
): ResponseOutcome {
  const { status } = answer;
  const isSuccess = status >= 200 && status < 300;
  const json = parseJson(answer.body);
  // Redacted before anything is cut: of half a secret nobody knows that it is one.
  const redactedBody = isSuccess && json.ok ? "" : context.redactor.text(answer.body);
  const redactedJson = parseJson(redactedBody);
  const problem = redactedBody === "" ? {} : parseErrorBody(status, redactedJson.ok ? redactedJson.data : redactedBody);
  const header = answer.header("x-request-id");
  const requestId = header === undefined ? problem.requestId : context.redactor.text(header);
  const serviceDetails = { code: problem.code, serviceMessage: problem.message };
  const failure = { ...name, status, ...serviceDetails, requestId };
  const urlSource = `${context.urlSetting}, which is ${context.baseUrl}`;
  const retryAfter = parseRetryAfter(answer.header("retry-after"), context.now) ?? problem.retryAfterMs;
  const sent = { at: context.sentAt, answered: status !== GATEWAY_TIMEOUT, retryAfter };
  const parseProblem = json.ok ? undefined : json.tooDeep;
  const notApiFailure = {
    ...failure,
    happened: isSuccess ? (parseProblem ?? "the answer is not JSON") : "something other than the API answered",
  };
  const notApiError = () =>
    new UnexpectedAnswerError({
      ...notApiFailure,
      advice: `Check ${urlSource}, and whether a proxy answers in its place.`,
      sharedCause: `no API at ${context.baseUrl}`,
    });
  // Somebody else's 404 must not pass for "the segment is gone".
  const isForeign404 = status === 404 && !(json.ok && isServiceNotFound(json.data));

  if (isSuccess || request.acceptedStatuses?.includes(status) === true) {
    if (json.ok && !isForeign404) {
      return {
        kind: "answer",
        response: {
          status,
          data: json.data,
          urlSource,
          sentAt: context.sentAt,
          ...(requestId !== undefined && { requestId }),
        },
      };
    }
    if (!isSuccess) return { kind: "failed", error: notApiError() };
    const error = notApiError();
    return retryOrUnknown(
      request,
      { kind: "again", reason: "unreadable", error },
      { ...notApiFailure, sent, cause: error },
    );
  }
  if (status < 200 || (status >= 300 && status < 400) || status === 407)
    return { kind: "failed", error: notApiError() };
  if (status === 401) return { kind: "token-refused", error: toRefusalError(failure) };
  if (status === 429) {
    const waitHint =
      retryAfter === undefined || retryAfter < 1_000
        ? {}
        : { happened: `the service asks to wait ${formatDuration(retryAfter)}` };
    return {
      kind: "again",
      reason: "throttled",
      status,
      retryAfter,
      error: new RateLimitedError({ ...failure, ...waitHint }),
    };
  }
  if (status === 425)
    return { kind: "again", reason: "unavailable", status, retryAfter, error: new ServiceError(failure) };
  if (isRetried(status)) {
    const error = new ServiceError(failure);
    return retryOrUnknown(
      request,
      { kind: "again", reason: "unavailable", status, retryAfter, error },
      { ...failure, sent, cause: error },
    );
  }
  if (status >= 500) {
    const error = new ServiceError(failure);
    return failOrUnknown(request, error, { ...failure, sent, cause: error });
  }
  if (isForeign404) return { kind: "failed", error: notApiError() };
  const advice = `Check the ID, the organisation (cja:orgId) and ${urlSource}.`;
  return { kind: "failed", error: toRefusalError(status === 404 ? { ...failure, advice } : failure) };
}

function retryOrUnknown(request: ClassifiedRequest, outcome: ResponseOutcome, failure: Failure): ResponseOutcome {
  return request.repeatable ? outcome : { kind: "failed", error: new OutcomeUnknownError(failure) };
}

function failOrUnknown(request: ClassifiedRequest, error: CjaError, failure: Failure): ResponseOutcome {
  return { kind: "failed", error: request.repeatable ? error : new OutcomeUnknownError(failure) };
}

/** An empty body is an answer too (204), and its data is `undefined`. */
function parseJson(body: string): { ok: true; data: unknown } | { ok: false; tooDeep?: string } {
  if (body.trim() === "") return { ok: true, data: undefined };
  try {
    return { ok: true, data: readJson(body) };
  } catch (error) {
    return { ok: false, ...(error instanceof TooDeepError && { tooDeep: `the answer is JSON, but ${error.message}` }) };
  }
}
