export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Either service answers within seconds, or not at all. */
const TIMEOUT_MS = 30_000;

/**
 * A fetch that has failed unless the whole answer came, in time, and as JSON where it is no refusal. Of one that breaks off Octokit
 * keeps an empty text, and takes a list of comments for an empty list: each of ours would be made a second time.
 */
export function completeFetch(fetch: Fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS): Fetch {
  return async (url, init) => {
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      const text = await answer.text();
      const { ok, status, statusText, headers } = answer;
      if (ok && status !== 204 && !isJson(text)) throw new Error("the answer is no JSON");
      return new Response(text === "" ? null : text, { status, statusText, headers });
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** "fetch failed" has its reason in its cause, and a refused connection its only word in a code. */
function reasonOf(error: unknown): string {
  const { name, message, code, cause } = Object(error) as Partial<
    Record<"name" | "message" | "code" | "cause", unknown>
  >;
  if (name === "TimeoutError") return "no answer in time";
  if (cause !== undefined) return reasonOf(cause);
  return [message, code, name].find((word) => typeof word === "string" && word !== "")?.toString() ?? String(error);
}
