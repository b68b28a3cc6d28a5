/** Whether a URL leads to this machine, by its host alone: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: string): boolean {
  // Whatever way an IPv4 address is written, the parser answers four numbers: `127.0.0.1.example.com` stays a name.
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** The URL of an API, without the slash at its end. */
export function parseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, search, hash, username, password } = new URL(text);
  const isPlain = search === "" && hash === "" && username === "" && password === "";
  return isPlain && (protocol === "https:" || protocol === "http:") ? text.replace(/\/+$/, "") : undefined;
}

/** The URL of a Redis, which may have a user, a password and the number of a database. */
export function parseRedisUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
  if (protocol !== "redis:" && protocol !== "rediss:") return undefined;
  const isPlain = hostname !== "" && port !== "0" && /^(\/\d*)?$/.test(pathname) && search === "" && hash === "";
  return isPlain && tryDecode(username) !== undefined && tryDecode(password) !== undefined ? text : undefined;
}

/** Whether two texts are the same, or URLs that differ by a slash at the end or by the case of the host. */
export const isSameUrl = (one: string, other: string): boolean => normalizeUrl(one) === normalizeUrl(other);
const normalizeUrl = (text: string): string => (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, "");

/**
 * A text for a message. What stands before the `@` of a URL may be a password, also where it is not quite a URL, and what follows `?`
 * or `#` a key.
 */
export const hidePasswords = (text: string): string =>
  text.replace(/^([a-z][a-z\d+.-]*:\/\/).*@|^[^@]*:.*@/is, "$1…@").replace(/^([^?#]*[?#]).+$/s, "$1…");

/** The password in a URL, as it is written, and as it is meant. */
export function findPasswords(url: string | undefined): string[] {
  const rawPassword = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^:@/]*:)?(.*)@/is.exec(url ?? "")?.[1];
  return rawPassword === undefined ? [] : [rawPassword, tryDecode(rawPassword) ?? rawPassword];
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
