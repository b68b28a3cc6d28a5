import { z } from "zod";
import type { Clock, Random } from "../clock";
import { AuthenticationError, type CjaError, UnexpectedAnswerError } from "./errors";
import { createExchange, type Exchange } from "./exchange";
import { classifyResponse, type ResponseOutcome } from "./classify-response";
import type { Limiter } from "../limits/limiter";
import type { Redactor } from "./redact";
import { FIRST_CONTACT_MS, DEADLINE_MS, retryDelay } from "./retry";
import type { CachedToken, TokenCache, TokenSource } from "./token";

export interface ClientCredentials {
  /** As `https://ims-na1.adobelogin.com`. */
  readonly imsUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A list with commas or blanks; left out if empty. */
  readonly scopes?: string | undefined;
}

export interface ClientCredentialsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly redactor: Redactor;
  readonly requestTimeoutMs: number;
  readonly userAgent: string;
  /** The budget of token requests. Default: none is kept. */
  readonly limiter?: Limiter | undefined;
  /** Where the token outlives the process. Its name has to be made of everything in `ClientCredentials`. */
  readonly cache?: TokenCache | undefined;
  /** Gets a line for every repetition, redacted. */
  readonly log?: (line: string) => void;
  /** Milliseconds in which a token request is repeated after network faults, 429 and 5xx. Default 120 000. */
  readonly deadlineMs?: number;
}

const RENEW_AHEAD_MS = 5 * 60_000;
/** What a refusal or an outage has told stands so long for all: a thousand resources do not ask a thousand times. */
const FAILURE_LIFETIME_MS = 30_000;
/** IMS tokens live a day. One that claims much more comes from a damaged file. */
const MAX_LIFETIME_MS = 7 * 86_400_000;
const REQUEST = { operation: "sign in to Adobe", method: "POST", path: "/ims/token/v3", repeatable: true } as const;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  // Seconds; some of Adobe's identity services write numbers as text.
  expires_in: z.coerce.number().positive(),
});

type RetryOutcome = ResponseOutcome & { readonly kind: "again" };

/** The way to IMS, and for how long it is tried. */
interface ImsAccess {
  readonly exchange: Exchange;
  readonly deadlineOf: (reason: RetryOutcome["reason"]) => number;
}

/** A token with the moment from which on it is to be replaced. */
interface HeldToken {
  readonly token: string;
  readonly renewAt: number;
}

/**
 * Tokens by the OAuth client-credentials grant (`POST {imsUrl}/ims/token/v3`). All who ask at the same time share one
 * request; a token is replaced five minutes before its end, or at nine tenths of a life shorter than 50 minutes.
 *
 * @throws AuthenticationError if IMS refuses, and the classes of the transport for everything else
 */
export function createClientCredentialsToken(
  credentials: ClientCredentials,
  options: ClientCredentialsOptions,
): TokenSource {
  const { clock, redactor, cache } = options;
  redactor.add(credentials.clientSecret);
  const exchange = createExchange({ timeoutMs: options.requestTimeoutMs, redactor, userAgent: options.userAgent });
  /** Whether IMS has ever been there: in this process, or in one whose token was found. */
  let everAnswered = false;
  const trackedExchange: Exchange = async (request) => {
    const exchangeResult = await exchange(request);
    if ("answer" in exchangeResult) everAnswered = true;
    return exchangeResult;
  };
  const deadlineOf = (reason: RetryOutcome["reason"]) => {
    const defaultDeadline = options.deadlineMs ?? DEADLINE_MS;
    return reason === "unreachable" && !everAnswered ? Math.min(defaultDeadline, FIRST_CONTACT_MS) : defaultDeadline;
  };
  let current: HeldToken | undefined;
  let fetching: Promise<string> | undefined;
  let failed: { readonly error: unknown; readonly until: number } | undefined;

  function keep({ token, expiresAt }: CachedToken): string {
    redactor.add(token);
    const renewEarlyMs = Math.min(RENEW_AHEAD_MS, (expiresAt - clock.now()) / 10);
    current = { token, renewAt: expiresAt - renewEarlyMs };
    return token;
  }

  /** A token of another process, unless it is about to end or is the one that was refused. */
  function fromCache(refusedToken: string | undefined): string | undefined {
    const cachedToken = cache?.load();
    if (cachedToken !== undefined) everAnswered = true;
    if (cachedToken === undefined || cachedToken.token === refusedToken) return undefined;
    const remainingMs = cachedToken.expiresAt - clock.now();
    return remainingMs > RENEW_AHEAD_MS && remainingMs < MAX_LIFETIME_MS ? keep(cachedToken) : undefined;
  }

  async function requestAndKeep(): Promise<string> {
    if (failed !== undefined && clock.now() < failed.until) throw failed.error;
    try {
      const fetched = await requestToken(credentials, options, { exchange: trackedExchange, deadlineOf });
      cache?.save(fetched);
      return keep(fetched);
    } catch (error) {
      failed = { error, until: clock.now() + FAILURE_LIFETIME_MS };
      throw error;
    }
  }

  function getShared(refusedToken: string | undefined): Promise<string> {
    // A renewal and a get that meet share one request.
    fetching ??= Promise.resolve(fromCache(refusedToken))
      .then((token) => token ?? requestAndKeep())
      .finally(() => (fetching = undefined));
    return fetching;
  }

  return {
    get: async () => (current !== undefined && clock.now() < current.renewAt ? current.token : getShared(undefined)),
    renew: async (refusedToken) => {
      if (current !== undefined && current.token !== refusedToken && clock.now() < current.renewAt)
        return current.token;
      return getShared(refusedToken);
    },
  };
}

async function requestToken(
  credentials: ClientCredentials,
  options: ClientCredentialsOptions,
  { exchange, deadlineOf }: ImsAccess,
): Promise<CachedToken> {
  const { clock, random, redactor, limiter } = options;
  const context = { baseUrl: credentials.imsUrl, urlSetting: "cja:imsUrl (CJA_IMS_URL)", redactor };
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const send = async () => {
      const sentAt = clock.now();
      const exchangeResult = await exchange({
        method: "POST",
        url: credentials.imsUrl.replace(/\/+$/, "") + REQUEST.path,
        headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body: formBody(credentials),
      });
      return { sentAt, exchangeResult };
    };
    const { sentAt, exchangeResult } = await (limiter?.schedule(send, {
      budget: "tokens",
      isRetry: attempt > 1,
    }) ?? send());
    const outcome = classifyResponse(REQUEST, exchangeResult, { ...context, now: clock.now(), sentAt });
    switch (outcome.kind) {
      case "answer":
        // The life is counted from before the request: rather too short than too long.
        return parseToken(outcome.response.data, sentAt, outcome.response.requestId);
      case "token-refused":
      case "failed":
        throw toAuthenticationError(outcome.error);
      case "again": {
        const elapsedMs = clock.now() - startedAt;
        const { status, retryAfter } = outcome;
        const deadline = deadlineOf(outcome.reason);
        const wait = retryDelay({ attempt, elapsedMs, status, retryAfter, deadline }, random);
        if (wait === undefined) throw outcome.error;
        const seconds = (wait / 1000).toFixed(1);
        const reason = status ?? `${credentials.imsUrl}, ${outcome.error.happened}`;
        options.log?.(redactor.text(`${REQUEST.operation}: ${reason}, trying again in ${seconds} s`));
        if (outcome.reason === "throttled") limiter?.pauseUntil(clock.now() + wait);
        await clock.sleep(wait);
      }
    }
  }
}

function formBody({ clientId, clientSecret, scopes = "" }: ClientCredentials): string {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  // The Developer Console shows a comma list; OAuth's own blanks are taken too.
  const list = scopes.split(/[\s,]+/).filter((scope) => scope !== "");
  if (list.length > 0) form.set("scope", list.join(","));
  return form.toString();
}

function parseToken(data: unknown, sentAt: number, requestId: string | undefined): CachedToken {
  const parsed = tokenAnswer.safeParse(data);
  if (parsed.success) return { token: parsed.data.access_token, expiresAt: sentAt + parsed.data.expires_in * 1000 };
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "the body").join(", ");
  throw new UnexpectedAnswerError({ ...REQUEST, happened: `the answer has no valid ${fields}`, requestId });
}

/** Whatever 4xx IMS answers, it refuses the credentials. Its codes tell which of them. */
function toAuthenticationError(error: CjaError): CjaError {
  if (error instanceof UnexpectedAnswerError || error.status === undefined || error.status >= 500) return error;
  const { operation, method, path, status, code, serviceMessage, requestId } = error;
  const advice =
    code === "invalid_scope"
      ? "Check cja:scopes (CJA_SCOPES): copy them from the credential in the Adobe Developer Console."
      : undefined;
  return new AuthenticationError({ operation, method, path, status, code, serviceMessage, requestId, advice });
}
