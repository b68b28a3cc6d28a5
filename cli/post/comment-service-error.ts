import { escapeInvisible } from "../escape-invisible";

/** A request that got no answer, or one that refuses. */
export interface Failure {
  readonly method: string;
  /** Undefined where no whole answer came. */
  readonly status: number | undefined;
  /** Those that say how long to wait, in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The service's words, or what went wrong on the way. */
  readonly message: string;
}

/** What a reader of an error has to know of a service. */
export interface ServiceWords {
  readonly name: string;
  /** Where its address is set. */
  readonly address: string;
  readonly token: string;
  /** What the token has to be allowed. */
  readonly permission: string;
  /** What a 404 may mean. */
  readonly notFound: string;
}

/** A request to GitHub or GitLab that failed for good: what was wanted, what the service said, and what to do. */
export class CommentServiceError extends Error {
  override readonly name = "CommentServiceError";
  constructor(
    serviceWords: ServiceWords,
    action: string,
    readonly failure: Failure,
  ) {
    super(formatFailure(serviceWords, action, failure));
  }
}

/** The service did nothing, and asks to be left alone for a while. GitHub says so with 403, too. */
export const isRateLimit = ({ status, headers, message }: Failure): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers["retry-after"] !== undefined ||
      headers["x-ratelimit-remaining"] === "0" ||
      /rate limit|abuse detection/i.test(message)));

/** Nobody knows whether the service did what was asked. */
export const isOutcomeUnknown = ({ status }: Failure): boolean => status === undefined || status >= 500;

/** Whether the same request may be sent again as it is: what may have made a comment would make a second one. */
export const isRepeatable = (failure: Failure): boolean =>
  isRateLimit(failure) || (isOutcomeUnknown(failure) && failure.method !== "POST");

/** What was to be removed may have been removed by another job before. */
export function ignoreNotFound(error: unknown): void {
  if (!(error instanceof CommentServiceError) || error.failure.status !== 404) throw error;
}

const MAX_MESSAGE_LENGTH = 300;

/** `GitHub refused to list the comments of acme/web#7: 403 Resource not accessible by integration; …` */
function formatFailure(serviceWords: ServiceWords, action: string, failure: Failure): string {
  const { status, message } = failure;
  // By the mark of what is cut the half of a token is known that an answer repeats.
  const shortMessage = message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
  const answer = [status, escapeInvisible(shortMessage)].filter((part) => part !== undefined && part !== "").join(" ");
  if (status === undefined)
    return `Could not ask ${serviceWords.name} to ${action}: ${answer}. Check ${serviceWords.address}.`;
  return `${serviceWords.name} refused to ${action}: ${answer}; ${adviceFor(serviceWords, failure)}.`;
}

function adviceFor(serviceWords: ServiceWords, failure: Failure): string {
  const { status = 0 } = failure;
  if (isRateLimit(failure)) return "its rate limit asks for a longer wait: run the job again later";
  if (status >= 500) return "the fault is on its side: run the job again later";
  if (status >= 300 && status < 400) return `its address has moved: correct ${serviceWords.address}`;
  if (status === 401) return `the token in ${serviceWords.token} is wrong or has expired`;
  if (status === 403) return serviceWords.permission;
  if (status === 404) return serviceWords.notFound;
  return "check the repository, the pull request and the token";
}
