import { fc, samples } from "../../properties";
import { missingSettings, SettingsMissingError } from "../../../provider/settings-errors";
import { SETTING_NAMES, settingMistakes } from "../../../model";
import { environmentVariable } from "../../../model/settings/table";
import { parseSettings } from "../../../model/settings/settings";

const ORG = "1234567890ABCDEF@AdobeOrg";
const mistakesOf = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  parseSettings(config, environment).mistakes.map(({ path, message }) => `${path}: ${message}`);

test("nothing set is no mistake, and has the documented defaults", () => {
  expect(parseSettings({}, {})).toEqual({
    settings: {
      checkTarget: "warn",
      exclusive: false,
      sandbox: "prod",
      cjaUrl: "https://cja.adobe.io",
      platformUrl: "https://platform.adobe.io/data/core/ups",
      imsUrl: "https://ims-na1.adobelogin.com",
      allowHttp: false,
      dialect: "auto",
      validate: "always",
      requestsPerMinute: 60,
      maxConcurrent: 6,
      maxSegmentsPerJob: 1500,
      requestTimeoutMs: 60_000,
    },
    mistakes: [],
    secrets: [],
    setCommand: "pulumi config set",
  });
});

test("the names of settings and variables are those of the documents", () => {
  expect(Object.fromEntries(SETTING_NAMES.map((name) => [name, environmentVariable(name)]))).toEqual({
    orgId: "CJA_ORG_ID",
    clientId: "CJA_CLIENT_ID",
    clientSecret: "CJA_CLIENT_SECRET",
    scopes: "CJA_SCOPES",
    accessToken: "CJA_ACCESS_TOKEN",
    sandbox: "CJA_SANDBOX",
    cjaUrl: "CJA_URL",
    platformUrl: "CJA_PLATFORM_URL",
    imsUrl: "CJA_IMS_URL",
    allowHttp: "CJA_ALLOW_HTTP",
    dialect: "CJA_DIALECT",
    validate: "CJA_VALIDATE",
    checkTarget: "CJA_CHECK_TARGET",
    exclusive: "CJA_EXCLUSIVE",
    requestsPerMinute: "CJA_REQUESTS_PER_MINUTE",
    maxConcurrent: "CJA_MAX_CONCURRENT",
    maxSegmentsPerJob: "CJA_MAX_SEGMENTS_PER_JOB",
    maxRunsPerDay: "CJA_MAX_RUNS_PER_DAY",
    rateLimitStore: "CJA_RATE_LIMIT_STORE",
    requestTimeout: "CJA_REQUEST_TIMEOUT",
  });
});

/** A value that is in order, and another, for each setting. */
const VALUES = {
  orgId: [ORG, "OTHER@AdobeOrg"],
  clientId: ["client-a", "client-b"],
  clientSecret: ["secret-a", "secret-b"],
  scopes: ["openid", "openid,AdobeID"],
  accessToken: ["token-a", "token-b"],
  sandbox: ["dev", "stage"],
  cjaUrl: ["https://a.example", "https://b.example"],
  platformUrl: ["https://a.example/ups", "https://b.example/ups"],
  imsUrl: ["http://127.0.0.1:4080", "http://127.0.0.1:4081"],
  allowHttp: ["true", "false"],
  dialect: ["guide", "reference"],
  validate: ["apply", "never"],
  checkTarget: ["always", "apply"],
  exclusive: ["true", "false"],
  requestsPerMinute: ["30", "120"],
  maxConcurrent: ["1", "12"],
  maxSegmentsPerJob: ["10", "2000"],
  maxRunsPerDay: ["2", "50"],
  rateLimitStore: ["redis://127.0.0.1:6379", "rediss://user:word@cache.example.com/1"],
  requestTimeout: ["90s", "2m"],
} as const;
const WHERE = ["orgId", "sandbox", "cjaUrl", "platformUrl", "imsUrl"];

describe.each(SETTING_NAMES)("%s", (name) => {
  const [one, other] = VALUES[name];
  const key = `cja:${name}`;
  const variable = environmentVariable(name);
  const result = (config: string, environment: string) => parseSettings({ [key]: config }, { [variable]: environment });

  test("is read from the stack's config and from the environment alike", () => {
    const { settings, mistakes } = result(one, "");
    expect(mistakes).toEqual([]);
    expect(settings).not.toEqual(parseSettings({}, {}).settings);
    expect(result("", one)).toEqual(result(one, ""));
  });

  test("counts as not given where it is empty or blank", () => {
    expect(result("", " \n")).toEqual(parseSettings({}, {}));
    expect(result(` ${one} `, "")).toEqual(result(one, ""));
  });

  test("has no mistake where both places agree", () => {
    expect(result(one, one).mistakes).toEqual([]);
  });

  if (WHERE.includes(name)) {
    test("is a mistake where the places differ, since nothing may be sent to the wrong one", () => {
      expect(result(one, other).mistakes).toEqual([
        {
          path: key,
          message: `found "${one}" in the stack's config but "${other}" in ${variable}; unset the one that is wrong`,
        },
      ]);
    });
  } else {
    test("is taken from the environment where the places differ", () => {
      expect(result(one, other).settings).toEqual(result("", other).settings);
    });
  }
});

test.each([
  ["a slash at the end", "https://cja.example", "https://cja.example/"],
  ["the case of the host", "https://cja.example", "HTTPS://CJA.example"],
])("URLs that differ only in %s lead to the same place", (_what, config, environment) => {
  expect(mistakesOf({ "cja:cjaUrl": config }, { CJA_URL: environment })).toEqual([]);
});

test("a URL loses the slash at its end", () => {
  expect(parseSettings({ "cja:cjaUrl": "https://cja.example//" }, {}).settings.cjaUrl).toBe("https://cja.example");
});

describe("a value that is malformed", () => {
  const URL_WANTED = "expected a URL such as https://cja.adobe.io, without user, query and fragment";
  test.each([
    ["cjaUrl", "not a url", URL_WANTED],
    ["cjaUrl", "cja.adobe.io", URL_WANTED],
    ["cjaUrl", "ftp://cja.adobe.io", URL_WANTED],
    ["sandbox", "my dev", "expected a sandbox's name, without spaces"],
    ["dialect", "swagger", "expected one of auto, guide, reference"],
    ["validate", "true", "expected one of always, apply, never"],
    ["requestsPerMinute", "0", "expected a whole number from 1"],
    ["maxConcurrent", "1.5", "expected a whole number from 1"],
    ["maxConcurrent", "many", "expected a whole number from 1"],
    ["maxSegmentsPerJob", "-1", "expected a whole number from 1"],
    ["maxRunsPerDay", "0", "expected a whole number from 1"],
    ["requestTimeout", "60", 'expected a duration such as "90s", "30m", "4h" or "1h30m" (up to 24 days)'],
  ] as const)("%s: %p is told with the place and what is allowed", (name, text, expected) => {
    const key = `cja:${name}`;
    expect(mistakesOf({ [key]: text })).toEqual([
      `${key}: found ${JSON.stringify(text)} in the stack's config, ${expected}`,
    ]);
    expect(mistakesOf({}, { [environmentVariable(name)]: text })).toEqual([
      `${key}: found ${JSON.stringify(text)} in ${environmentVariable(name)}, ${expected}`,
    ]);
  });

  test("does not count where the environment overrules it", () => {
    expect(mistakesOf({ "cja:maxConcurrent": "many" }, { CJA_MAX_CONCURRENT: "3" })).toEqual([]);
  });

  test("is told together with the others, and with the places that differ", () => {
    const paths = parseSettings(
      { "cja:orgId": ORG, "cja:cjaUrl": "x", "cja:maxConcurrent": "many" },
      { CJA_ORG_ID: "OTHER@AdobeOrg", CJA_REQUEST_TIMEOUT: "soon" },
    ).mistakes.map(({ path }) => path);
    expect(paths).toEqual(["cja:orgId", "cja:cjaUrl", "cja:maxConcurrent", "cja:requestTimeout"]);
  });

  test("never shows a password in a URL", () => {
    const config = { "cja:cjaUrl": "https://user:hunter2@cja.adobe.io" };
    expect(mistakesOf(config)).toEqual([
      `cja:cjaUrl: found "https://…@cja.adobe.io" in the stack's config, ${URL_WANTED}`,
    ]);
    expect(mistakesOf({ "cja:cjaUrl": "https://:hunter2@cja.adobe.io" })).toHaveLength(1);
    expect(mistakesOf(config, { CJA_URL: "https://cja.adobe.io" }).join()).not.toContain("hunter2");
  });

  test.each(["https://cja.adobe.io?key=hunter2", "https://cja.adobe.io#hunter2", "cja.adobe.io?hunter2"])(
    "never shows what follows ? or # of %p",
    (text) => expect(mistakesOf({ "cja:cjaUrl": text })).toEqual([expect.not.stringContaining("hunter2")]),
  );

  test.each([
    "https:user:hunter2@cja.adobe.io",
    "user:hunter2@cja.adobe.io",
    "https://a@b:hunter2@cja.adobe.io",
    "//u:hunter2@h",
  ])("never shows what is before the @ of %p", (text) => {
    expect(mistakesOf({}, { CJA_URL: text }).join()).toContain("…@");
    expect(mistakesOf({}, { CJA_URL: text }).join()).not.toContain("hunter2");
  });

  test.each([
    "hunter2",
    "127.0.0.1:6379",
    "redis:hunter2@cache",
    "redis://:hunter2%@cache",
    "redis://hunter2%zz:x@cache",
    "redis://user:hunter2/x@cache",
    "redis://user:12/hunter2@cache",
    "redis://:hunter2#x@cache",
    "redis://cache/hunter2",
    "redis://cache:0",
    "redis://cache:6379/0/",
    "redis://cache?password=hunter2",
    "https://hunter2@cache",
    "rediss://",
  ])("rateLimitStore: %p is told with the place, and nothing of it is shown", (text) => {
    const mistakes = [...mistakesOf({ "cja:rateLimitStore": text }), ...mistakesOf({}, { CJA_RATE_LIMIT_STORE: text })];
    expect(mistakes).toEqual([
      expect.stringMatching(
        /^cja:rateLimitStore: found a value \(secret, not shown\) in the stack's config, expected a URL/,
      ),
      expect.stringMatching(
        /^cja:rateLimitStore: found a value \(secret, not shown\) in CJA_RATE_LIMIT_STORE, expected a URL/,
      ),
    ]);
    expect(mistakes.join()).not.toContain("hunter2");
    expect(parseSettings({}, { CJA_RATE_LIMIT_STORE: text }).settings.rateLimitStore).toBeUndefined();
  });

  test.each([
    "redis://cache",
    "redis://cache/",
    "redis://[::1]:6379/15",
    "rediss://u:p%40%25@cache",
    "redis://:p@q@cache",
  ])("rateLimitStore: %p is in order", (text) => {
    expect(mistakesOf({}, { CJA_RATE_LIMIT_STORE: text })).toEqual([]);
  });
});

describe("a URL without TLS", () => {
  const URLS = ["cjaUrl", "platformUrl", "imsUrl"] as const;
  const loopback = fc.oneof(
    fc.constantFrom("localhost", "LOCALHOST", "[::1]", "[0:0:0:0:0:0:0:1]", "127.1", "0x7f.0.0.1", "2130706433"),
    fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((numbers) => `127.${numbers.join(".")}`),
  );
  const foreign = fc.oneof(
    fc.constantFrom(
      "localhost.example.com",
      "127.0.0.1.example.com",
      "127.example.com",
      "[::2]",
      "[::ffff:7f00:1]",
      "0.0.0.0",
    ),
    fc
      .tuple(fc.integer({ min: 128, max: 255 }), fc.nat(255), fc.nat(255), fc.nat(255))
      .map((numbers) => numbers.join(".")),
    fc.domain(),
  );
  const mistakes = (setting: (typeof URLS)[number], url: string, allowed: object = {}) =>
    parseSettings({ [`cja:${setting}`]: url, ...allowed }, {}).mistakes;

  test("is refused, and nothing of it is lost in the advice", () => {
    expect(mistakesOf({}, { CJA_IMS_URL: "http://ims.example.com" })).toEqual([
      'cja:imsUrl: found "http://ims.example.com" in CJA_IMS_URL, which sends the credentials unencrypted; ' +
        "use https://, or set cja:allowHttp (CJA_ALLOW_HTTP) to true where nobody can listen",
    ]);
  });

  test("is refused but for this machine, or where it is allowed", () => {
    const port = fc.constantFrom("", ":4080");
    fc.assert(
      fc.property(fc.constantFrom(...URLS), loopback, foreign, port, (setting, here, elsewhere, port) => {
        expect(mistakes(setting, `http://${here}${port}/path`)).toEqual([]);
        expect(mistakes(setting, `HTTP://${elsewhere}${port}/path`)).toHaveLength(1);
        expect(mistakes(setting, `http://${elsewhere}${port}`, { "cja:allowHttp": "true" })).toEqual([]);
        expect(mistakes(setting, `https://${elsewhere}${port}`)).toEqual([]);
      }),
      { numRuns: samples(1000) },
    );
  });
});

test("whatever is given for a secret setting, no message shows it", () => {
  const secret = fc.constantFrom("clientSecret", "accessToken", "rateLimitStore");
  const around = fc.constantFrom(
    "",
    "redis://",
    "redis://:",
    "redis://user:",
    "https://",
    "redis:",
    "user:",
    "//",
    " ",
    "?",
    "%",
  );
  const behind = fc.constantFrom("", "@cache", "@cache:6379/0", ":6379", "/0", "@", "#x", "?x", "%", "\n", "@a@b");
  const place = fc.constantFrom("config", "environment", "both");
  fc.assert(
    fc.property(secret, around, behind, place, fc.uuid(), (setting, before, after, where, canary) => {
      const text = `${before}${canary}${after}`;
      const config = where === "environment" ? {} : { [`cja:${setting}`]: text };
      const environment =
        where === "config" ? {} : { [environmentVariable(setting)]: where === "both" ? `${text}x` : text };
      const parsed = parseSettings(config, environment);
      expect(JSON.stringify(parsed.mistakes)).not.toContain(canary);
      expect(parsed.secrets.join("\n")).toContain(canary);
    }),
    { numRuns: samples(1000) },
  );
});

test("numbers and flags of a YAML file arrive as such, and are read as text", () => {
  const config = { "cja:maxConcurrent": 3, "cja:orgId": true, "cja:sandbox": null } as unknown as Record<
    string,
    string
  >;
  expect(parseSettings(config, {}).settings).toMatchObject({ maxConcurrent: 3, orgId: "true", sandbox: "prod" });
});

test("whatever the settings are, reading them never throws", () => {
  const values = fc.record(Object.fromEntries(SETTING_NAMES.map((name) => [`cja:${name}`, fc.string()])));
  const variables = fc.record(
    Object.fromEntries(SETTING_NAMES.map((name) => [environmentVariable(name), fc.string()])),
  );
  fc.assert(fc.property(values, variables, (config, environment) => void parseSettings(config, environment)));
});

describe("a secret and an access token", () => {
  test.each([
    ["both in the environment", {}, { CJA_CLIENT_SECRET: "s", CJA_ACCESS_TOKEN: "t" }, "t"],
    ["both in the config", { "cja:clientSecret": "s", "cja:accessToken": "t" }, {}, "t"],
    ["the token in the environment", { "cja:clientSecret": "s" }, { CJA_ACCESS_TOKEN: "t" }, "t"],
    ["the secret in the environment", { "cja:accessToken": "t" }, { CJA_CLIENT_SECRET: "s" }, undefined],
  ])("%s", (_what, config, environment, token) => {
    expect(parseSettings(config, environment).settings.accessToken).toBe(token);
  });
});

describe("what a request needs and is not set", () => {
  const missing = (environment: Record<string, string>) => missingSettings(parseSettings({}, environment).settings);

  test.each([
    [{}, ["orgId", "clientId", "clientSecret"]],
    [{ CJA_ORG_ID: ORG }, ["clientId", "clientSecret"]],
    [{ CJA_ORG_ID: ORG, CJA_CLIENT_ID: "c", CJA_CLIENT_SECRET: "" }, ["clientSecret"]],
    [{ CJA_ORG_ID: ORG, CJA_ACCESS_TOKEN: "t" }, ["clientId"]],
    [{ CJA_ORG_ID: ORG, CJA_CLIENT_ID: "c", CJA_ACCESS_TOKEN: "t" }, []],
    [{ CJA_ORG_ID: ORG, CJA_CLIENT_ID: "c", CJA_CLIENT_SECRET: "s" }, []],
  ])("%p lacks %p", (environment, expected) => {
    expect(missing(environment)).toEqual(expected);
  });

  test("is told in one error, with the settings, the variables and the command", () => {
    expect(new SettingsMissingError(["orgId", "clientId", "clientSecret"], "pulumi config set").message).toBe(
      "Could not sign in to Adobe: cja:orgId is not set. Neither are cja:clientId and cja:clientSecret. " +
        "Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, CJA_CLIENT_SECRET, or the stack's config: " +
        "pulumi config set cja:orgId <value>, pulumi config set cja:clientId <value>, " +
        "pulumi config set --secret cja:clientSecret <value> (cja:accessToken, CJA_ACCESS_TOKEN, can replace the secret)",
    );
    expect(new SettingsMissingError(["clientId"], "pulumi config set").message).toBe(
      "Could not sign in to Adobe: cja:clientId is not set. Set the environment variable CJA_CLIENT_ID, " +
        "or the stack's config: pulumi config set cja:clientId <value>",
    );
    expect(new SettingsMissingError(["clientSecret"], "pulumi config set --stack dev").message).toContain(
      "pulumi config set --stack dev --secret cja:clientSecret <value>",
    );
    expect(new SettingsMissingError(["orgId", "clientId", "clientSecret"], undefined).message).toBe(
      "Could not sign in to Adobe: CJA_ORG_ID is not set. Neither are CJA_CLIENT_ID and CJA_CLIENT_SECRET. " +
        "Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, CJA_CLIENT_SECRET (CJA_ACCESS_TOKEN can replace the secret)",
    );
  });
});

describe("keys of the stack's config that are no settings", () => {
  it("are mistakes, with the nearest setting", () => {
    expect(settingMistakes(["cja:requestPerMinute", "cja:orgID", "cja:whatever", "aws:region", "cja:sandbox"])).toEqual(
      [
        { path: "cja:requestPerMinute", message: 'there is no such setting; did you mean "cja:requestsPerMinute"?' },
        { path: "cja:orgID", message: 'there is no such setting; did you mean "cja:orgId"?' },
        {
          path: "cja:whatever",
          message: expect.stringMatching(/^there is no such setting; the settings are orgId, /) as string,
        },
      ],
    );
  });
});
