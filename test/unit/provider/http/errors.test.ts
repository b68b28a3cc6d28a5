import * as errors from "../../../../provider/http/errors";
import { toRefusalError } from "../../../../provider/http/refusal-error";

const name = { operation: 'create segment "Mobile"', method: "POST", path: "/segments" };

describe("CjaError", () => {
  const cause = new Error("socket hang up");
  const error = new errors.ServiceError({
    ...name,
    status: 503,
    code: "external_api_failure",
    serviceMessage: "Backend is away.",
    requestId: "r-1",
    cause,
  });

  test("says what was tried, what the service said, its request id, and what to do", () => {
    expect(error.message).toBe(
      'Could not create segment "Mobile" (POST /segments): the service answered 503 Service Unavailable, ' +
        'external_api_failure "Backend is away" [request id r-1]. ' +
        "Run the command again later. If the error persists, give Adobe's support the request id.",
    );
  });

  test("has a stack worth reading: the message, and no frame of ours", () => {
    expect(error.stack).toBe(`ServiceError: ${error.message}`);
  });

  test("keeps its fields and its cause", () => {
    expect(error).toMatchObject({
      ...name,
      status: 503,
      code: "external_api_failure",
      requestId: "r-1",
      name: "ServiceError",
    });
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(errors.CjaError);
  });

  test("says what happened where there was no answer", () => {
    expect(new errors.NetworkError({ ...name, happened: "connect ECONNREFUSED" }).message).toMatch(
      /^Could not create segment "Mobile" \(POST \/segments\): connect ECONNREFUSED\. Check the network/,
    );
  });
});

test.each([
  ["cja:clientId", "CJA_CLIENT_ID", "pulumi config set cja:clientId <value>"],
  ["cja:clientSecret", "CJA_CLIENT_SECRET", "pulumi config set --secret cja:clientSecret <value>"],
])("a missing %s is named with its variable and its command", (setting, variable, command) => {
  const error = new errors.CredentialsMissingError(setting, variable);
  expect(error.message).toContain(`${setting} is not set`);
  expect(error.message).toContain(variable);
  expect(error.message).toContain(command);
});

describe("refusal", () => {
  test.each([
    [400, undefined, undefined, errors.InvalidRequestError, "arguments"],
    [422, undefined, undefined, errors.InvalidRequestError, "arguments"],
    [409, undefined, undefined, errors.InvalidRequestError, "arguments"],
    [401, undefined, undefined, errors.AuthenticationError, "CJA_CLIENT_ID"],
    [403, undefined, undefined, errors.PermissionError, "product profile"],
    [403, undefined, "Region is missing for this user", errors.PermissionError, "has no product profile"],
    [404, undefined, undefined, errors.NotFoundError, "cja:orgId"],
    [410, undefined, undefined, errors.NotFoundError, "cja:orgId"],
    [403, "403000", "Api Key is required", errors.AuthenticationError, "cja:clientId"],
    [403, "403003", "Api Key is invalid", errors.AuthenticationError, "cja:clientId"],
    [403, "403010", "Oauth token is missing.", errors.AuthenticationError, "cja:clientSecret"],
    [400, "400003", "Missing header", errors.InvalidRequestError, "CJA_ORG_ID"],
    [403, "403025", "Profile is not valid", errors.PermissionError, "CJA_ORG_ID"],
  ])("%i with code %s and %p", (status, code, serviceMessage, type, advice) => {
    const error = toRefusalError({ ...name, status, code, serviceMessage });
    expect(error.constructor).toBe(type);
    expect(error.advice).toContain(advice);
  });
});
