import { AuthenticationError, CredentialsMissingError, NetworkError } from "./http/errors";
import { isExpectedError } from "./user-errors";
import type { Settings } from "../model/settings/settings";
import { InvalidSettingsError } from "./settings-errors";
import { LookupError } from "./resolve-by-name";

/** Why a lookup has no answer, in a form that is worth reading. */
export interface LookupFailure {
  readonly text: string;
  /** Whether every other lookup of the program fails with the same words: once is enough. */
  readonly affectsAllLookups: boolean;
}

/** What the words of a failure depend on. */
export interface FailureContext {
  readonly redact: (text: string) => string;
  /** The setting `cja:validate`. */
  readonly validate: Settings["validate"];
}

const SHARED_CAUSES = [InvalidSettingsError, CredentialsMissingError, AuthenticationError, NetworkError];

const LOOKUPS_NEED_CREDENTIALS =
  "cja:validate (CJA_VALIDATE) is apply: previews of resources then need no credentials, but lookups do, because they read in previews, too.";

export function toLookupFailure(error: unknown, { redact, validate }: FailureContext): LookupFailure {
  const affectsAllLookups = SHARED_CAUSES.some((kind) => error instanceof kind);
  if (error instanceof LookupError || isExpectedError(error)) {
    const hint = error instanceof CredentialsMissingError && validate === "apply" ? ` ${LOOKUPS_NEED_CREDENTIALS}` : "";
    return { text: redact(`${error.message}${hint}`), affectsAllLookups };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: redact(`${stack}\nThis is a bug in pulumi-cja: please report it, with these lines.`),
    affectsAllLookups,
  };
}
