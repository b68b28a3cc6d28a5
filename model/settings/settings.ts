import { DEFAULT_MAX_SEGMENTS, parseDuration, DURATION_EXAMPLES, type Mistake, type Setting } from "..";
import { isLoopback } from "./loopback";
import { differing, read, secretTexts, showSetting, variableOf, type Given, type RawSettings } from "./table";

export type DialectSetting = "auto" | "guide" | "reference";
export type CheckTargetSetting = "warn" | "never" | "always" | "apply";
export type ValidateSetting = "always" | "apply" | "never";

/** Everything that a stack or a shell can set, parsed. What is missing is asked for when a request needs it. */
export interface Settings {
  readonly orgId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly scopes?: string;
  readonly accessToken?: string;
  readonly sandbox: string;
  readonly cjaUrl: string;
  readonly platformUrl: string;
  readonly imsUrl: string;
  /** Whether credentials may go without TLS to another machine. */
  readonly allowHttp: boolean;
  readonly dialect: DialectSetting;
  readonly validate: ValidateSetting;
  /** Whether each definition's dimensions and metrics are looked for in its data view before anything is written, and what comes of it. */
  readonly checkTarget: CheckTargetSetting;
  /** Whether it is an error to take over a segment that another stack has. */
  readonly exclusive: boolean;
  readonly requestsPerMinute: number;
  readonly maxConcurrent: number;
  /** A Redis in which all runners count together, with its password. */
  readonly rateLimitStore?: string;
  readonly maxSegmentsPerJob: number;
  /** Whether somebody has set that. */
  readonly maxSegmentsGiven?: true;
  /** How many runs on demand a sandbox may have in a day, by UTC; one above it is refused. */
  readonly maxRunsPerDay?: number;
  readonly requestTimeoutMs: number;
}

const COUNT = "a whole number from 1";

/** Settings together with what is wrong in them: malformed values, and places that stack config and environment disagree on. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly mistakes: readonly Mistake[];
  /** What no message may show: all that secret settings hold, those among them that are malformed or do not count. */
  readonly secrets: readonly string[];
  /** What sets the stack's config, before a setting's key; undefined where none is read. */
  readonly setCommand: string | undefined;
}

/**
 * Reads the settings of a stack.
 *
 * @param config the stack's config by full key (`cja:orgId`), secrets in clear.
 * @param environment the process's variables.
 * @returns never throws: mistakes are reported by the first step that the engine asks for, what is missing by the first request.
 */
export function parseSettings(config: RawSettings, environment: RawSettings): ParsedSettings {
  const mistakes: Mistake[] = differing(config, environment);
  const given = (setting: Setting) => read(setting, config, environment);
  const parsed = <T>(setting: Setting, normal: T, parse: (text: string) => T | undefined, expected: string): T => {
    const found = given(setting);
    if (found === undefined) return normal;
    const value = parse(found.text);
    if (value !== undefined) return value;
    const message = `found ${showSetting(setting, found.text)} in ${found.place}, expected ${expected}`;
    mistakes.push({ path: `cja:${setting}`, message });
    return normal;
  };
  const optional = (setting: Setting) => {
    const found = given(setting);
    return found === undefined ? {} : { [setting]: found.text };
  };
  const oneOf = <T extends string>(setting: Setting, words: readonly [T, ...T[]]): T =>
    parsed(setting, words[0], (text) => words.find((word) => word === text), `one of ${words.join(", ")}`);
  const count = (setting: Setting, normal: number) => parsed(setting, normal, parseCount, COUNT);
  const allowHttp = oneOf("allowHttp", ["false", "true"]) === "true";
  const url = (setting: Setting, normal: string) => {
    const text = parsed(setting, normal, parseUrl, `a URL such as ${normal}, without user, query and fragment`);
    if (new URL(text).protocol === "https:" || allowHttp || isLoopback(text)) return text;
    const place = given(setting)?.place;
    const message = `found ${showSetting(setting, text)} in ${place}, by which everybody on the way reads the credentials; write https://, or set cja:allowHttp (${variableOf("allowHttp")}) to true where nobody else is on the way`;
    mistakes.push({ path: `cja:${setting}`, message });
    return text;
  };
  const store = parsed<string | undefined>(
    "rateLimitStore",
    undefined,
    parseRedisUrl,
    "a URL such as redis://:password@cache.example.com:6379/0 (rediss:// for TLS; in a password %, /, # and ? are written as %25, %2F, %23 and %3F)",
  );
  const perDay = (most: number | undefined) => (most === undefined ? {} : { maxRunsPerDay: most });
  const settings: Settings = {
    ...optional("orgId"),
    ...optional("clientId"),
    ...optional("clientSecret"),
    ...optional("scopes"),
    ...(secretOutranksToken(given) ? {} : optional("accessToken")),
    sandbox: parsed(
      "sandbox",
      "prod",
      (text) => (/\s/.test(text) ? undefined : text),
      "a sandbox's name, without blanks",
    ),
    cjaUrl: url("cjaUrl", "https://cja.adobe.io"),
    platformUrl: url("platformUrl", "https://platform.adobe.io/data/core/ups"),
    imsUrl: url("imsUrl", "https://ims-na1.adobelogin.com"),
    allowHttp,
    dialect: oneOf("dialect", ["auto", "guide", "reference"]),
    validate: oneOf("validate", ["always", "apply", "never"]),
    checkTarget: oneOf("checkTarget", ["warn", "never", "always", "apply"]),
    exclusive: oneOf("exclusive", ["false", "true"]) === "true",
    requestsPerMinute: count("requestsPerMinute", 60),
    maxConcurrent: count("maxConcurrent", 6),
    ...(store !== undefined && { rateLimitStore: store }),
    maxSegmentsPerJob: count("maxSegmentsPerJob", DEFAULT_MAX_SEGMENTS),
    ...(given("maxSegmentsPerJob") && { maxSegmentsGiven: true as const }),
    ...perDay(parsed<number | undefined>("maxRunsPerDay", undefined, parseCount, COUNT)),
    requestTimeoutMs: parsed("requestTimeout", 60_000, parseDuration, `a duration such as ${DURATION_EXAMPLES}`),
  };
  return { settings, mistakes, secrets: secretTexts(config, environment), setCommand: SET_COMMAND };
}

const SET_COMMAND = "pulumi config set";

/** A secret in the environment, and only a token in the config: that token is from an earlier day. */
function secretOutranksToken(given: (setting: Setting) => Given | undefined): boolean {
  return (
    given("clientSecret")?.place === variableOf("clientSecret") &&
    given("accessToken")?.place !== variableOf("accessToken")
  );
}

function parseCount(text: string): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? number : undefined;
}

function parseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, search, hash, username, password } = new URL(text);
  const plain = search === "" && hash === "" && username === "" && password === "";
  return plain && (protocol === "https:" || protocol === "http:") ? text.replace(/\/+$/, "") : undefined;
}

function parseRedisUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
  if (protocol !== "redis:" && protocol !== "rediss:") return undefined;
  const plain = hostname !== "" && port !== "0" && /^(\/\d*)?$/.test(pathname) && search === "" && hash === "";
  return plain && isEncoded(username) && isEncoded(password) ? text : undefined;
}

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
