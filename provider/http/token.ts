import { z } from "zod";
import type { StateFolder } from "../state/state-folder";
import { AuthenticationError, CredentialsMissingError } from "./errors";
import type { Redactor } from "./redact";

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that should be good for the next minutes. */
  get(): Promise<string>;
  /** Another token, since the service has refused `refusedToken` with 401. Rejects where there can be none. */
  renew(refusedToken: string): Promise<string>;
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
      const expiry = expiryOf(accessToken);
      throw new AuthenticationError({
        operation: "renew the access token",
        method: "",
        path: "",
        happened: "the provider did not request it",
        advice:
          `The token in cja:accessToken (CJA_ACCESS_TOKEN) expires ${expiry === undefined ? "after 24 hours" : `at ${expiry.toISOString()}`} and cannot be renewed. Set a new one, ` +
          "or set cja:clientSecret (CJA_CLIENT_SECRET) instead: the provider then requests tokens itself.",
      });
    },
  };
}

/** The end of an IMS token: its claims are `created_at` and `expires_in`, both in milliseconds and as text. */
function expiryOf(token: string): Date | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null) return undefined;
    const { created_at: issuedAt, expires_in: lifetime, exp } = claims as Record<string, unknown>;
    const expiry = typeof exp === "number" ? exp * 1000 : Number(issuedAt) + Number(lifetime);
    const date = new Date(expiry);
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
  const rejectMissing = async (): Promise<string> => {
    throw new CredentialsMissingError(setting, variable, advice);
  };
  return { get: rejectMissing, renew: rejectMissing };
}

const tokenSchema = z.object({ token: z.string().min(1), expiresAt: z.number() });

/**
 * Keeps a token in the state folder.
 *
 * @param name made of everything that the token depends on, the secret included: with another secret it is not found
 * @example createTokenFile(folder, stateFileName("token", imsUrl, clientId, clientSecret, scopes))
 */
export function createTokenFile(folder: StateFolder, name: string): TokenCache {
  return {
    load: () => tokenSchema.safeParse(folder.readJson(name)).data,
    save: (token) => folder.writeJson(name, token),
  };
}
