import { isServiceNotFound } from "../../../../provider/http/error-body";
import { parseErrorBody } from "../../../../provider/http/errors";

describe("parseErrorBody", () => {
  test.each<[string, number, unknown, object]>([
    [
      "gateway",
      429,
      { error_code: "429050", message: "Too many requests" },
      { code: "429050", message: "Too many requests" },
    ],
    [
      "service",
      400,
      {
        errorCode: "invalid_data",
        errorDescription: "Definition must be formatted\n as a JSON Object ",
        errorId: "e-1",
        errorDetails: {},
        rootCauseService: "segments",
      },
      { code: "invalid_data", message: "Definition must be formatted as a JSON Object", requestId: "e-1" },
    ],
    [
      "service whose code is the status as text",
      500,
      { errorCode: "500", errorDescription: "Unexpected" },
      { message: "Unexpected" },
    ],
    [
      "UPAPI with a text code inside",
      404,
      {
        requestId: "r-1",
        errors: { "404": [{ code: "UPAPI-113430-404", message: "The audience entity x is not found." }] },
        type: "https://ns.adobe.com/aep/errors/UPAPI-113430-404",
        title: "The audience entity x is not found.",
        status: 404,
      },
      { code: "UPAPI-113430-404", message: "The audience entity x is not found.", requestId: "r-1" },
    ],
    [
      "UPAPI with the bare status inside, and two messages",
      400,
      {
        requestId: "r-2",
        errors: {
          "400": [
            { code: 400, message: "first" },
            { code: 400, message: "second" },
          ],
        },
        type: "https://ns.adobe.com/aep/errors/UPAPI-113631-403",
        title: "The audience cannot be deleted.",
        status: 400,
      },
      {
        code: "UPAPI-113631-403",
        message: "The audience cannot be deleted.; first; second",
        requestId: "r-2",
      },
    ],
    [
      "UPAPI without errors",
      422,
      {
        type: "https://ns.adobe.com/aep/errors/UPAPI-036002-422",
        title: "Invalid system job payload.",
        status: 422,
        requestId: "r-3",
      },
      { code: "UPAPI-036002-422", message: "Invalid system job payload.", requestId: "r-3" },
    ],
    [
      "Platform with an error chain",
      400,
      {
        type: "http://ns.adobe.com/aep/errors/INSGHT-1000-400",
        title: "Bad Request",
        status: 400,
        report: { tenantInfo: { sandboxName: "prod" }, additionalContext: "Invalid" },
        "error-chain": [
          { serviceId: "INSGHT", errorCode: "INSGHT-1000-400", invokingServiceId: "INSGHT", unixTimeStampMs: 1 },
        ],
      },
      { code: "INSGHT-1000-400", message: "Bad Request" },
    ],
    [
      "Platform with the chain in the report",
      403,
      {
        type: "about:blank",
        title: "Forbidden",
        detail: "No access.",
        report: { errorChain: [{ errorCode: "UIS-4064-403" }] },
      },
      { code: "UIS-4064-403", message: "Forbidden; No access." },
    ],
    [
      "title and detail",
      429,
      { title: "RequestRateTooLarge", status: 429, detail: "Request rate is large. Please try again later." },
      { message: "RequestRateTooLarge; Request rate is large. Please try again later." },
    ],
    [
      "profile entity with its own time",
      429,
      { message: "slow down", cause: "x", retryAfterMs: "500", statusCode: "429" },
      { message: "slow down", retryAfterMs: 500 },
    ],
    [
      "IMS",
      400,
      { error: "invalid_client", error_description: "invalid client_secret parameter" },
      { code: "invalid_client", message: "invalid client_secret parameter" },
    ],
    ["an error inside", 500, { error: { code: "E1", message: "broken" } }, { code: "E1", message: "broken" }],
    [
      "a list of texts",
      400,
      { errors: ["name is missing", "rsid is missing"] },
      { message: "name is missing; rsid is missing" },
    ],
    [
      "a field of a wrong type does not hide the others",
      400,
      { message: 5, errorCode: { a: 1 }, errorDescription: "why" },
      { message: "5; why" },
    ],
    ["something else", 400, { reason: "because" }, { message: '{"reason":"because"}' }],
    ["text", 502, "  upstream\nfailed ", { message: "upstream failed" }],
    ["long text", 502, "x".repeat(1000), { message: `${"x".repeat(299)}…` }],
    [
      "an HTML page",
      504,
      "<!DOCTYPE html><html><head><title>504 Gateway Time-out</title></head><body>…</body></html>",
      { message: "an HTML page: 504 Gateway Time-out" },
    ],
    [
      "an HTML page without a title",
      503,
      "<html><style>p{}</style><body><h1>Down</h1><p>for   repair</p></body></html>",
      { message: "an HTML page: Down for repair" },
    ],
    ["nothing", 500, undefined, {}],
    ["null", 500, null, {}],
    ["an empty object", 500, {}, {}],
    ["an empty text", 500, "", {}],
  ])("reads %s", (_, status, data, expected) => {
    expect(parseErrorBody(status, data)).toEqual(expected);
  });
});

describe("a 404 is the word of one of Adobe's services", () => {
  test.each<[string, unknown]>([
    ["of CJA", { errorCode: "resource_not_found", errorDescription: "Unable to find Data View ID x", errorId: "e-1" }],
    ["of CJA, with the status as its code", { errorCode: "404", errorDescription: "Not found" }],
    [
      "of the segmentation service",
      {
        requestId: "r-1",
        errors: { "404": [{ code: 404, message: "The audience entity x is not found." }] },
        type: "https://ns.adobe.com/aep/errors/UPAPI-113430-404",
        title: "The audience entity x is not found.",
        status: 404,
      },
    ],
    ["of the segmentation service, without a type", { errors: { "404": [{ code: "UPAPI-113000-404" }] } }],
    [
      "of another service of the platform",
      { title: "Not found", status: 404, "error-chain": [{ errorCode: "X-1-404" }] },
    ],
  ])("%s", (_, data) => {
    expect(isServiceNotFound(data)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Not Found"],
    ["an empty object", {}],
    ["a list", []],
    ["a list of entries", [{ code: "UPAPI-113000-404" }]],
    ["the gateway, which has no such route", { error_code: "404000", message: "Resource not found" }],
    ["another service", { message: "Not Found", status: 404 }],
    ["another service with a code", { code: 404, errorCode: "E404" }],
    ["RFC 9457", { type: "https://tools.ietf.org/html/rfc9110#section-15.5.5", title: "Not Found", status: 404 }],
    ["a web framework", { timestamp: 1, status: 404, error: "Not Found", path: "/v1/segments/s1" }],
    ["a storage", { errors: { code: "NoSuchKey", message: "The key does not exist." } }],
  ])("not where it is %s", (_, data) => {
    expect(isServiceNotFound(data)).toBe(false);
  });
});
