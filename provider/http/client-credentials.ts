import { z } from "zod";
import type { Clock, Random } from "../clock";
import { AuthenticationError, type CjaError, UnexpectedAnswerError } from "./errors";
import { createExchange, type Exchange } from "./exchange";
import { judge, type Verdict } from "./classify-response";
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
  /** Told of every repetition, redacted. */
  readonly log?: (line: string) => void;
  /** Milliseconds in which a token request is repeated after network faults, 429 and 5xx. Default 120 000. */
  readonly deadlineMs?: number;
}

const RENEW_AHEAD_MS = 5 * 60_000;
/** What a refusal or an outage has told stands so long for all: a thousand resources do not ask a thousand times. */
const FAILED_MS = 30_000;
/** IMS tokens live a day. One that claims much more comes from a damaged file. */
const LONGEST_LIFE_MS = 7 * 86_400_000;
const REQUEST = { operation: "sign in to Adobe", method: "POST", path: "/ims/token/v3", repeatable: true } as const;

const answer = z.object({
  access_token: z.string().min(1),
  // Seconds; some of Adobe's identity services write numbers as text.
  expires_in: z.coerce.number().positive(),
});

type Again = Verdict & { readonly kind: "again" };

/** The way to IMS, and for how long it is tried. */
interface Ims {
  readonly exchange: Exchange;
  readonly deadlineOf: (reason: Again["reason"]) => number;
}

/** A token with the moment from which on it is to be replaced. */
interface Held {
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
  const noticed: Exchange = async (request) => {
    const exchanged = await exchange(request);
    if ("answer" in exchanged) everAnswered = true;
    return exchanged;
  };
  const deadlineOf = (reason: Again["reason"]) => {
    const usual = options.deadlineMs ?? DEADLINE_MS;
    return reason === "unreachable" && !everAnswered ? Math.min(usual, FIRST_CONTACT_MS) : usual;
  };
  let held: Held | undefined;
  let fetching: Promise<string> | undefined;
  let failed: { readonly error: unknown; readonly until: number } | undefined;

  function hold({ token, expiresAt }: CachedToken): string {
    redactor.add(token);
    const ahead = Math.min(RENEW_AHEAD_MS, (expiresAt - clock.now()) / 10);
    held = { token, renewAt: expiresAt - ahead };
    return token;
  }

  /** A token of another process, unless it is about to end or is the one that was refused. */
  function cached(stale: string | undefined): string | undefined {
    const found = cache?.load();
    if (found !== undefined) everAnswered = true;
    if (found === undefined || found.token === stale) return undefined;
    const left = found.expiresAt - clock.now();
    return left > RENEW_AHEAD_MS && left < LONGEST_LIFE_MS ? hold(found) : undefined;
  }

  async function fetch(): Promise<string> {
    if (failed !== undefined && clock.now() < failed.until) throw failed.error;
    try {
      const fetched = await requestToken(credentials, options, { exchange: noticed, deadlineOf });
      cache?.save(fetched);
      return hold(fetched);
    } catch (error) {
      failed = { error, until: clock.now() + FAILED_MS };
      throw error;
    }
  }

  function obtain(stale: string | undefined): Promise<string> {
    // A renewal and a get that meet share one request.
    fetching ??= Promise.resolve(cached(stale))
      .then((found) => found ?? fetch())
      .finally(() => (fetching = undefined));
    return fetching;
  }

  return {
    get: async () => (held !== undefined && clock.now() < held.renewAt ? held.token : obtain(undefined)),
    renew: async (stale) => {
      if (held !== undefined && held.token !== stale && clock.now() < held.renewAt) return held.token;
      return obtain(stale);
    },
  };
}

async function requestToken(
  credentials: ClientCredentials,
  options: ClientCredentialsOptions,
  { exchange, deadlineOf }: Ims,
): Promise<CachedToken> {
  const { clock, random, redactor, limiter } = options;
  const bench = { baseUrl: credentials.imsUrl, urlSetting: "cja:imsUrl (CJA_IMS_URL)", redactor };
  const began = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const send = async () => {
      const sent = clock.now();
      const exchanged = await exchange({
        method: "POST",
        url: credentials.imsUrl.replace(/\/+$/, "") + REQUEST.path,
        headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body: formOf(credentials),
      });
      return { sent, exchanged };
    };
    const { sent, exchanged } = await (limiter?.schedule(send, { budget: "tokens", ahead: attempt > 1 }) ?? send());
    const verdict = judge(REQUEST, exchanged, { ...bench, now: clock.now(), sentAt: sent });
    switch (verdict.kind) {
      case "answer":
        // The life is counted from before the request: rather too short than too long.
        return tokenOf(verdict.response.data, sent, verdict.response.requestId);
      case "token-refused":
      case "failed":
        throw refusedBy(verdict.error);
      case "again": {
        const elapsed = clock.now() - began;
        const { status, retryAfter } = verdict;
        const deadline = deadlineOf(verdict.reason);
        const wait = retryDelay({ attempt, elapsed, status, retryAfter, deadline }, random);
        if (wait === undefined) throw verdict.error;
        const seconds = (wait / 1000).toFixed(1);
        const why = status ?? `${credentials.imsUrl}, ${verdict.error.happened}`;
        options.log?.(redactor.text(`${REQUEST.operation}: ${why}, trying again in ${seconds} s`));
        if (verdict.reason === "throttled") limiter?.pauseUntil(clock.now() + wait);
        await clock.sleep(wait);
      }
    }
  }
}

function formOf({ clientId, clientSecret, scopes = "" }: ClientCredentials): string {
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

function tokenOf(data: unknown, sent: number, requestId: string | undefined): CachedToken {
  const parsed = answer.safeParse(data);
  if (parsed.success) return { token: parsed.data.access_token, expiresAt: sent + parsed.data.expires_in * 1000 };
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "the body").join(", ");
  throw new UnexpectedAnswerError({ ...REQUEST, happened: `the answer has no valid ${fields}`, requestId });
}

/** Whatever 4xx IMS answers, it refuses the credentials. Its codes tell which of them. */
function refusedBy(error: CjaError): CjaError {
  if (error instanceof UnexpectedAnswerError || error.status === undefined || error.status >= 500) return error;
  const { operation, method, path, status, code, serviceMessage, requestId } = error;
  const advice =
    code === "invalid_scope"
      ? "Check cja:scopes (CJA_SCOPES): copy them from the credential in the Adobe Developer Console."
      : undefined;
  return new AuthenticationError({ operation, method, path, status, code, serviceMessage, requestId, advice });
}
