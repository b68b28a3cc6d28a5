/** One request to an API, as a client asks for it. */
export interface ApiRequest {
  /** What is tried, as it completes "Could not …": `create segment "Mobile visitors"`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base URL, with a leading slash; IDs in it are URL-encoded already. */
  readonly path: string;
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether sending it twice does no more than sending it once. If not, it is never sent again once it may have arrived. */
  readonly repeatable: boolean;
  /** Not worth a wait: where the service is down, or does not answer in time, it fails at the first try. */
  readonly failFast?: boolean;
  /** Not worth a long wait: it is repeated for at most so many milliseconds, after 429, too, and not sent while the service is down. */
  readonly patienceMs?: number;
  /** Statuses outside 2xx that are answers and no failures: `[404]` for a delete that tolerates absence. */
  readonly acceptedStatuses?: readonly number[];
}

export interface ApiResponse {
  readonly status: number;
  /** The parsed JSON; `undefined` where the body is empty. */
  readonly data: unknown;
  /** `x-request-id` of the answer. */
  readonly requestId?: string;
  /** Who has answered, by the setting and the URL, for advice: `cja:cjaUrl (CJA_URL), which is https://cja.adobe.io`. */
  readonly urlSource: string;
  /** When the request was sent, in milliseconds since 1970. */
  readonly sentAt: number;
}

/** The whole URL. Commas and colons stay as they are, as in Adobe's own examples, and a log stays readable. */
export function buildUrl(baseUrl: string, request: Pick<ApiRequest, "path" | "query">): string {
  const encode = (text: string) => encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":");
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encode(name)}=${encode(String(value))}`],
  );
  return baseUrl.replace(/\/+$/, "") + request.path + (query.length > 0 ? `?${query.join("&")}` : "");
}
