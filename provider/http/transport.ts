import { isExactNumberError } from "../../definition/json";
import { Circuit, type Pass } from "./circuit-breaker";
import type { Clock, Random } from "../clock";
import { AuthenticationError, type CjaError, CredentialsMissingError, InvalidRequestError } from "./errors";
import { createExchange, type Exchanged } from "./exchange";
import { judge, nameOf, type Verdict } from "./classify-response";
import type { Limiter } from "../limits/limiter";
import type { Redactor } from "./redact";
import { type ApiRequest, type ApiResponse, urlOf } from "./request";
import { RATE_LIMIT_DEADLINE_MS } from "../limits/budgets";
import { FIRST_CONTACT_MS, DEADLINE_MS, retryDelay, UNREADABLE_TRIES } from "./retry";
import type { TokenSource } from "./token";

export type { ApiRequest, ApiResponse } from "./request";

export interface TransportOptions {
  /** As `https://cja.adobe.io`. */
  readonly baseUrl: string;
  /** Where the base URL is set, for error texts: `cja:cjaUrl (CJA_URL)`. */
  readonly urlSetting?: string;
  /** Sent with every request, as `x-sandbox-name`. */
  readonly headers?: Readonly<Record<string, string>>;
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
  /** Told of every repetition, and of a service that is down or back; redacted. */
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
const SHORTEST_API_KEY = 16;

type Again = Verdict & { readonly kind: "again" };

export function createTransport(options: TransportOptions): Transport {
  const { clock, limiter, token, redactor, random } = options;
  const urlSetting = options.urlSetting ?? "the URL in the settings";
  const exchange = createExchange({ timeoutMs: options.requestTimeoutMs, redactor, userAgent: options.userAgent });
  if (options.apiKey !== undefined && options.apiKey.length >= SHORTEST_API_KEY) redactor.add(options.apiKey);
  const say = (line: string) => options.log?.(redactor.text(line));
  const circuit = new Circuit(options.baseUrl, clock, say);
  let everAnswered = false;
  /** Since when the service has answered nothing but 429, to whomever: who comes later need not find out anew. */
  let throttledSince: number | undefined;

  /** How long to wait before another try; `undefined` to give up. */
  function patience({ reason, status, retryAfter }: Again, tries: number, spent: number): number | undefined {
    if (reason === "unreadable" && tries >= UNREADABLE_TRIES) return undefined;
    const usual = options.deadlineMs ?? DEADLINE_MS;
    const throttled = reason === "throttled";
    const deadline = throttled
      ? (options.rateLimitDeadlineMs ?? RATE_LIMIT_DEADLINE_MS)
      : reason === "unreachable" && !everAnswered
        ? Math.min(usual, FIRST_CONTACT_MS)
        : usual;
    const elapsed = throttled ? Math.max(spent, clock.now() - (throttledSince ?? clock.now())) : spent;
    return retryDelay({ attempt: tries, elapsed, status, retryAfter, deadline }, random);
  }

  /** One try: what came of it, how long it took, and how long to wait for another one. Nothing, if the service went down meanwhile. */
  async function attempt(request: ApiRequest, body: string | undefined, tries: number, spent: number, pass: Pass) {
    const began = clock.now();
    const bearer = await token.get();
    if (!circuit.lets(pass)) return undefined;
    const sentAt = clock.now();
    const exchanged = await exchange({
      method: request.method,
      url: urlOf(options.baseUrl, request),
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...options.headers,
        ...request.headers,
        ...identityOf(options),
        Authorization: `Bearer ${bearer}`,
      },
      body,
      freshConnection: !request.repeatable,
    });
    const now = clock.now();
    if ("answer" in exchanged) {
      everAnswered = true;
      throttledSince = exchanged.answer.status === 429 ? (throttledSince ?? now) : undefined;
    }
    const verdict = judge(request, exchanged, { now, sentAt, baseUrl: options.baseUrl, urlSetting, redactor });
    if (!isDown(exchanged)) circuit.answered();
    else if ("error" in verdict) circuit.failed(request, verdict.error);
    const took = now - began;
    const hopeful = verdict.kind === "again" && (request.impatient !== true || verdict.reason === "throttled");
    const wait = hopeful ? patience(verdict, tries, spent + took) : undefined;
    // Here and not by the caller: the place in flight is given on as soon as this returns.
    if (verdict.kind === "again" && verdict.reason === "throttled")
      limiter.pauseUntil(now + (wait ?? lastPause(verdict.retryAfter)));
    return { verdict, bearer, took, wait };
  }

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const body = bodyOf(request, redactor);
    let tokenRenewed = false;
    // The time in the limiter's queue is not spent: it says nothing about the service.
    let spent = 0;
    for (let tries = 1; ;) {
      // Asked for before the queue, too: who has no credentials hears it at once, and a token request takes no place.
      await token.get();
      identityOf(options);
      const asked = clock.now();
      const pass = circuit.isOpen ? await circuit.enter(nameOf(request, redactor), request.impatient) : "usual";
      spent += clock.now() - asked;
      const budget = options.budgetOf?.(request);
      let result: Awaited<ReturnType<typeof attempt>>;
      try {
        result = await limiter.schedule(() => attempt(request, body, tries, spent, pass), { budget, ahead: tries > 1 });
      } finally {
        circuit.leave(pass);
      }
      if (result === undefined) continue;
      const { verdict, wait } = result;
      tries += 1;
      spent += result.took + (wait ?? 0);
      switch (verdict.kind) {
        case "answer":
          return verdict.response;
        case "failed":
          throw verdict.error;
        case "token-refused":
          if (tokenRenewed) throw verdict.error;
          tokenRenewed = true;
          await renew(token, result.bearer, verdict.error);
          break;
        case "again": {
          if (wait === undefined) throw verdict.error;
          const seconds = (wait / 1000).toFixed(1);
          const why = verdict.error.status ?? `${options.baseUrl}, ${verdict.error.happened}`;
          say(`${request.operation}: ${why}, trying again in ${seconds} s`);
          // After 429 the limiter holds everyone back, this request at the head.
          if (verdict.reason !== "throttled") await clock.sleep(wait);
        }
      }
    }
  }

  return { send };
}

/** Who gives up holds the others back as the service wants it; a wait that is as good as for ever is left for each to hear. */
const lastPause = (retryAfter = 0): number => (retryAfter <= 30_000 ? retryAfter : 0);

/** No answer, or one that says that the service is out of order. */
function isDown(exchanged: Exchanged): boolean {
  if ("answer" in exchanged) return exchanged.answer.status >= 500;
  const { kind } = exchanged.fault;
  return kind === "unreachable" || kind === "time-out" || kind === "broken";
}

/** The headers that every request has to carry beside the token. */
function identityOf({ apiKey, orgId }: TransportOptions): Record<string, string> {
  if (apiKey === undefined || apiKey === "") throw new CredentialsMissingError("cja:clientId", "CJA_CLIENT_ID");
  if (orgId === undefined || orgId === "") throw new CredentialsMissingError("cja:orgId", "CJA_ORG_ID");
  return { "x-api-key": apiKey, "x-gw-ims-org-id": orgId };
}

function bodyOf(request: ApiRequest, redactor: Redactor): string | undefined {
  if (request.body === undefined) return undefined;
  const body = written(request, redactor);
  if (Buffer.byteLength(body) <= MAX_REQUEST_BYTES) return body;
  throw new InvalidRequestError({
    ...nameOf(request, redactor),
    happened: `the request has ${Math.ceil(Buffer.byteLength(body) / 1024 / 1024)} MB, more than ${MAX_REQUEST_BYTES / 1024 / 1024}`,
    advice: "Nothing was sent: make the definition smaller.",
  });
}

/** A number that was read from the service and cannot be held must not be sent to it in another form. */
function written(request: ApiRequest, redactor: Redactor): string {
  try {
    return JSON.stringify(request.body);
  } catch (error) {
    if (!isExactNumberError(error)) throw error;
    throw new InvalidRequestError({
      ...nameOf(request, redactor),
      happened: `${error.message}, so that it cannot be sent as it is`,
      advice: "Nothing was sent: write a smaller number or, where the service takes one, a text.",
    });
  }
}

/**
 * Another token; else an error that has both: what the API said about the old one, and why there is no new one. Of a token that was
 * given, and that nobody was asked to renew, only the advice is news.
 */
async function renew(token: TokenSource, stale: string, refused: CjaError): Promise<void> {
  const fresh = await token.renew(stale).catch((error: unknown) => {
    if (!(error instanceof AuthenticationError)) throw error;
    const { operation, method, path, status, code, serviceMessage, requestId } = refused;
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
  if (fresh === stale) throw refused;
}
