import type { z } from "zod";
import { createExchange, type Exchange } from "../../provider/http/exchange";
import type { Redactor } from "../../provider/http/redact";
import { CommentServiceError, isRepeatable, type Failure, type ServiceWords } from "./comment-service-error";
import type { RetryPolicy } from "./retry-policy";

/** Either service answers within seconds, or not at all. */
const TIMEOUT_MS = 30_000;

/** The headers from which the retry policy reads how long to wait. */
const WAIT_HEADERS = ["retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"];

/** How a service is reached. */
export interface Access {
  readonly serviceWords: ServiceWords;
  readonly apiUrl: string;
  /** The token among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an answer may point to another path of the service: GitHub's do after a repository was renamed. */
  readonly mayRedirect?: boolean;
}

/** What a client takes from the run of the command. */
export interface ClientOptions {
  readonly retryPolicy: RetryPolicy;
  readonly redactor: Redactor;
}

export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the address of the API, each part encoded. */
  readonly path: string;
  readonly body?: object;
}

interface Answer {
  readonly body: unknown;
  /** The query of the next page, if there is one. */
  readonly next: string | undefined;
}

/** Sends to GitHub or GitLab, and sends again what can do no harm. Each method throws CommentServiceError. */
export class Client {
  private readonly exchange: Exchange;

  constructor(
    private readonly access: Access,
    private readonly options: ClientOptions,
  ) {
    const { redactor } = options;
    this.exchange = createExchange({ timeoutMs: TIMEOUT_MS, redactor, userAgent: "pulumi-cja" });
  }

  /** @param action what is wanted, as it follows "refused to" */
  async send(action: string, request: Request): Promise<void> {
    await this.sendWithRetry(action, request);
  }

  /** What was asked for, in the shape that it has to have. */
  async request<T>(action: string, shape: z.ZodType<T>, request: Request): Promise<T> {
    return this.parseShape(action, shape, (await this.sendWithRetry(action, request)).body);
  }

  /** All pages of a list. */
  async list<T>(action: string, shape: z.ZodType<T>, path: string, order = ""): Promise<T[]> {
    const found: T[] = [];
    for (let query: string | undefined = `?per_page=100${order}`; query !== undefined;) {
      const { body, next }: Answer = await this.sendWithRetry(action, { method: "GET", path: `${path}${query}` });
      found.push(...this.parseShape(action, shape.array(), body));
      query = next;
    }
    return found;
  }

  private async sendWithRetry(action: string, request: Request): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.sendOnce(request);
      if ("next" in answer) return answer;
      if (!isRepeatable(answer) || !(await this.options.retryPolicy.waitBeforeRetry(answer, tries)))
        throw new CommentServiceError(this.access.serviceWords, action, answer);
    }
  }

  private async sendOnce(request: Request, redirectUrl?: string): Promise<Answer | Failure> {
    const { method, path, body } = request;
    const url = redirectUrl ?? `${this.access.apiUrl}${path}`;
    const exchangeResult = await this.exchange({
      method,
      url,
      headers: {
        Accept: "application/json",
        ...(body && { "Content-Type": "application/json" }),
        ...this.access.headers,
      },
      body: body && JSON.stringify(body),
      freshConnection: method === "POST",
    });
    if ("fault" in exchangeResult)
      return { method, status: undefined, headers: {}, message: exchangeResult.fault.cause.message };
    const { status, header, body: text } = exchangeResult.answer;
    const json = parseJson(text);
    if (status >= 200 && status < 300) {
      // Of a page for logging in, or of nothing at all, nobody knows what was done.
      if (json === undefined && status !== 204)
        return { method, status: undefined, headers: {}, message: "the answer is not JSON" };
      return { body: json, next: nextQuery(header("link"), url) };
    }
    const redirectTarget =
      this.access.mayRedirect && redirectUrl === undefined ? findRedirect(status, header("location"), url) : undefined;
    if (redirectTarget !== undefined) return this.sendOnce(request, redirectTarget);
    const headers = Object.fromEntries(WAIT_HEADERS.map((name) => [name, header(name)]));
    return { method, status, headers, message: json === undefined ? text : errorText(json) };
  }

  /** A proxy's page for logging in has another shape, with a 200 or without. */
  private parseShape<T>(action: string, shape: z.ZodType<T>, answer: unknown): T {
    const { name, address } = this.access.serviceWords;
    const { data, success } = shape.safeParse(answer);
    if (!success)
      throw new Error(`Could not ${action}: something other than the API of ${name} answered. Check ${address}.`);
    return data;
  }
}

/** Where the same request is answered. The token goes to no other server. */
function findRedirect(status: number, location: string | undefined, from: string): string | undefined {
  if (![301, 302, 307, 308].includes(status) || location === undefined || !URL.canParse(location, from))
    return undefined;
  const to = new URL(location, from);
  return to.origin === new URL(from).origin ? to.href : undefined;
}

/** Of the address that a service gives, its query counts: the token goes to our own address. */
function nextQuery(link: string | undefined, url: string): string | undefined {
  const [, next] = /<([^<>]+)>;\s*rel="next"/.exec(link ?? "") ?? [];
  return next !== undefined && URL.canParse(next, url) ? new URL(next, url).search : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `{"message": "401 Unauthorized"}`, `{"error": "insufficient_scope", "error_description": "…"}`, `{"message": {"note": ["…"]}}`. */
function errorText(body: unknown): string {
  if (typeof body !== "object" || body === null) return typeof body === "string" ? body : "";
  const parts = ["message", "error", "error_description", "errors", "documentation_url"].flatMap(
    (name) => (body as Record<string, unknown>)[name] ?? [],
  );
  return parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(": ");
}
