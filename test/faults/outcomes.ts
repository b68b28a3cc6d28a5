import type { Emulator } from "../../emulator";
import * as errors from "../../provider/http/errors";
import { StartedButFailedError } from "../../provider/lifecycle";

export type Requests = ReturnType<Emulator["control"]["requests"]>;

/** What came of a command during which something went wrong. */
export interface Played {
  readonly error: Error | undefined;
  /** The requests that met the fault, sign-ins not among them. */
  readonly met: Requests;
  /** All requests like the first of them: that one, and those by which it was sent again. */
  readonly tries: Requests;
  /** Requests that make something, and requests that look for it. */
  readonly creates: Requests;
  readonly looks: Requests;
  /** What an error has to name and to tell. */
  readonly named: RegExp;
  readonly told: RegExp;
}

/** An error by its class, and what it has to advise. */
type ErrorKind = readonly [kind: new (failure: errors.Failure) => Error, advice: RegExp];

/** The names that the tables use for errors. */
const ERRORS = {
  Limit: [errors.RateLimitedError, /did not carry out the request\. Run the command again later/],
  Service: [errors.ServiceError, /Run the command again later/],
  Network: [errors.NetworkError, /Check the network.* then run the command again/],
  Answer: [errors.UnexpectedAnswerError, /Check cja:\w+ \(CJA_\w+\)|Check the URLs in the settings/],
  Login: [errors.AuthenticationError, /Check cja:clientId \(CJA_CLIENT_ID\)/],
  Unknown: [errors.OutcomeUnknownError, /may have succeeded. Run pulumi up again: it checks before it sends/],
} as const satisfies Record<string, ErrorKind>;

type ErrorName = keyof typeof ERRORS;

function failsWith(name: ErrorName, { error, named, told }: Played): void {
  const [kind, advice] = ERRORS[name];
  expect(error).toBeInstanceOf(kind);
  const message = error?.message ?? "";
  expect(message).toMatch(/^Could not .+: .+\. .+/s);
  expect(message).toMatch(named);
  expect(message).toMatch(told);
  expect(message).toMatch(advice);
}

/** What was made stays in state, and the reasons say what is not known or not done. */
function keptWith(name: ErrorName, played: Played): void {
  const { error } = played;
  expect(error).toBeInstanceOf(StartedButFailedError);
  const [first = "", second = ""] = (error as StartedButFailedError).reasons;
  expect(first).toMatch(
    /was started, but the wait for it failed|was created, but its tags could not be set; the next pulumi up sets them|^The tags of segment \S+ could not be set; the next pulumi up sets them/,
  );
  const [kind, advice] = ERRORS[name];
  expect(second).toMatch(played.named);
  expect(second).toMatch(played.told);
  expect(second).toMatch(advice);
  expect(kind.name).toMatch(/Error$/);
}

function succeeded({ error }: Played): void {
  if (error) throw error;
}

const time = (request: Requests[number] | undefined): number => Date.parse(request?.time ?? "");

/** Whoever looks for what may be in the making gives the service a moment. */
const LOOKED_FOR_MS = 7_000;

/** As far as the service can tell by the ID that a request carries. */
function sameRequest({ creates }: Played): void {
  expect(new Set(creates.map(({ headers }) => headers["x-request-id"])).size).toBeLessThanOrEqual(1);
}

/** After each request whose outcome nobody knows a look, and only then the request again. */
function lookedBetween(played: Played): void {
  const { creates, looks } = played;
  sameRequest(played);
  for (const [i, second] of creates.slice(1).entries()) {
    const first = creates[i];
    const between = looks.filter(({ sequence }) => sequence > (first?.sequence ?? 0) && sequence < second.sequence);
    expect(between.length).toBeGreaterThanOrEqual(2);
    expect(time(second) - time(first)).toBeGreaterThanOrEqual(LOOKED_FOR_MS);
  }
}

/** So long a request is sent again, with the looks between. */
const SENT_AGAIN_MS = 120_000;

const failsAtOnce = (name: ErrorName) => (played: Played) => {
  failsWith(name, played);
  expect(played.met).toHaveLength(1);
};
const givesUp = (name: ErrorName) => (played: Played) => {
  failsWith(name, played);
  expect(played.met.length).toBeGreaterThanOrEqual(2);
  // Two minutes, or five while there is nothing but 429; and the answer that was waited for when they ended.
  expect(time(played.met.at(-1)) - time(played.met[0])).toBeLessThanOrEqual(300_000);
};

/** What the words in the cells of the tables mean, as the tests find it out. */
export const OUTCOMES = {
  /** The command succeeds: the request is sent again, once, and served. */
  again(played) {
    succeeded(played);
    expect(played.tries).toHaveLength(2);
    sameRequest(played);
  },
  /** The command succeeds: the request is sent again, and after it as often as the waiting needs. */
  "asked again"(played) {
    succeeded(played);
    expect(played.met.length).toBeGreaterThanOrEqual(1);
    expect(played.tries.length).toBeGreaterThanOrEqual(2);
  },
  /** The command succeeds: the answer was good enough. */
  served(played) {
    succeeded(played);
    expect(played.tries).toHaveLength(1);
  },
  /** The command succeeds: the job is cancelled, and is not asked for that once it is over. */
  cancelled(played) {
    succeeded(played);
    expect(played.tries.length).toBeLessThanOrEqual(2);
  },
  /** The command succeeds: what could not be had in this way was had in another one. */
  otherwise(played) {
    succeeded(played);
    expect(played.met.length).toBeGreaterThanOrEqual(1);
  },
  /** The command succeeds: it is not sent again, but what it has made is found. */
  found(played) {
    succeeded(played);
    expect(played.creates).toHaveLength(1);
    expect(played.looks.length).toBeGreaterThanOrEqual(1);
  },
  /** The command succeeds: what it may have made is looked for and not found, so it is sent once more. */
  "look, again"(played) {
    succeeded(played);
    expect(played.creates).toHaveLength(2);
    lookedBetween(played);
  },
  /** The same twice. */
  "looks, again"(played) {
    succeeded(played);
    expect(played.creates).toHaveLength(3);
    lookedBetween(played);
  },
  /** The command fails at once, with this error. */
  "no: Limit": failsAtOnce("Limit"),
  "no: Answer": failsAtOnce("Answer"),
  /** The request is sent again until there is no hope, then the command fails with this error. */
  "end: Limit": givesUp("Limit"),
  "end: Service": givesUp("Service"),
  "end: Network": givesUp("Network"),
  "end: Answer": givesUp("Answer"),
  "end: Login": givesUp("Login"),
  /** Signing in fails in the end. */
  "no sign-in"(played) {
    failsWith("Service", { ...played, named: /sign in to Adobe/ });
  },
  /** It may have made something, and nobody can look: the command fails, and leaves it to the next run. */
  open(played) {
    failsWith("Unknown", { ...played, named: /The check in this run failed: Could not / });
    expect(played.creates).toHaveLength(1);
  },
  /** The same after a look that found nothing, and a second request: looking for what has no answer takes most of the time. */
  "look, open"(played) {
    failsWith("Unknown", played);
    expect(played.creates).toHaveLength(2);
    lookedBetween(played);
  },
  /** The same after as many looks and requests as there is time for: the service has answered each of them. */
  "looks, open"(played) {
    failsWith("Unknown", played);
    const { creates, looks } = played;
    expect(creates.length).toBeGreaterThanOrEqual(3);
    lookedBetween(played);
    expect(time(creates.at(-1)) - time(creates[0])).toBeLessThanOrEqual(SENT_AGAIN_MS);
    expect(looks.at(-1)?.sequence).toBeGreaterThan(creates.at(-1)?.sequence ?? 0);
  },
  /** The wait goes on until its own time-out; the job stays in state, and the next run waits for it. */
  "time is up"({ error }) {
    expect(error).toBeInstanceOf(StartedButFailedError);
    expect(error?.message).toMatch(/is still \w+ after .* The next pulumi up waits for it again and starts no new run/);
  },
  /** The command succeeds: one answer that is missing does not end the wait. */
  "waits on"(played) {
    succeeded(played);
    expect(played.met).toHaveLength(1);
  },
  /** The rest ends with this error; what was made stays in state, and the next run does the rest. */
  "kept: Answer": (played) => keptWith("Answer", played),
  "kept: Login": (played) => keptWith("Login", played),
  "kept: Limit": (played) => keptWith("Limit", played),
  "kept: Service": (played) => keptWith("Service", played),
  "kept: Network": (played) => keptWith("Network", played),
  "kept: no sign-in": (played) => keptWith("Service", { ...played, named: /sign in to Adobe/ }),
} as const satisfies Record<string, (played: Played) => void>;

export type Outcome = keyof typeof OUTCOMES;
