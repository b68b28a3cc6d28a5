import { STATUS_CODES } from "node:http";
import { errorMessage } from "../error-code";

/** Which request an error is about. */
export interface RequestName {
  /** What was tried, as it completes "Could not …": `create segment "Mobile visitors"`. */
  readonly operation: string;
  /** HTTP method; empty where there was no request. */
  readonly method: string;
  /** Path below the base URL, without query. */
  readonly path: string;
}

/** Everything that an error's message is made of. All texts are redacted already. */
export interface Failure extends RequestName {
  /** What happened, where it is not the service's refusal: "the connection was reset". */
  readonly happened?: string | undefined;
  /** HTTP status, if one came. */
  readonly status?: number | undefined;
  /** Adobe's code. */
  readonly code?: string | undefined;
  /** What the service said. */
  readonly serviceMessage?: string | undefined;
  /** The `x-request-id` of the answer, or the number that its body gives. */
  readonly requestId?: string | undefined;
  /** What to do next, in whole sentences. Each class has a default. */
  readonly advice?: string | undefined;
  /** The cause that all errors with this text share: only the first is shown in full. */
  readonly sharedCause?: string | undefined;
  /** The request itself, where its outcome is unknown. */
  readonly sent?: SentRequest | undefined;
  readonly cause?: unknown;
}

/** A request that has left, and may have arrived. */
export interface SentRequest {
  /** When, in milliseconds since 1970: after all waiting for the limits. */
  readonly at: number;
  /** Whether the service has answered, so that it is no longer at work on it. A gateway that has waited in vain (504) is not the service. */
  readonly answered: boolean;
  /** Milliseconds that it asks to wait. */
  readonly retryAfter?: number | undefined;
}

/** Whether Adobe's gateway has refused it, which asks no service: its codes begin with the status (`401013`). */
export const isFromGateway = ({ status, code }: Pick<Failure, "status" | "code">): boolean =>
  code?.startsWith(String(status)) === true;

function formatMessage(failure: Failure, advice: string): string {
  const request = failure.path === "" ? "" : ` (${failure.method} ${failure.path})`;
  const { status, serviceMessage } = failure;
  // The message has the status once.
  const [number, code] = isFromGateway(failure) ? [failure.code] : [status, failure.code];
  const answer =
    status === undefined ? undefined : `the service answered ${`${number} ${STATUS_CODES[status] ?? ""}`.trim()}`;
  const parts = [code, serviceMessage === undefined ? undefined : `"${serviceMessage.replace(/[.\s]+$/, "")}"`];
  const serviceText = parts.filter((part) => part !== undefined).join(" ");
  const happened = [failure.happened, answer].filter((part) => part !== undefined).join(", ");
  const requestIdText = failure.requestId === undefined ? "" : ` [request id ${failure.requestId}]`;
  return `Could not ${failure.operation}${request}: ${happened}${serviceText === "" ? "" : `, ${serviceText}`}${requestIdText}. ${advice}`.trim();
}

/**
 * A call that failed. One subclass for each meaning; the message has what was tried, what the service said, its request
 * ID and what to do next.
 */
export class CjaError extends Error implements Failure {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly happened: string | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly serviceMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly advice: string;
  readonly sharedCause: string | undefined;

  constructor(failure: Failure, defaultAdvice = "") {
    const advice = failure.advice ?? defaultAdvice;
    super(formatMessage(failure, advice), failure.cause === undefined ? undefined : { cause: failure.cause });
    this.name = new.target.name;
    this.operation = failure.operation;
    this.method = failure.method;
    this.path = failure.path;
    this.happened = failure.happened;
    this.status = failure.status;
    this.code = failure.code;
    this.serviceMessage = failure.serviceMessage;
    this.requestId = failure.requestId;
    this.advice = advice;
    this.sharedCause = failure.sharedCause;
    // Pulumi's host prints the stack below the user's own: our frames say nothing there, the message everything.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** 401 from an API, or IMS gave no token: the credentials are wrong, expired or lack the scope. */
export class AuthenticationError extends CjaError {
  constructor(failure: Failure) {
    super(
      failure,
      "Check cja:clientId (CJA_CLIENT_ID), cja:clientSecret (CJA_CLIENT_SECRET) and cja:scopes (CJA_SCOPES) against the " +
        "OAuth Server-to-Server credential in the Adobe Developer Console.",
    );
  }
}

/** 403: the account is known and may not do this. */
export class PermissionError extends CjaError {
  constructor(failure: Failure) {
    super(
      failure,
      "The technical account of the credential is a user of its own: give it the permission through a product profile in the " +
        "Adobe Admin Console, or ask the owner to share with it.",
    );
  }
}

/** 404: no such object, or it is not visible to this account. */
export class NotFoundError extends CjaError {
  constructor(failure: Failure) {
    super(
      failure,
      "Check the ID and the organisation (cja:orgId). If the request names no ID, check the URLs in the settings (cja:cjaUrl, cja:platformUrl).",
    );
  }
}

/** 400, 422 or another 4xx: the service understood who asks and refuses what is asked. */
export class InvalidRequestError extends CjaError {
  constructor(failure: Failure) {
    super(failure, "Correct the resource's arguments as the service says.");
  }
}

/** 429 for longer than the deadline. The request was never carried out. */
export class RateLimitedError extends CjaError {
  constructor(failure: Failure) {
    super(
      failure,
      "Adobe did not carry out the request. Run the command again later. If other programs share the organisation's rate limit, lower " +
        "cja:requestsPerMinute (CJA_REQUESTS_PER_MINUTE).",
    );
  }
}

/** 5xx although the request was repeated until the deadline. */
export class ServiceError extends CjaError {
  constructor(failure: Failure) {
    super(failure, "Run the command again later. If the error persists, give Adobe's support the request id.");
  }
}

/** There was no connection, so nothing was sent; or a request that may be repeated got no answer until the deadline. */
export class NetworkError extends CjaError {
  constructor(failure: Failure) {
    super(
      failure,
      "Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY) and the URL (cja:cjaUrl, cja:platformUrl, cja:imsUrl), then run the command again.",
    );
  }
}

/** A request that may not be repeated was sent, and nobody knows whether it was carried out. */
export class OutcomeUnknownError extends CjaError {
  readonly sent: SentRequest | undefined;

  constructor(failure: Failure) {
    super(failure, "The request may have succeeded. Run pulumi up again: it checks before it sends anything.");
    this.sent = failure.sent;
  }

  /** The same, where its result could not be looked for: the outcome is as unknown as it was. */
  withFailedSearch(reason: unknown): OutcomeUnknownError {
    return new OutcomeUnknownError({
      ...this,
      advice: `${this.advice} The check in this run failed: ${errorMessage(reason)}`,
      cause: this.cause ?? reason,
    });
  }
}

/** An answer that is not what Adobe documents. */
export class UnexpectedAnswerError extends CjaError {
  constructor(failure: Failure) {
    super(failure, "Check the URLs in the settings. If they are right, the API has changed: update pulumi-cja.");
  }
}

/** A setting that the first request needs is not there. */
export class CredentialsMissingError extends CjaError {
  /** Stack config key, as `cja:clientId`; where no stack's config is read, the variable. */
  readonly setting: string;
  /** Environment variable, as `CJA_CLIENT_ID`. */
  readonly variable: string;

  /**
   * @param setting stack config key, as `cja:clientId`
   * @param variable environment variable, as `CJA_CLIENT_ID`
   * @param advice what to do, where "set one of the two" is not all of it
   */
  constructor(setting: string, variable: string, advice?: string) {
    super({
      operation: "sign in to Adobe",
      method: "",
      path: "",
      happened: `${setting} is not set`,
      advice:
        advice ??
        `Set the environment variable ${variable}, or run: pulumi config set ${/secret|token/i.test(setting) ? "--secret " : ""}${setting} <value>`,
    });
    this.setting = setting;
    this.variable = variable;
  }
}

export { parseErrorBody, type ServiceProblem } from "./error-body";
