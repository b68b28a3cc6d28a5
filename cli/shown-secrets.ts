import { isExactNumber, readJson, writeJson } from "../json";
import { createRedactor } from "../provider/http/redact";
import { secretTexts } from "../provider/secret-arguments";
import { documentsIn } from "../review/preview/documents";

/** The engine's key of what is signed, and its signature of a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OF_SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * A plan without the secrets that it shows (`pulumi preview --json --show-secrets`), also where its messages repeat them. One that
 * cannot be read stays as it is: the review says so, and shows nothing of it.
 */
export function withoutShownSecrets(text: string): string {
  if (!text.includes('"plaintext"')) return text;
  try {
    const documents = documentsIn(text);
    const redactor = createRedactor();
    documents.flatMap(shownSecrets).forEach((secret) => redactor.add(secret));
    return documents.map((document) => writeJson(redacted(document, (inner) => redactor.text(inner)))).join("\n");
  } catch {
    return text;
  }
}

function shownSecrets(value: unknown): string[] {
  if (!isTree(value)) return [];
  const { plaintext, [SIGNATURE]: signature } = value;
  if (signature !== OF_SECRET || typeof plaintext !== "string") return Object.values(value).flatMap(shownSecrets);
  return secretTexts({ known: readJson(plaintext) }, [["known"]]);
}

function redacted(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (!isTree(value)) return value;
  if (Array.isArray(value)) return value.map((inner) => redacted(inner, redact));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner, redact)]));
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !isExactNumber(value);
