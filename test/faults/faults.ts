import type { Emulator } from "../../emulator";

type FaultInput = Parameters<Emulator["control"]["addFault"]>[0];
type Behaviour = Omit<FaultInput, "method" | "path" | "times" | "skip">;

/** The API that a request goes to: they refuse in different words (see emulator/errors.ts). */
export type Api = "cja" | "platform";

/** What a fault may need to know of the service. */
export interface Service {
  readonly api: Api;
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What a service that echoes requests would give away. */
  readonly echo: string;
}

/** Something that goes wrong with a request. */
export interface Fault {
  readonly does: (service: Service) => Behaviour;
  /** What an error has to say of it. */
  readonly told: RegExp;
  /** Until when the service asks to be left alone, in milliseconds since 1970. */
  readonly backAt?: (metAt: number, setAt: number) => number;
  /** Where it does not say: how long nobody sends the same request again, in milliseconds. */
  readonly repeatedAfterMs?: number;
  /** Found out by waiting in vain. */
  readonly slow?: true;
  /** From the fault on no token that was issued before is good any more. */
  readonly tokenEnds?: true;
  /** What the token endpoint does with the next request that it gets. */
  readonly signIn?: (service: Service) => Behaviour;
  /** The provider process is killed while it waits for the answer. */
  readonly kills?: true;
}

/** A refusal in the words of the API, from a service that is careless with what it is sent. */
const refusal = ({ api, echo }: Service, status: number, message = `Fault ${status}`): object =>
  api === "cja"
    ? {
        errorCode: "unexpected_error",
        errorDescription: `${message}. ${echo}`,
        errorId: "fault-1",
        errorDetails: {},
        rootCauseService: "cja-emulator",
      }
    : {
        requestId: "fault-1",
        errors: { [status]: [{ code: `UPAPI-113500-${status}`, message: echo }] },
        type: `https://ns.adobe.com/aep/errors/UPAPI-113500-${status}`,
        title: message,
        status,
      };

/** The gateway of both APIs. */
const gateway = ({ echo }: Service, code: string, message: string) => ({ error_code: code, message, echo });

const throttled = (headers: Record<string, string> = {}) => ({
  told: /answered 429050 Too Many Requests, "Too many requests"/,
  does: (service: Service): Behaviour => ({
    status: 429,
    headers,
    body: gateway(service, "429050", "Too many requests"),
  }),
});

/** The jobs API has a limit of its own (429 in the OpenAPI document of POST /segment/jobs). */
const TOO_MANY_JOBS = "There are too many segmentation jobs in processing at the moment. Try again at a later time.";

const answers = (status: number, words: string): Fault => ({
  told: new RegExp(`${status} ${words}, .*"Fault ${status}.*\\[request id fault-1\\]`),
  does: (service) => ({ status, body: refusal(service, status) }),
});

const page = (echo: string) => `<!DOCTYPE html><html><title>Sign in</title><body>Welcome back! ${echo}</body></html>`;

const ANSWER_NEVER_CAME = /no answer within/;
const NOTHING = /^$/;
const CONNECTION_BROKE = /ECONNRESET|socket hang up|aborted/;

/** Everything that the matrix lets go wrong, by the name that its tables use. */
export const FAULTS = {
  "429, back in 7 s": { ...throttled({ "retry-after": "7" }), backAt: (metAt) => metAt + 7_000 },
  "429, back at a time": {
    ...throttled(),
    does: (service) => throttled({ "retry-after": new Date(service.now + 9_000).toUTCString() }).does(service),
    backAt: (_, setAt) => setAt + 9_000,
  },
  "429, back in an hour": throttled({ "retry-after": "3600" }),
  "429, back soon": {
    told: /answered 429(050)? Too Many Requests, .*"(Too many requests|There are too many segmentation jobs in processing)/,
    does: (service) =>
      service.api === "cja" ? throttled().does(service) : { status: 429, body: refusal(service, 429, TOO_MANY_JOBS) },
    repeatedAfterMs: 1_000,
  },
  "500, no work": answers(500, "Internal Server Error"),
  "502, work done": { told: /502 Bad Gateway/, does: () => ({ process: true, status: 502 }) },
  "503, no work": answers(503, "Service Unavailable"),
  "408, no work": answers(408, "Request Timeout"),
  "425, too early": answers(425, "Too Early"),
  "reset before": { told: CONNECTION_BROKE, does: () => ({ reset: "before" }) },
  "reset, work done": { told: CONNECTION_BROKE, does: () => ({ reset: "after" }) },
  "no answer": { told: ANSWER_NEVER_CAME, does: () => ({ hang: true }), slow: true },
  "no answer, work done": { told: ANSWER_NEVER_CAME, does: () => ({ hang: true, process: true }), slow: true },
  "slow drip, work done": { told: ANSWER_NEVER_CAME, does: () => ({ drip: 20, process: true }), slow: true },
  "half a body": {
    told: /aborted/,
    does: () => ({ process: true, truncate: true, status: 200, body: { id: "half", status: "NEW" } }),
  },
  "not JSON": {
    told: /the answer is not JSON/,
    does: ({ echo }) => ({ process: true, status: 200, body: `OK, thanks. ${echo}` }),
  },
  "another JSON": {
    told: /the answer is not/,
    does: ({ echo }) => ({ process: true, status: 200, body: { hello: "world", echo } }),
  },
  "no body": { told: /the answer is not/, does: () => ({ process: true, status: 200, body: "" }) },
  "a page": { told: /the answer is not JSON/, does: ({ echo }) => ({ status: 200, body: page(echo) }) },
  "a page, 404": {
    told: /something other than the API answered/,
    does: ({ echo }) => ({ status: 404, body: page(echo) }),
  },
  redirect: {
    told: /something other than the API answered, the service answered 302 Found/,
    does: ({ url }) => ({ status: 302, headers: { location: `${url}/elsewhere` } }),
  },
  "401, token ended": {
    told: /answered 401013 Unauthorized, "Oauth token is not valid"/,
    does: (service) => ({ status: 401, body: gateway(service, "401013", "Oauth token is not valid") }),
    tokenEnds: true,
  },
  "401, no sign-in": {
    told: /sign in to Adobe .*503 Service Unavailable/,
    does: (service) => ({ status: 401, body: gateway(service, "401013", "Oauth token is not valid") }),
    tokenEnds: true,
    signIn: ({ echo }) => ({
      status: 503,
      body: { error: "temporarily_unavailable", error_description: `Try later. ${echo}` },
    }),
  },
  "killed, no work": { told: NOTHING, does: () => ({ hang: true }), kills: true },
  "killed, work done": { told: NOTHING, does: () => ({ hang: true, process: true }), kills: true },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
