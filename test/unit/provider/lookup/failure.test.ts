import { toLookupFailure } from "../../../../provider/lookup-failure";
import {
  AuthenticationError,
  CredentialsMissingError,
  NetworkError,
  NotFoundError,
} from "../../../../provider/http/errors";
import { openLookups } from "../../../../provider/lookups";
import { LookupError } from "../../../../provider/resolve-by-name";

const request = { operation: "sign in to Adobe", method: "POST", path: "/ims/token/v3", happened: "it failed" };
const redact = (text: string) => text.replaceAll("p8e-x", "[redacted]");
const missing = new CredentialsMissingError("cja:clientSecret", "CJA_CLIENT_SECRET");

test.each([
  ["a network that is down", new NetworkError(request), true],
  ["credentials that are wrong", new AuthenticationError(request), true],
  ["credentials that are not there", missing, true],
  ["what is not found", new NotFoundError(request), false],
  ["what there is none of", new LookupError("there is none"), false],
])("the failure of all lookups is told once: %s", (_, thrown, common) => {
  expect(toLookupFailure(thrown, { redact, validate: "always" })).toEqual({
    text: thrown.message,
    affectsAllLookups: common,
  });
});

test("who leaves credentials out of previews by cja:validate is told that lookups need them there", () => {
  const { text, affectsAllLookups } = toLookupFailure(missing, { redact, validate: "apply" });
  expect(text).toMatch(
    /^Could not sign in .* cja:validate \(CJA_VALIDATE\) is apply: .* need no credentials, but lookups do/,
  );
  expect(affectsAllLookups).toBe(true);
  expect(toLookupFailure(new AuthenticationError(request), { redact, validate: "apply" }).text).not.toContain(
    "validate",
  );
});

test("a mistake of ours is told with its lines, without secrets", () => {
  const { text, affectsAllLookups } = toLookupFailure(new TypeError("p8e-x is no function"), {
    redact,
    validate: "apply",
  });
  expect(text).toMatch(/^TypeError: \[redacted\] is no function\n\s+at [^]*please report it, with these lines\.$/);
  expect(affectsAllLookups).toBe(false);
});

describe("no failure of an opened lookup shows", () => {
  const secrets = { CJA_CLIENT_SECRET: "clientsecret-canary", CJA_ACCESS_TOKEN: "accesstoken-canary" };
  const opened = openLookups({ "cja:orgId": "1@AdobeOrg" }, secrets, () => undefined);
  opened.keepSecret("argument-canary");
  const said = `not clientsecret-canary, accesstoken-canary or argument-canary`;

  test.each([
    ["what there is none of", new LookupError(said)],
    ["what the service refuses", new NotFoundError({ ...request, happened: said })],
    ["a mistake of ours", new TypeError(said)],
  ])("a secret setting, or an argument that a program keeps secret: %s", (_, thrown) => {
    const { text } = opened.toLookupFailure(thrown);
    expect(text).toContain("[redacted]");
    expect(text).not.toContain("canary");
  });
});
