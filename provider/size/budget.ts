import { CjaError, InvalidRequestError, NetworkError, NotFoundError, ServiceError } from "../http/errors";

/** How many requests for sizes one run may still send: reports count against an allowance of the contract. */
export class SizeBudget {
  private sent = 0;
  private unanswered = 0;
  private stopped: string | undefined;

  /**
   * @param max requests in all
   * @param onRequest called before each, with how many that makes
   */
  constructor(
    private readonly max: number,
    private readonly onRequest: (sent: number) => void = () => undefined,
  ) {}

  get requests(): number {
    return this.sent;
  }

  /**
   * Sends one request for sizes.
   *
   * @returns why there is no answer, where there is none: the limit is reached, or Adobe does not say. After a failure that is not about
   *   this request alone no other one is sent.
   */
  async spend<T>(send: () => Promise<T>): Promise<{ readonly answer: T } | Refusal> {
    if (this.stopped !== undefined) return { unknown: this.stopped };
    if (this.sent >= this.max)
      return {
        unknown: `the limit of ${this.max} ${this.max === 1 ? "report" : "reports"} is reached (--max-reports)`,
      };
    this.sent += 1;
    this.onRequest(this.sent);
    try {
      const answer = await send();
      this.unanswered = 0;
      return { answer };
    } catch (error) {
      if (!(error instanceof CjaError)) throw error;
      const unknown = reasonOf(error);
      // A report that takes as long as we wait looks like a service that is down: the second one in a row tells.
      const isUnanswered = error instanceof NetworkError;
      this.unanswered = isUnanswered ? this.unanswered + 1 : 0;
      if (isUnanswered ? this.unanswered > 1 : !isOfOneRequest(error)) this.stopped = unknown;
      return { unknown, error };
    }
  }
}

export interface Refusal {
  readonly unknown: string;
  readonly error?: CjaError;
}

/** What is wrong with one definition or takes too long for it says nothing of others; 504 is what a report answers that takes too long. */
const isOfOneRequest = (error: CjaError): boolean =>
  error instanceof InvalidRequestError ||
  error instanceof NotFoundError ||
  (error instanceof ServiceError && error.status === 504);

function reasonOf({ status, code, serviceMessage, happened, message }: CjaError): string {
  const said = [code, serviceMessage].filter((part) => part !== undefined).join(": ");
  if (status === 504) return "it took Adobe too long; simplify the rule, or take a shorter range";
  if (status !== undefined) return `Adobe answered ${status}${said === "" ? "" : `, ${said}`}`;
  return happened ?? message;
}
