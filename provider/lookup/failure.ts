import { AuthenticationError, CredentialsMissingError } from "../http/errors";
import { isExpected } from "../presentable";
import { WrongSettingsError } from "../wrong-settings";
import { LookupError } from "./lookup-error";

/** Why a lookup has no answer, in a form that is worth reading. */
export interface Failure {
  readonly text: string;
  /** Whether every other lookup of the program fails with the same words: once is enough. */
  readonly common: boolean;
}

export function failureOf(thrown: unknown, redact: (text: string) => string): Failure {
  const common = [WrongSettingsError, CredentialsMissingError, AuthenticationError].some(
    (kind) => thrown instanceof kind,
  );
  if (thrown instanceof LookupError || isExpected(thrown)) return { text: redact(thrown.message), common };
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { text: redact(`${stack}\nThis is a mistake in pulumi-cja: please report it, with these lines.`), common };
}
