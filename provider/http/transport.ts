import { isExactNumberError } from "../../definition/json";
import { CircuitBreaker, type CircuitPass } from "./circuit-breaker";
import type { Clock, Random } from "../clock";
import { AuthenticationError, type CjaError, CredentialsMissingError, InvalidRequestError } from "./errors";
import { createExchange, type ExchangeResult } from "./exchange";
import { classifyResponse, redactedName, type ResponseOutcome } from "./classify-response";
import type { Limiter } from "../limits/limiter";
import type { Redactor } from "./redact";
import { type ApiRequest, type ApiResponse, buildUrl } from "./request";
import { RATE_LIMIT_DEADLINE_MS } from "../limits/rate-limits";
import { FIRST_CONTACT_MS, DEADLINE_MS, retryDelay, UNREADABLE_TRIES } from "./retry";
import type { TokenSource } from "./token";

export type { ApiRequest, ApiResponse } from "./request";

export interface TransportOptions {
  /** As `https://cja.adobe.io`. */
  readonly baseUrl: string;
  /** Where the base URL is set, for error texts: `cja:cjaUrl (CJA_URL)`. */
  readonly urlSetting?: string;
  readonly token: TokenSource;
  /** The client ID. Asked for when the first request needs it. */
  readonly apiKey: string | undefined;
  readonly orgId: string | undefined;
  readonly limiter: Limiter;
  /** On which budget of the limiter a request draws. */
  readonly budgetOf?: (request: ApiRequest) => string;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds for one try, from the connection to the last byte. */
  readonly requestTimeoutMs: number;
  readonly redactor: Redactor;
  readonly userAgent: string;
  /** Gets a line for every repetition, and when a service is down or back; redacted. */
  readonly log?: (line: string) => void;
  /** Milliseconds in which an operation is repeated after faults and 5xx. Default 120 000. */
  readonly deadlineMs?: number;
  /** The same after 429. Default 300 000. */
  readonly rateLimitDeadlineMs?: number;
}

/** Sends requests to one API. */
export interface Transport {
  /**
   * Sends a request, repeats it where that is safe, and answers the parsed JSON of a 2xx or accepted status.
   *
   * @throws one of the classes of `errors.ts`; `OutcomeUnknownError` only for requests that are not repeatable
   * @example
   * const { data } = await transport.send({
   *   operation: "list segments", method: "GET", path: "/segments", query: { limit: 1000 }, repeatable: true,
   * });
   */
  send(request: ApiRequest): Promise<ApiResponse>;
}

/** Adobe's gateway takes less than this; a request that is larger is a mistake that no service should have to explain. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Adobe's have 32 characters. A short one is made up for an emulator, and may be a word that messages need. */
const MIN_API_KEY_LENGTH = 16;

type RetryOutcome = ResponseOutcome & { readonly kind: "again" };

export function createTransport(options: TransportOptions): Transport {
  const { clock, limiter, token, redactor, random } = options;
  const urlSetting = options.urlSetting ?? "the URL in the settings";
  const exchange = createExchange({ timeoutMs: options.requestTimeoutMs, redactor, userAgent: options.userAgent });
  if (options.apiKey !== undefined && options.apiKey.length >= MIN_API_KEY_LENGTH) redactor.add(options.apiKey);
  const log = (line: string) => options.log?.(redactor.text(line));
  const circuit = new CircuitBreaker(options.baseUrl, clock, log);
  let everAnswered = false;
  /** Since when the service has answered nothing but 429, to whomever: who comes later need not find out anew. */
  let throttledSince: number | undefined;

  /** How long to wait before another try; `undefined` to give up. */
  function delayBeforeRetry(
    { patienceMs = Infinity }: ApiRequest,
    { reason, status, retryAfter }: RetryOutcome,
    attempts: number,
    spentMs: number,
  ): number | undefined {
    if (reason === "unreadable" && attempts >= UNREADABLE_TRIES) return undefined;
    const defaultDeadline = options.deadlineMs ?? DEADLINE_MS;
    const isThrottled = reason === "throttled";
    const usualDeadline = isThrottled
      ? (options.rateLimitDeadlineMs ?? RATE_LIMIT_DEADLINE_MS)
      : reason === "unreachable" && !everAnswered
        ? Math.min(defaultDeadline, FIRST_CONTACT_MS)
        : defaultDeadline;
    const elapsedMs = isThrottled ? Math.max(spentMs, clock.now() - (throttledSince ?? clock.now())) : spentMs;
    const deadline = Math.min(patienceMs, usualDeadline);
    return retryDelay({ attempt: attempts, elapsedMs, status, retryAfter, deadline }, random);
  }

  /** One try: what came of it, how long it took, and how long to wait for another one. Nothing, if the service went down meanwhile. */
  async function attempt(
    request: ApiRequest,
    body: string | undefined,
    attempts: number,
    spentMs: number,
    pass: CircuitPass,
  ) {
    const startedAt = clock.now();
    const accessToken = await token.get();
    if (!circuit.allows(pass)) return undefined;
    const sentAt = clock.now();
    const exchangeResult = await exchange({
      method: request.method,
      url: buildUrl(options.baseUrl, request),
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...request.headers,
        ...identityHeaders(options),
        Authorization: `Bearer ${accessToken}`,
      },
      body,
      freshConnection: !request.repeatable,
    });
    const now = clock.now();
    if ("answer" in exchangeResult) {
      everAnswered = true;
      throttledSince = exchangeResult.answer.status === 429 ? (throttledSince ?? now) : undefined;
    }
    const outcome = classifyResponse(request, exchangeResult, {
      now,
      sentAt,
      baseUrl: options.baseUrl,
      urlSetting,
      redactor,
    });
    if (!indicatesOutage(exchangeResult)) circuit.recordSuccess();
    else if ("error" in outcome) circuit.recordFailure(request, outcome.error);
    const durationMs = now - startedAt;
    const mayRetry = outcome.kind === "again" && (request.failFast !== true || outcome.reason === "throttled");
    const wait = mayRetry ? delayBeforeRetry(request, outcome, attempts, spentMs + durationMs) : undefined;
    // Here and not by the caller: the place in flight is given on as soon as this returns.
    if (outcome.kind === "again" && outcome.reason === "throttled")
      limiter.pauseUntil(now + (wait ?? pauseWhenGivingUp(outcome.retryAfter)));
    return { outcome, accessToken, durationMs, wait };
  }

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const body = serializeBody(request, redactor);
    let tokenRenewed = false;
    // The time in the limiter's queue is not spent: it says nothing about the service.
    let spentMs = 0;
    for (let attempts = 1; ;) {
      // Asked for before the queue, too: who has no credentials hears it at once, and a token request takes no place.
      await token.get();
      identityHeaders(options);
      const waitedFrom = clock.now();
      const pass = circuit.isOpen
        ? await circuit.waitForPass(
            redactedName(request, redactor),
            request.failFast ?? request.patienceMs !== undefined,
          )
        : "usual";
      spentMs += clock.now() - waitedFrom;
      const budget = options.budgetOf?.(request);
      let result: Awaited<ReturnType<typeof attempt>>;
      try {
        result = await limiter.schedule(() => attempt(request, body, attempts, spentMs, pass), {
          budget,
          isRetry: attempts > 1,
        });
      } finally {
        circuit.leave(pass);
      }
      if (result === undefined) continue;
      const { outcome, wait } = result;
      attempts += 1;
      spentMs += result.durationMs + (wait ?? 0);
      switch (outcome.kind) {
        case "answer":
          return outcome.response;
        case "failed":
          throw outcome.error;
        case "token-refused":
          if (tokenRenewed) throw outcome.error;
          tokenRenewed = true;
          await renewToken(token, result.accessToken, outcome.error);
          break;
        case "again": {
          if (wait === undefined) throw outcome.error;
          const seconds = (wait / 1000).toFixed(1);
          const reason = outcome.error.status ?? `${options.baseUrl}, ${outcome.error.happened}`;
          log(`${request.operation}: ${reason}, trying again in ${seconds} s`);
          // After 429 the limiter holds everyone back, this request at the head.
          if (outcome.reason !== "throttled") await clock.sleep(wait);
        }
      }
    }
  }

  return { send };
}

/** Who gives up holds the others back as the service wants it; a wait that is as good as for ever is left for each to hear. */
const pauseWhenGivingUp = (retryAfter = 0): number => (retryAfter <= 30_000 ? retryAfter : 0);

/** No answer, or one that says that the service is out of order. */
function indicatesOutage(exchangeResult: ExchangeResult): boolean {
  if ("answer" in exchangeResult) return exchangeResult.answer.status >= 500;
  const { kind } = exchangeResult.fault;
  return kind === "unreachable" || kind === "time-out" || kind === "broken";
}

/** The headers that every request has to carry beside the token. */
function identityHeaders({ apiKey, orgId }: TransportOptions): Record<string, string> {
  if (apiKey === undefined || apiKey === "") throw new CredentialsMissingError("cja:clientId", "CJA_CLIENT_ID");
  if (orgId === undefined || orgId === "") throw new CredentialsMissingError("cja:orgId", "CJA_ORG_ID");
  return { "x-api-key": apiKey, "x-gw-ims-org-id": orgId };
}

function serializeBody(request: ApiRequest, redactor: Redactor): string | undefined {
  if (request.body === undefined) return undefined;
  const body = stringifyBody(request, redactor);
  if (Buffer.byteLength(body) <= MAX_REQUEST_BYTES) return body;
  throw new InvalidRequestError({
    ...redactedName(request, redactor),
    happened: `the request has ${Math.ceil(Buffer.byteLength(body) / 1024 / 1024)} MB, and the limit is ${MAX_REQUEST_BYTES / 1024 / 1024} MB`,
    advice: "Nothing was sent. Make the definition smaller.",
  });
}

/** A number that was read from the service and cannot be held must not be sent to it in another form. */
function stringifyBody(request: ApiRequest, redactor: Redactor): string {
  try {
    return JSON.stringify(request.body);
  } catch (error) {
    if (!isExactNumberError(error)) throw error;
    throw new InvalidRequestError({
      ...redactedName(request, redactor),
      happened: `${error.message}, so it cannot be sent unchanged`,
      advice: "Nothing was sent. Write a smaller number or, where the service takes one, a string.",
    });
  }
}

/**
 * Another token; else an error that has both: what the API said about the old one, and why there is no new one. Of a token that was
 * given, and that nobody was asked to renew, only the advice is news.
 */
async function renewToken(token: TokenSource, refusedToken: string, refusal: CjaError): Promise<void> {
  const newToken = await token.renew(refusedToken).catch((error: unknown) => {
    if (!(error instanceof AuthenticationError)) throw error;
    const { operation, method, path, status, code, serviceMessage, requestId } = refusal;
    const advice = error.status === undefined ? error.advice : error.message;
    throw new AuthenticationError({
      operation,
      method,
      path,
      status,
      code,
      serviceMessage,
      requestId,
      advice,
      cause: error,
    });
  });
  if (newToken === refusedToken) throw refusal;
}
