import { SETTING_NAMES, type Mistake, type Setting } from "..";

export type RawSettings = Readonly<Record<string, string | undefined>>;

interface Row {
  readonly variable: string;
  readonly kind: "where" | "credential" | "tuning";
  readonly secret?: true;
}

/**
 * Where each setting stands, and whose word counts. `credential`: the environment wins, since the engine keeps the config of
 * the last deployment in state and a secret rotated only there would not reach `destroy` or `refresh`. `where`: the two must
 * agree, or a shell left pointing at the emulator would make a refresh of production find every segment gone. The rest is
 * tuning: the environment wins. `secret`: no message shows the value, in whatever form it is.
 */
const TABLE: Readonly<Record<Setting, Row>> = {
  orgId: { variable: "CJA_ORG_ID", kind: "where" },
  clientId: { variable: "CJA_CLIENT_ID", kind: "credential" },
  clientSecret: { variable: "CJA_CLIENT_SECRET", kind: "credential", secret: true },
  scopes: { variable: "CJA_SCOPES", kind: "credential" },
  accessToken: { variable: "CJA_ACCESS_TOKEN", kind: "credential", secret: true },
  sandbox: { variable: "CJA_SANDBOX", kind: "where" },
  cjaUrl: { variable: "CJA_URL", kind: "where" },
  platformUrl: { variable: "CJA_PLATFORM_URL", kind: "where" },
  imsUrl: { variable: "CJA_IMS_URL", kind: "where" },
  allowHttp: { variable: "CJA_ALLOW_HTTP", kind: "tuning" },
  dialect: { variable: "CJA_DIALECT", kind: "tuning" },
  validate: { variable: "CJA_VALIDATE", kind: "tuning" },
  checkTarget: { variable: "CJA_CHECK_TARGET", kind: "tuning" },
  exclusive: { variable: "CJA_EXCLUSIVE", kind: "tuning" },
  requestsPerMinute: { variable: "CJA_REQUESTS_PER_MINUTE", kind: "tuning" },
  maxConcurrent: { variable: "CJA_MAX_CONCURRENT", kind: "tuning" },
  rateLimitStore: { variable: "CJA_RATE_LIMIT_STORE", kind: "tuning", secret: true },
  maxSegmentsPerJob: { variable: "CJA_MAX_SEGMENTS_PER_JOB", kind: "tuning" },
  maxRunsPerDay: { variable: "CJA_MAX_RUNS_PER_DAY", kind: "tuning" },
  requestTimeout: { variable: "CJA_REQUEST_TIMEOUT", kind: "tuning" },
};

/** `CJA_ORG_ID`. */
export const variableOf = (setting: Setting): string => TABLE[setting].variable;

/** A value and the place that it comes from. */
export interface Given {
  readonly text: string;
  /** `the stack's config`, or the name of a variable; as it follows "in". */
  readonly place: string;
}

/** The value that counts; an empty text counts as not given, as an unset secret of a CI system arrives that way. */
export function read(setting: Setting, config: RawSettings, environment: RawSettings): Given | undefined {
  const variable = variableOf(setting);
  const inEnvironment = given(environment[variable]);
  if (inEnvironment !== undefined) return { text: inEnvironment, place: variable };
  const inConfig = given(config[`cja:${setting}`]);
  return inConfig === undefined ? undefined : { text: inConfig, place: "the stack's config" };
}

/** One mistake for each place that stack config and environment disagree on. */
export function differing(config: RawSettings, environment: RawSettings): Mistake[] {
  return SETTING_NAMES.flatMap((setting) => {
    const { variable, kind } = TABLE[setting];
    const inConfig = given(config[`cja:${setting}`]);
    const inEnvironment = given(environment[variable]);
    if (kind !== "where" || inConfig === undefined || inEnvironment === undefined || same(inConfig, inEnvironment))
      return [];
    const found = `found ${showSetting(setting, inConfig)} in the stack's config but ${showSetting(setting, inEnvironment)} in ${variable}`;
    return [{ path: `cja:${setting}`, message: `${found}; unset the one that is wrong` }];
  });
}

/**
 * A value for a message. What stands before the `@` of a URL may be a password, also where it is not quite a URL, and what follows `?`
 * or `#` a key.
 */
export const showSetting = (setting: Setting, text: string): string =>
  TABLE[setting].secret
    ? "a value (not shown, as it is secret)"
    : JSON.stringify(
        text.replace(/^([a-z][a-z\d+.-]*:\/\/).*@|^[^@]*:.*@/is, "$1…@").replace(/^([^?#]*[?#]).+$/s, "$1…"),
      );

/** The values of secret settings, wherever they stand, with the parts of those that are URLs, and the passwords of proxies. */
export function secretTexts(config: RawSettings, environment: RawSettings): string[] {
  const secret = SETTING_NAMES.filter((name) => TABLE[name].secret);
  const values = secret.flatMap((name) => [given(config[`cja:${name}`]), given(environment[variableOf(name)])]);
  const proxies = Object.entries(environment).flatMap(([name, value]) => (/_proxy$/i.test(name) ? [value] : []));
  return [...values.flatMap((value) => [value, ...passwordsOf(value)]), ...proxies.flatMap(passwordsOf)].filter(
    (text) => text !== undefined,
  );
}

/** As it is written, and as it is meant. */
function passwordsOf(url: string | undefined): string[] {
  const written = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^:@/]*:)?(.*)@/is.exec(url ?? "")?.[1];
  return written === undefined ? [] : [written, unescaped(written)];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Numbers and flags of a stack's YAML file arrive as such where they are not quoted. */
function given(value: string | number | boolean | null | undefined): string | undefined {
  const text = String(value ?? "").trim();
  return text === "" ? undefined : text;
}

const same = (a: string, b: string): boolean => normal(a) === normal(b);

/** URLs that differ by a slash at the end, or by the case of the host, lead to the same place. */
const normal = (text: string): string => (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, "");
