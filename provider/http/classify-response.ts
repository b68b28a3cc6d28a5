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
import type { Exchanged, Fault } from "./exchange";
import { refusal } from "./refusal-error";
import type { Redactor } from "./redact";
import type { ApiRequest, ApiResponse } from "./request";
import { isRetried, parseRetryAfter } from "./retry";
import { timeSpan } from "../format-duration";

/** What to make of one try. */
export type Verdict =
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
export interface Bench {
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

type Asked = Pick<ApiRequest, "operation" | "method" | "path" | "repeatable" | "accept">;
type Answer = Extract<Exchanged, { answer: unknown }>["answer"];

/**
 * Decides what one try means. Pure.
 *
 * A request that may not be repeated is tried again only where it was surely not carried out: nothing was sent, or the
 * service turned it away unread (401, 425, 429). Everything else after sending is an `OutcomeUnknownError`.
 */
export function judge(asked: Asked, exchanged: Exchanged, bench: Bench): Verdict {
  const name = nameOf(asked, bench.redactor);
  return "fault" in exchanged
    ? judgeFault(name, asked, exchanged.fault, bench)
    : judgeAnswer(name, asked, exchanged.answer, bench);
}

/** A request as errors name it. */
export function nameOf({ operation, method, path }: RequestName, redactor: Redactor): RequestName {
  return { operation: redactor.text(operation), method, path: redactor.text(path) };
}

function judgeFault(name: RequestName, asked: Asked, fault: Fault, { sentAt }: Bench): Verdict {
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
            "The certificate is not trusted. Behind a proxy that opens TLS, name its authority in NODE_EXTRA_CA_CERTS.",
        }),
      };
    case "unbuildable":
      return {
        kind: "failed",
        error: new NetworkError({
          ...failure,
          advice: "Nothing was sent: check the URL settings, and that no credential contains a line break or blank.",
        }),
      };
    case "time-out":
    case "broken":
      return again(asked, { kind: "again", reason: "unavailable", error: new NetworkError(failure) }, failure);
    case "too-large":
      return failed(asked, new UnexpectedAnswerError(failure), failure);
  }
}

function judgeAnswer(name: RequestName, asked: Asked, answer: Answer, bench: Bench): Verdict {
  const { status } = answer;
  const success = status >= 200 && status < 300;
  const json = parseJson(answer.body);
  // Redacted before anything is cut: of half a secret nobody knows that it is one.
  const told = success && json.ok ? "" : bench.redactor.text(answer.body);
  const toldJson = parseJson(told);
  const problem = told === "" ? {} : parseErrorBody(status, toldJson.ok ? toldJson.data : told);
  const header = answer.header("x-request-id");
  const requestId = header === undefined ? problem.requestId : bench.redactor.text(header);
  const said = { code: problem.code, serviceMessage: problem.message };
  const failure = { ...name, status, ...said, requestId };
  const from = `${bench.urlSetting}, which is ${bench.baseUrl}`;
  const retryAfter = parseRetryAfter(answer.header("retry-after"), bench.now) ?? problem.retryAfterMs;
  const sent = { at: bench.sentAt, answered: status !== GATEWAY_TIMEOUT, retryAfter };
  const unread = json.ok ? undefined : json.tooDeep;
  const alien = {
    ...failure,
    happened: success ? (unread ?? "the answer is not JSON") : "what answered is not the API",
  };
  const stranger = () =>
    new UnexpectedAnswerError({
      ...alien,
      advice: `Check ${from}, and whether a proxy answers in its place.`,
      common: `no API at ${bench.baseUrl}`,
    });
  // Somebody else's 404 must not pass for "the segment is gone".
  const foreign = status === 404 && !(json.ok && isServiceNotFound(json.data));

  if (success || asked.accept?.includes(status) === true) {
    if (json.ok && !foreign) {
      return {
        kind: "answer",
        response: {
          status,
          data: json.data,
          from,
          sentAt: bench.sentAt,
          ...(requestId !== undefined && { requestId }),
        },
      };
    }
    if (!success) return { kind: "failed", error: stranger() };
    const error = stranger();
    return again(asked, { kind: "again", reason: "unreadable", error }, { ...alien, sent, cause: error });
  }
  if (status < 200 || (status >= 300 && status < 400) || status === 407) return { kind: "failed", error: stranger() };
  if (status === 401) return { kind: "token-refused", error: refusal(failure) };
  if (status === 429) {
    const back =
      retryAfter === undefined || retryAfter < 1_000
        ? {}
        : { happened: `asked to come back in ${timeSpan(retryAfter)}` };
    return {
      kind: "again",
      reason: "throttled",
      status,
      retryAfter,
      error: new RateLimitedError({ ...failure, ...back }),
    };
  }
  if (status === 425)
    return { kind: "again", reason: "unavailable", status, retryAfter, error: new ServiceError(failure) };
  if (isRetried(status)) {
    const error = new ServiceError(failure);
    return again(
      asked,
      { kind: "again", reason: "unavailable", status, retryAfter, error },
      { ...failure, sent, cause: error },
    );
  }
  if (status >= 500) {
    const error = new ServiceError(failure);
    return failed(asked, error, { ...failure, sent, cause: error });
  }
  if (foreign) return { kind: "failed", error: stranger() };
  const advice = `Check the ID, the organisation (cja:orgId) and ${from}.`;
  return { kind: "failed", error: refusal(status === 404 ? { ...failure, advice } : failure) };
}

function again(asked: Asked, verdict: Verdict, failure: Failure): Verdict {
  return asked.repeatable ? verdict : { kind: "failed", error: new OutcomeUnknownError(failure) };
}

function failed(asked: Asked, error: CjaError, failure: Failure): Verdict {
  return { kind: "failed", error: asked.repeatable ? error : new OutcomeUnknownError(failure) };
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
