import { changedSettings, checkConfig, isExplicit, settingsOf } from "../../../../provider/native/configuration";
import { UNKNOWN } from "../../../../model/is-unknown";

describe("the settings that a provider keeps", () => {
  test("are those that there are, and what the engine adds", () => {
    const given = { orgId: "A", version: "1.0.0", __internal: { a: 1 }, environment: "{}", scopes: null };
    expect(checkConfig(given)).toEqual({
      inputs: { orgId: "A", version: "1.0.0", __internal: { a: 1 } },
      failures: [],
    });
  });

  test("have names, and are texts", () => {
    expect(checkConfig({ orgid: "A", clientId: ["a"] }).failures).toEqual([
      'cja:orgid: there is no such setting; did you mean "cja:orgId"?',
      "cja:clientId: expected a string, found a list or an object",
    ]);
  });
});

test("a setting that differs is told; what is unknown may differ", () => {
  const olds = { orgId: "A", clientSecret: "old", sandbox: "dev", version: "1.0.0" };
  const news = { orgId: "A", clientSecret: "new", scopes: UNKNOWN, version: "1.1.0" };
  expect(changedSettings(olds, news)).toEqual(["clientSecret", "sandbox", "scopes"]);
});

test.each([
  ["urn:pulumi:dev::web::pulumi:providers:cja::default", false],
  ["urn:pulumi:dev::web::pulumi:providers:cja::default_0_1_0", false],
  ["urn:pulumi:dev::web::pulumi:providers:cja::other", true],
  ["urn:pulumi:dev::web::pulumi:providers:cja::defaults", true],
])("%s is made by a program: %p", (urn, expected) => {
  expect(isExplicit(urn)).toBe(expected);
});

describe("where stack config and variables differ", () => {
  const args = { orgId: "A", clientId: "client", maxConcurrent: "3" };
  const environment = { CJA_ORG_ID: "B", CJA_CLIENT_ID: "other", CJA_SANDBOX: "dev", CJA_MAX_CONCURRENT: "4" };

  test("for a stack it is as with dynamic resources", () => {
    const { settings, mistakes } = settingsOf(args, false, environment);
    expect(mistakes.map(({ path }) => path)).toEqual(["cja:orgId"]);
    expect(settings).toMatchObject({ clientId: "other", maxConcurrent: 4 });
  });

  test("a provider that a program makes has its own way, and the rest from the variables", () => {
    const { settings, mistakes } = settingsOf(args, true, environment);
    expect(mistakes).toEqual([]);
    expect(settings).toMatchObject({ orgId: "A", clientId: "client", maxConcurrent: 3, sandbox: "dev" });
  });

  test.each([
    [{ accessToken: "token" }, { CJA_CLIENT_SECRET: "secret" }, { accessToken: "token" }],
    [{ clientSecret: "secret" }, { CJA_ACCESS_TOKEN: "token" }, { clientSecret: "secret" }],
  ])("its credential stands for both: %j", (given, variables, expected) => {
    const { settings } = settingsOf(given, true, variables);
    const { accessToken, clientSecret } = settings;
    expect(JSON.parse(JSON.stringify({ accessToken, clientSecret }))).toEqual(expected);
  });

  test("numbers and flags may be such", () => {
    expect(settingsOf({ maxConcurrent: 3, allowHttp: true }, true, {}).settings).toMatchObject({
      maxConcurrent: 3,
      allowHttp: true,
    });
  });
});
