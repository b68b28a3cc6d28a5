/** A request that got no answer, or one that refuses. */
export interface Failure {
  readonly method: string;
  /** Undefined where no whole answer came. */
  readonly status: number | undefined;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The service's words, or what went wrong on the way. */
  readonly said: string;
}

/** A request to GitHub or GitLab that failed for good. It keeps no cause: theirs hold the request with its headers. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  constructor(
    message: string,
    readonly failure: Failure,
  ) {
    super(message);
  }
}

/** The service did nothing, and asks to be left alone for a while. GitHub says so with 403, too. */
export const isRateLimit = ({ status, headers, said }: Failure): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers["retry-after"] !== undefined ||
      headers["x-ratelimit-remaining"] === "0" ||
      /rate limit|abuse detection/i.test(said)));

/** Nobody knows whether the service did what was asked. */
export const isUnknown = ({ status }: Failure): boolean => status === undefined || status >= 500;

/** Whether the same request may be sent again as it is: what may have made a comment would make a second one. */
export const isRepeatable = (failure: Failure): boolean =>
  isRateLimit(failure) || (isUnknown(failure) && failure.method !== "POST");

/** What was to be removed may have been removed by another job before. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ServiceError) || error.failure.status !== 404) throw error;
}
