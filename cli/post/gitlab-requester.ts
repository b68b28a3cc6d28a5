import type { MergeRequestNotes } from "@gitbeaker/rest";
import { completeFetch } from "./complete-fetch";
import { isRepeatable, ServiceError, type Failure } from "./failure";
import type { Patience } from "./retry-policy";

type Options = ConstructorParameters<typeof MergeRequestNotes>[0];
type RequesterFn = NonNullable<Options["requesterFn"]>;
type Send = ReturnType<RequesterFn>["get"];
type Asked = NonNullable<Parameters<Send>[1]>;

/**
 * What sends for gitbeaker. Its own requester sends again at once whatever gets a 429 or a 502, up to ten times, a POST that may have
 * been carried out, too, and knows no Retry-After.
 */
export function gitlabRequester(patience: Patience): RequesterFn {
  const fetch = completeFetch();
  return ({ url, authHeaders }) => {
    const sender =
      (method: string): Send =>
      async <T>(endpoint: string, { body, searchParams }: Asked = {}) => {
        const headers: Record<string, string> = { "content-type": "application/json", "user-agent": "pulumi-cja" };
        for (const [name, value] of Object.entries(authHeaders)) headers[name] = await value();
        const init: RequestInit = {
          method,
          headers,
          ...(body && Object.keys(body).length > 0 && { body: JSON.stringify(body) }),
          // fetch would hand the token to wherever an answer points.
          redirect: "manual",
        };
        const address = `${url.replace(/\/*$/, "/")}${endpoint}${queryOf(searchParams ?? {})}`;
        for (let tries = 1; ; tries += 1) {
          const answer = await answerOf(method, () => fetch(address, init));
          if ("body" in answer) return { ...answer, body: answer.body as T };
          if (!isRepeatable(answer) || !(await patience.outlast(answer, tries)))
            throw new ServiceError(answer.said, answer);
        }
      };
    return {
      get: sender("GET"),
      post: sender("POST"),
      put: sender("PUT"),
      patch: sender("PATCH"),
      delete: sender("DELETE"),
    };
  };
}

interface Answer {
  readonly body: unknown;
  readonly headers: Record<string, string>;
  readonly status: number;
}

async function answerOf(method: string, send: () => Promise<Response>): Promise<Answer | Failure> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    return { method, status: undefined, headers: {}, said: error instanceof Error ? error.message : String(error) };
  }
  const { status } = response;
  const [headers, body] = [Object.fromEntries(response.headers), json(await response.text())];
  return response.ok ? { body, headers, status } : { method, status, headers, said: wordsOf(body) };
}

/** What is no JSON stays text, and is found to be no answer of GitLab where it is read. */
function json(text: string): unknown {
  try {
    return text === "" ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

/** `{"message": "401 Unauthorized"}`, `{"error": "insufficient_scope", "error_description": "…"}`, `{"message": {"note": ["…"]}}`. */
function wordsOf(body: unknown): string {
  if (typeof body !== "object" || body === null) return typeof body === "string" ? body : "";
  const parts = ["message", "error", "error_description"].flatMap(
    (name) => (body as Record<string, unknown>)[name] ?? [],
  );
  return parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(": ");
}

/** gitbeaker says `perPage` where GitLab says `per_page`. */
function queryOf(parameters: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const snakeCase = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (typeof value === "string" || typeof value === "number") query.set(snakeCase, String(value));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}
