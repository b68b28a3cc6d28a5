/** Takes secrets out of text. The one place for it: all error messages and log lines of this folder pass it. */
export interface Redactor {
  /**
   * Remembers a secret value. Fewer than four characters are no secret and would black out ordinary words: they are
   * not remembered.
   */
  add(secret: string): void;
  /**
   * The text without the known secrets, what is left of one where a text was cut (`hunte…`), nor anything that looks like a bearer token, a JWT or a secret form field.
   *
   * @example redactor.text("Authorization: Bearer eyJhbGciOi…") // "Authorization: Bearer [redacted]"
   */
  text(text: string): string;
}

const REDACTED = "[redacted]";
const SHORTEST_SECRET = 4;
/** What stands where a text was cut. */
const ELLIPSIS = "…";

/** What gives a secret away although nobody has named it: an echo of a header, of a form, or of a token answer. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer\s+)[\w.~+/%-]+=*/gi, `$1${REDACTED}`],
  [/\beyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(client_secret|access_token|refresh_token)(=)[^&\s"'<>]+/gi, `$1$2${REDACTED}`],
  [/(["'](?:client_secret|access_token|refresh_token)["']\s*:\s*["'])(?:[^"'\\]|\\.)*/gi, `$1${REDACTED}`],
  // The same as text inside JSON.
  [/(\\"(?:client_secret|access_token|refresh_token)\\"\s*:\s*\\")[^"\\]*/gi, `$1${REDACTED}`],
];

/** Every way in which a secret is spelt inside a URL, a form or JSON. */
function spellings(secret: string): string[] {
  // By way of UTF-8, since half a surrogate pair cannot be encoded.
  const encoded = encodeURIComponent(Buffer.from(secret).toString());
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const json = JSON.stringify(secret).slice(1, -1);
  // As text inside of JSON, too.
  return [secret, encoded, encoded.toLowerCase(), form, json, JSON.stringify(json).slice(1, -1)];
}

/** A text that ends with the beginning of a secret, without that. */
function withoutCutSecret(cut: string, secrets: readonly string[]): string {
  // Half of a character, as JSON writes it.
  const text = cut.replace(/\\u[\da-f]{4}$/i, "");
  for (const secret of secrets) {
    const maxLength = Math.min(secret.length - 1, text.length);
    for (let length = maxLength; length >= SHORTEST_SECRET; length -= 1)
      if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}${REDACTED}`;
  }
  return cut;
}

/** A redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  let knownSecrets: string[] = [];
  return {
    add(secret) {
      if (secret.length < SHORTEST_SECRET || knownSecrets.includes(secret)) return;
      // The longest first, so that a secret that begins with another one does not leave its tail behind.
      knownSecrets = [...new Set([...knownSecrets, ...spellings(secret)])].sort((a, b) => b.length - a.length);
    },
    text(text) {
      const withoutSecrets = knownSecrets.reduce((rest, secret) => rest.split(secret).join(REDACTED), text);
      const withoutCutSecrets = withoutSecrets
        .split(ELLIPSIS)
        .reduce((before, after) => `${withoutCutSecret(before, knownSecrets)}${ELLIPSIS}${after}`);
      return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withoutCutSecrets);
    },
  };
}
