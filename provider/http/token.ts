import { AuthenticationError, CredentialsMissingError } from "./errors";
import type { Redactor } from "./redact";

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that should be good for the next minutes. */
  get(): Promise<string>;
  /** Another token, since the service has refused `stale` with 401. Rejects where there can be none. */
  renew(stale: string): Promise<string>;
}

/** A token and its end. */
export interface CachedToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Where a token outlives the process: one `pulumi up` is two processes, and IMS need not be asked twice. */
export interface TokenCache {
  load(): CachedToken | undefined;
  save(token: CachedToken): void;
}

/**
 * A token that the user gives. It cannot be renewed: the error then says when it ended, where the token itself tells.
 *
 * @example const token = createGivenToken(process.env.CJA_ACCESS_TOKEN, redactor);
 */
export function createGivenToken(accessToken: string, redactor: Redactor): TokenSource {
  redactor.add(accessToken);
  return {
    get: async () => accessToken,
    renew: async () => {
      const end = endOf(accessToken);
      throw new AuthenticationError({
        operation: "renew the given access token",
        method: "",
        path: "",
        happened: "only whoever gave it can",
        advice:
          `The token that is given in cja:accessToken (CJA_ACCESS_TOKEN) ends ${end === undefined ? "after 24 hours" : `at ${end.toISOString()}`} and cannot be renewed: give a new one, ` +
          "or give cja:clientSecret (CJA_CLIENT_SECRET) instead, with which a token is requested whenever one is needed.",
      });
    },
  };
}

/** The end of an IMS token: its claims are `created_at` and `expires_in`, both in milliseconds and as text. */
function endOf(token: string): Date | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null) return undefined;
    const { created_at: created, expires_in: lifetime, exp } = claims as Record<string, unknown>;
    const end = typeof exp === "number" ? exp * 1000 : Number(created) + Number(lifetime);
    const date = new Date(end);
    return Number.isNaN(date.getTime()) ? undefined : date;
  } catch {
    // An opaque token has no claims: the error goes without its end.
    return undefined;
  }
}

/**
 * A source for programs without credentials: a preview that sends nothing needs none, so the complaint waits for the
 * first request.
 */
export function createMissingToken(setting: string, variable: string, advice?: string): TokenSource {
  const complain = async (): Promise<string> => {
    throw new CredentialsMissingError(setting, variable, advice);
  };
  return { get: complain, renew: complain };
}
