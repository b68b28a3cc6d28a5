import { DURATION_EXAMPLES, parseDuration } from "../duration";
import { DEFAULT_MAX_SEGMENTS } from "../segment-job";
import { parseRedisUrl, parseUrl } from "./urls";

/**
 * A setting: where it stands, whose word counts, what it may be, and what a reader has to know. Settings, their types, their checks,
 * the messages and docs/settings.md are made from it.
 */
export interface SettingRow {
  readonly variable: string;
  /**
   * `credential`: the environment wins, since the engine keeps the config of the last deployment in state and a secret rotated only
   * there would not reach `destroy` or `refresh`. `where`: the two must agree, or a shell left pointing at the emulator would make a
   * refresh of production find every segment gone. The rest is tuning: the environment wins.
   */
  readonly kind: "where" | "credential" | "tuning";
  /** No message shows the value, in whatever form it is. */
  readonly secret?: true;
  /** Every request needs it, or the setting that is named here. */
  readonly required?: true | "accessToken";
  /** What is sent to this URL is not for everybody to read. */
  readonly needsTls?: true;
  /** As somebody would set it. Without one, what nobody sets is absent. */
  readonly default?: string;
  /** What it may be, for messages. */
  readonly expected: string;
  /** The value of a text; undefined where it is none. */
  readonly parse: (text: string) => unknown;
  /** The document's words, in Markdown. */
  readonly about: string;
  /** What each of its words does. */
  readonly words?: Readonly<Record<string, string>>;
}

const locationSetting = (variable: string) => ({ variable, kind: "where" as const });
const credentialSetting = (variable: string) => ({ variable, kind: "credential" as const });
const tuningSetting = (variable: string) => ({ variable, kind: "tuning" as const });

const TEXT = { expected: "a string", parse: (text: string): string | undefined => text };
const COUNT = { expected: "a whole number from 1", parse: parseCount };

/** One of some words, of which the first is the default. */
const oneOf = <Word extends string>(words: Readonly<Record<Word, string>>) => {
  const known = Object.keys(words) as Word[];
  const parse = (text: string): Word | undefined => known.find((word) => word === text);
  return { default: String(known[0]), expected: `one of ${known.join(", ")}`, parse, words };
};

const flag = (words: Readonly<Record<"false" | "true", string>>) => ({
  ...oneOf(words),
  parse: (text: string): boolean | undefined => (text === "true" ? true : text === "false" ? false : undefined),
});

const url = (defaultUrl: string) => ({
  default: defaultUrl,
  needsTls: true as const,
  expected: `a URL such as ${defaultUrl}, without user, query and fragment`,
  parse: parseUrl,
});

export const SETTINGS_TABLE = {
  orgId: {
    ...locationSetting("CJA_ORG_ID"),
    required: true,
    ...TEXT,
    about: "The organisation, such as `1234567890ABCDEF@AdobeOrg`.",
  },
  clientId: {
    ...credentialSetting("CJA_CLIENT_ID"),
    required: true,
    ...TEXT,
    about: "The client ID of the credential in the Adobe Developer Console. It is also the API key.",
  },
  clientSecret: {
    ...credentialSetting("CJA_CLIENT_SECRET"),
    secret: true,
    required: "accessToken",
    ...TEXT,
    about: "The secret of the credential. The provider requests a token with it whenever it needs one.",
  },
  scopes: {
    ...credentialSetting("CJA_SCOPES"),
    ...TEXT,
    about: "The scopes of the credential, separated by commas or spaces, as the Developer Console shows them.",
  },
  accessToken: {
    ...credentialSetting("CJA_ACCESS_TOKEN"),
    secret: true,
    ...TEXT,
    about:
      "An access token instead of the secret. It expires after 24 hours and cannot be renewed. A secret in the environment outranks a token in the stack's config.",
  },
  sandbox: {
    ...locationSetting("CJA_SANDBOX"),
    default: "prod",
    expected: "a sandbox's name, without spaces",
    parse: (text: string): string | undefined => (/\s/.test(text) ? undefined : text),
    about: "The sandbox of audiences, segment jobs and lookups that do not name one.",
  },
  cjaUrl: {
    ...locationSetting("CJA_URL"),
    ...url("https://cja.adobe.io"),
    about: "The API of Customer Journey Analytics: segments, tags, shares, data views.",
  },
  platformUrl: {
    ...locationSetting("CJA_PLATFORM_URL"),
    ...url("https://platform.adobe.io/data/core/ups"),
    about: "The API of Experience Platform: audiences, merge policies, segment jobs.",
  },
  imsUrl: {
    ...locationSetting("CJA_IMS_URL"),
    ...url("https://ims-na1.adobelogin.com"),
    about: "Adobe's identity service, which issues tokens.",
  },
  allowHttp: {
    ...tuningSetting("CJA_ALLOW_HTTP"),
    ...flag({
      false: "the provider refuses URLs without TLS, except for this machine (`localhost`, `127.0.0.0/8`, `::1`)",
      true: "the provider sends credentials to such URLs, where others on the network can read them",
    }),
    about: "Whether credentials may be sent without TLS.",
  },
  dialect: {
    ...tuningSetting("CJA_DIALECT"),
    ...oneOf({
      auto: "the provider finds out which one the tenant speaks, and remembers it",
      guide: "the form in Adobe's guides",
      reference: "the form in Adobe's API reference",
    }),
    about: "Which of the two published forms of the segments API the provider uses.",
  },
  validate: {
    ...tuningSetting("CJA_VALIDATE"),
    ...oneOf({
      always: "in previews, too",
      apply: "only in `pulumi up`; previews of resources then need no credentials",
      never: "not at all",
    }),
    about: "When the provider asks Adobe to validate each new or changed definition, and expressions of audiences.",
  },
  checkTarget: {
    ...tuningSetting("CJA_CHECK_TARGET"),
    ...oneOf({
      warn: "the preview warns of what is missing, with the nearest name; not where `cja:validate` is `apply`",
      never: "it does not look",
      always: "what is missing is an error in the preview and in `pulumi up`",
      apply: "what is missing is an error in `pulumi up`",
    }),
    about:
      "Whether the provider looks for the dimensions and metrics of each new or changed definition in the data view before it writes anything.",
  },
  exclusive: {
    ...tuningSetting("CJA_EXCLUSIVE"),
    ...flag({ false: "a warning", true: "an error" }),
    about: "What happens if a program takes over a segment or an audience that another stack is known to have.",
  },
  requestsPerMinute: {
    ...tuningSetting("CJA_REQUESTS_PER_MINUTE"),
    default: "60",
    ...COUNT,
    about: "The most requests a minute to each of Adobe's two APIs. In 6 s a fifth of them are allowed, at least 12.",
  },
  maxConcurrent: {
    ...tuningSetting("CJA_MAX_CONCURRENT"),
    default: "6",
    ...COUNT,
    about: "The most requests at the same time to each of them.",
  },
  rateLimitStore: {
    ...tuningSetting("CJA_RATE_LIMIT_STORE"),
    secret: true,
    expected:
      "a URL such as redis://:password@cache.example.com:6379/0 (rediss:// for TLS; in a password %, /, # and ? are written as %25, %2F, %23 and %3F)",
    parse: parseRedisUrl,
    about:
      "A Redis (`redis://…`, `rediss://…` for TLS) in which all runners share the rate limit and [records of unfinished requests](decisions/unknown-outcomes.md). It needs `npm install @redis/client`. Without one, only the processes of one machine share them.",
  },
  maxSegmentsPerJob: {
    ...tuningSetting("CJA_MAX_SEGMENTS_PER_JOB"),
    default: String(DEFAULT_MAX_SEGMENTS),
    ...COUNT,
    about:
      "The most audiences in one segment job. If it is not set, more than 20 cause a warning, because newer versions of Adobe's guide allow no more.",
  },
  maxRunsPerDay: {
    ...tuningSetting("CJA_MAX_RUNS_PER_DAY"),
    ...COUNT,
    about:
      "The most on-demand runs of a sandbox in a day (UTC). A preview refuses a run above it; runners on several hosts can still race.",
  },
  requestTimeout: {
    ...tuningSetting("CJA_REQUEST_TIMEOUT"),
    default: "60s",
    expected: `a duration such as ${DURATION_EXAMPLES}`,
    parse: parseDuration,
    about: "How long one request may take, from the connection to the last byte.",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** The settings of a stack, by the name that follows `cja:`. */
export type Setting = keyof typeof SETTINGS_TABLE;
export const SETTING_NAMES = Object.keys(SETTINGS_TABLE) as readonly Setting[];

export const settingRow = (setting: Setting): SettingRow => SETTINGS_TABLE[setting];

/** Those that every request needs. */
export type RequiredSetting = {
  [Name in Setting]: (typeof SETTINGS_TABLE)[Name] extends { required: unknown } ? Name : never;
}[Setting];
export const REQUIRED_SETTINGS = SETTING_NAMES.filter(
  (name): name is RequiredSetting => settingRow(name).required !== undefined,
);

/** What only the program reads: the IDs of its environment. */
export const PROGRAM_SETTINGS: readonly string[] = ["environment"];

/** `CJA_ORG_ID`. */
export const environmentVariable = (setting: Setting): string => settingRow(setting).variable;

function parseCount(text: string): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? number : undefined;
}
