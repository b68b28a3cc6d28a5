import { AuthenticationError, CredentialsMissingError, NetworkError } from "./http/errors";
import { isExpected } from "./user-errors";
import type { Settings } from "../model/settings/settings";
import { WrongSettingsError } from "./settings-errors";
import { LookupError } from "./resolve-by-name";

/** Why a lookup has no answer, in a form that is worth reading. */
export interface Failure {
  readonly text: string;
  /** Whether every other lookup of the program fails with the same words: once is enough. */
  readonly common: boolean;
}

/** What the words of a failure depend on. */
export interface Circumstances {
  readonly redact: (text: string) => string;
  /** The setting `cja:validate`. */
  readonly validate: Settings["validate"];
}

const COMMON = [WrongSettingsError, CredentialsMissingError, AuthenticationError, NetworkError];

const NOT_COVERED =
  "cja:validate (CJA_VALIDATE) is apply, which lets previews of resources do without credentials, but does not cover lookups: they read in previews, too.";

export function failureOf(thrown: unknown, { redact, validate }: Circumstances): Failure {
  const common = COMMON.some((kind) => thrown instanceof kind);
  if (thrown instanceof LookupError || isExpected(thrown)) {
    const hint = thrown instanceof CredentialsMissingError && validate === "apply" ? ` ${NOT_COVERED}` : "";
    return { text: redact(`${thrown.message}${hint}`), common };
  }
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { text: redact(`${stack}\nThis is a mistake in pulumi-cja: please report it, with these lines.`), common };
}
