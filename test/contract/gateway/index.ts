import { at, textAt } from "../json";
import { definitionIds, jobFor, jobsPath } from "../jobs";
import { clientId, clientSecret, type Ask, type Place } from "../place";
import type { Document } from "../runner";
import { guideBody } from "../segments";
import { statement, type Statement } from "../statement";

const apis: readonly (readonly [name: string, ask: Ask])[] = [
  ["segments", { path: "/segments" }],
  ["former path", { path: "/filters" }],
  ["segment jobs", { path: jobsPath }],
];

/** The headers of every request of both APIs, what is wrong with each, and the gateway's answer. */
const refusals = [
  { code: "403010", status: 403, message: "Oauth token is missing.", headers: { authorization: undefined } },
  { code: "401013", status: 401, message: "Oauth token is not valid", headers: { authorization: "Bearer x" } },
  { code: "403000", status: 403, message: "Api Key is required", headers: { "x-api-key": undefined } },
  { code: "403003", status: 403, message: "Api Key is invalid", headers: { "x-api-key": "another" } },
  { code: "400003", status: 400, message: "Missing header", headers: { "x-gw-ims-org-id": undefined } },
  { code: "403025", status: 403, message: "Profile is not valid", headers: { "x-gw-ims-org-id": "X@AdobeOrg" } },
] as const;

/** Requests one after the other; the statuses. */
async function statuses(place: Place, count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let each = 0; each < count; each += 1) seen.push((await place.ask({ path: "/segments" })).status);
  return seen;
}

const form = (fields: Record<string, string>): Ask => ({
  method: "POST",
  path: "/ims/token/v3",
  headers: { "content-type": "application/x-www-form-urlencoded", authorization: undefined },
  text: new URLSearchParams(fields).toString(),
});
const credentials = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };

const gatewayStatements: readonly Statement[] = [
  ...refusals.flatMap(({ code, status, message, headers }) =>
    apis.map(([name, ask]) =>
      statement({
        of: code,
        says: `{error_code: "${code}", message: "${message}"} (${name})`,
        ask: { ...ask, headers },
        answer: (answer) => {
          expect(answer.status).toBe(status);
          expect(answer.body).toEqual({ error_code: code, message });
        },
      }),
    ),
  ),
  statement({
    of: "order",
    says: "the token is looked at first, then the key, then the organisation",
    ask: {
      path: "/segments",
      headers: { authorization: undefined, "x-api-key": undefined, "x-gw-ims-org-id": undefined },
    },
    answer: async ({ body }, { place }) => {
      expect(at(body, "error_code")).toBe("403010");
      const headers = { "x-api-key": undefined, "x-gw-ims-org-id": undefined };
      expect(at((await place.ask({ path: "/segments", headers })).body, "error_code")).toBe("403000");
    },
    decides: "gateway-order",
  }),
  statement({
    of: "order",
    says: "a refused request does nothing",
    ask: { method: "POST", path: "/segments", body: guideBody, headers: { "x-api-key": "another" } },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(403);
      expect((await place.ask({ path: "/segments" })).body).toEqual([]);
    },
  }),
  statement({
    of: "content type",
    says: '{type, status, title: "BadRequestError", detail} for a missing Content-Type',
    ask: { ...jobFor(...definitionIds), headers: { "content-type": "text/plain" } },
    answer: ({ status, body }) => {
      expect(status).toBe(400);
      expect(body).toEqual({
        type: expect.any(String) as string,
        status: 400,
        title: "BadRequestError",
        detail: expect.any(String) as string,
      });
    },
    decides: "content-type",
  }),
  statement({
    of: ["429050", "12 in 6 s"],
    says: "12 requests per 6 seconds per user; more is 429 with error_code 429050",
    place: { limits: true },
    given: (place) => statuses(place, 12),
    ask: { path: "/segments" },
    answer: async ({ status, body, headers }, { place, given }) => {
      expect(given).toEqual(Array.from({ length: 12 }, () => 200));
      expect(status).toBe(429);
      expect(body).toEqual({ error_code: "429050", message: "Too many requests" });
      expect(headers.get("retry-after")).toBeNull();
      await place.advance(5_999);
      expect(await statuses(place, 1)).toEqual([429]);
      await place.advance(1);
      expect(await statuses(place, 13)).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
    },
    decides: "no-retry-after",
  }),
  statement({
    of: "12 in 6 s",
    says: "five full bursts are the minute's 60: the next one waits for the minute's end",
    place: { limits: true },
    given: async (place) => {
      const seen: number[] = [];
      for (let burst = 0; burst < 5; burst += 1) {
        seen.push(...(await statuses(place, 12)));
        await place.advance(6_000);
      }
      return seen;
    },
    ask: { path: "/segments" },
    answer: async ({ status }, { place, given }) => {
      expect(new Set(given)).toEqual(new Set([200]));
      expect(status).toBe(429);
      await place.advance(30_000);
      expect(await statuses(place, 13)).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
    },
  }),
  statement({
    of: "12 in 6 s",
    says: "the limits are of both APIs together, and of no token request",
    place: { limits: true },
    given: async (place) => {
      for (let each = 0; each < 20; each += 1) await place.ask(form(credentials));
      return [...(await statuses(place, 6)), (await place.ask({ path: jobsPath })).status];
    },
    ask: { path: jobsPath },
    answer: async ({ status }, { place, given }) => {
      expect([...given, status]).toEqual([200, 200, 200, 200, 200, 200, 200, 200]);
      expect(await statuses(place, 5)).toEqual([200, 200, 200, 200, 429]);
    },
    decides: ["limit-windows", "one-user"],
  }),
  statement({
    of: "token",
    says: "POST /ims/token/v3 with grant_type=client_credentials answers a token for 24 hours",
    ask: form({ ...credentials, scope: "no,such,scope" }),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.any(String) as string,
        token_type: "bearer",
        expires_in: expect.any(Number) as number,
      });
      const lifetime = Number(at(body, "expires_in"));
      expect(Math.round(lifetime / 3600)).toBe(24);
      const ask = { path: "/segments", headers: { authorization: `Bearer ${textAt(body, "access_token")}` } };
      expect((await place.ask(ask)).status).toBe(200);
      await place.advance(lifetime * 1000 - 1);
      expect((await place.ask(ask)).status).toBe(200);
      await place.advance(1);
      expect(await place.ask(ask)).toMatchObject({ status: 401, body: { error_code: "401013" } });
    },
    decides: ["ims-scopes", "tokens-are-opaque"],
  }),
  ...[
    { says: "another secret", fields: { ...credentials, client_secret: "x" }, error: "invalid_client" },
    { says: "another client", fields: { ...credentials, client_id: "x" }, error: "invalid_client" },
    { says: "the ended JWT grant", fields: { ...credentials, grant_type: "jwt" }, error: "unsupported_grant_type" },
  ].map(({ says, fields, error }) =>
    statement({
      of: "token",
      says: `no token for ${says}`,
      ask: form(fields),
      answer: ({ status, body, text }) => {
        expect([400, 401]).toContain(status);
        expect(at(body, "error")).toBe(error);
        expect(text).not.toContain("access_token");
      },
      decides: "ims-errors",
    }),
  ),
];

/** Experience Platform troubleshooting (codes), CJA FAQ (12 in 6 s), getting started (token). */
export const gatewayDocument: Document = {
  name: "Gateway, FAQ and token",
  outline: [...refusals.map(({ code }) => code), "429050", "12 in 6 s", "content type", "order", "token"],
  statements: gatewayStatements,
  unobservable: {},
};
