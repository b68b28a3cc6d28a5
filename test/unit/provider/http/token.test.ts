import { AuthenticationError, CredentialsMissingError } from "../../../../provider/http/errors";
import { createRedactor } from "../../../../provider/http/redact";
import { createGivenToken, createMissingToken } from "../../../../provider/http/token";

const jwt = (claims: object) =>
  ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");

describe("createGivenToken", () => {
  test.each([
    [
      "an IMS token",
      jwt({ created_at: "1767225600000", expires_in: "86400000" }),
      "expires at 2026-01-02T00:00:00.000Z and cannot be renewed",
    ],
    ["a standard JWT", jwt({ exp: 1_767_225_600 }), "expires at 2026-01-01T00:00:00.000Z and cannot be renewed"],
    ["a token without an end", jwt({ id: 1 }), "expires after 24 hours and cannot be renewed"],
    ["a token with claims that are no object", jwt([]), "expires after 24 hours and cannot be renewed"],
    ["an opaque token", "opaque-token", "expires after 24 hours and cannot be renewed"],
  ])("%s is never renewed, and its end is told", async (_, given, told) => {
    const token = createGivenToken(given, createRedactor());
    expect(await token.get()).toBe(given);
    const error: unknown = await token.renew(given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect((error as Error).message).toContain(told);
    expect((error as Error).message).toMatch(/cja:accessToken \(CJA_ACCESS_TOKEN\).*CJA_CLIENT_SECRET/);
    expect((error as Error).message).not.toContain(given);
  });

  test("is known to the redactor", () => {
    const redactor = createRedactor();
    createGivenToken("opaque-token", redactor);
    expect(redactor.text("it was opaque-token")).toBe("it was [redacted]");
  });
});

test("missing credentials are complained about when a token is asked for, not before", async () => {
  const token = createMissingToken("cja:clientSecret", "CJA_CLIENT_SECRET");
  await expect(token.get()).rejects.toThrow(CredentialsMissingError);
  await expect(token.renew("x")).rejects.toThrow(/CJA_CLIENT_SECRET/);
});
