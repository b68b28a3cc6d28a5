import { CjaError, InvalidRequestError, NotFoundError, ServiceError } from "../http/errors";

/** How many requests for sizes one run may still send: reports count against an allowance of the contract. */
export class SizeBudget {
  private sent = 0;
  private stopped: string | undefined;

  /** @param max requests in all */
  constructor(private readonly max: number) {}

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
    try {
      return { answer: await send() };
    } catch (error) {
      if (!(error instanceof CjaError)) throw error;
      const unknown = reasonOf(error);
      if (!isOfOneRequest(error)) this.stopped = unknown;
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
  if (status === 504) return "the report took Adobe too long; simplify the definition, or take a shorter range";
  if (status !== undefined) return `Adobe answered ${status}${said === "" ? "" : `, ${said}`}`;
  return happened ?? message;
}
