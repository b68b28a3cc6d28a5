/** Answers to refused requests, in the three shapes that Adobe's hosts have (the gateway, the CJA service, Experience Platform). */
export abstract class Refusal extends Error {
  protected constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** @param requestId the caller's x-request-id, or one of the emulator's making. */
  abstract body(requestId: string): Record<string, unknown>;
}

/** From the gateway in front of both APIs: `{error_code, message}`. */
export class GatewayRefusal extends Refusal {
  constructor(
    status: number,
    readonly code: string,
    message: string,
  ) {
    super(status, message);
  }

  body(): Record<string, unknown> {
    return { error_code: this.code, message: this.message };
  }
}

/** From a CJA service. The OpenAPI document declares this shape for data views, dimensions and metrics. */
export class ServiceRefusal extends Refusal {
  constructor(
    status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(status, message);
  }

  body(requestId: string): Record<string, unknown> {
    return {
      errorCode: this.code,
      errorDescription: this.message,
      errorId: requestId,
      errorDetails: this.details,
      rootCauseService: "cja-emulator",
    };
  }
}

/** From the segmentation service: the shape of the published UPAPI examples. */
export class PlatformRefusal extends Refusal {
  /**
   * @param digits six digits that make up the code with the status: `UPAPI-113000-404`.
   * @param published what an example has otherwise: a code that ends in another status, a title that is not the message.
   */
  constructor(
    status: number,
    readonly digits: string,
    message: string,
    private readonly published: { readonly code?: string; readonly title?: string } = {},
  ) {
    super(status, message);
  }

  body(requestId: string): Record<string, unknown> {
    const { code = `UPAPI-${this.digits}-${this.status}`, title = this.message } = this.published;
    return {
      requestId,
      errors: { [String(this.status)]: [{ code, message: this.message }] },
      type: `https://ns.adobe.com/aep/errors/${code}`,
      title,
      status: this.status,
    };
  }
}

/** A body without its content type, as the platform answers it. */
export class BadRequestRefusal extends Refusal {
  constructor(message: string) {
    super(400, message);
  }

  body(): Record<string, unknown> {
    return {
      type: "https://ns.adobe.com/aep/errors/bad-request",
      status: 400,
      title: "BadRequestError",
      detail: this.message,
    };
  }
}

export const badParameter = (message: string): ServiceRefusal => new ServiceRefusal(400, "invalid_parameters", message);
export const badBody = (message: string): ServiceRefusal => new ServiceRefusal(400, "invalid_json_input", message);
