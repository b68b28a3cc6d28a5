import { completeFetch } from "./complete-fetch";
import { isRepeatable, ServiceError, type Failure } from "./failure";
import type { Patience } from "./retry-policy";
import type { Target } from "./target";

/** Every status of an answer that refuses. */
const REFUSALS = Array.from({ length: 200 }, (_, index) => 400 + index);

/** Octokit's own error. A request that got no answer has a status of 500, and no response. */
interface Refused extends Error {
  readonly status: number;
  readonly request: { request?: Record<string, unknown> };
  readonly response?: { readonly headers: Failure["headers"] };
}

/**
 * Octokit, which throws ServiceError. `@octokit/plugin-retry` sends again; when, and whether at all, is decided by `patience`, as
 * for GitLab: by itself the plugin knows no Retry-After, and sends a POST again that may have been carried out.
 */
export async function openOctokit({ apiUrl, token }: Target, patience: Patience) {
  // They are ES modules, and who posts nothing should not wait for them.
  const [{ Octokit }, { paginateRest }, { retry }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
    import("@octokit/plugin-retry"),
  ]);
  // A hook that is set before the plugin's own is asked before them, and one that is set after them has the last word.
  const deciding = ({ hook }: InstanceType<typeof Octokit>): void => {
    hook.error("request", async (error, { method, request }) => {
      if (!isRefused(error)) throw error;
      const failure = failureOf(error, method);
      const tries = 1 + Number(request["retryCount"] ?? 0);
      const again = isRepeatable(failure) && (await patience.outlast(failure, tries));
      error.request.request = { ...error.request.request, retries: again ? tries : 0, retryAfter: 0 };
      throw error;
    });
  };
  const Client = Octokit.plugin(deciding, retry, paginateRest);
  const octokit = new Client({
    auth: token,
    baseUrl: apiUrl,
    userAgent: "pulumi-cja",
    request: { fetch: completeFetch() },
    retry: { doNotRetry: REFUSALS },
  });
  octokit.hook.error("request", (error, { method }) => {
    throw isRefused(error) ? new ServiceError(error.message, failureOf(error, method)) : error;
  });
  return octokit;
}

const isRefused = (error: unknown): error is Refused =>
  error instanceof Error && "status" in error && "request" in error;

const failureOf = ({ status, response, message }: Refused, method: string): Failure =>
  response
    ? { method, status, headers: response.headers, said: message }
    : { method, status: undefined, headers: {}, said: message };
