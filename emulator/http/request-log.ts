import type { IncomingHttpHeaders } from "node:http";
import { readJson } from "../../definition/json";

/** A request as it came, without anything secret. */
export interface LoggedRequest {
  /** Counts from 1, over all requests since the start or the last reset. */
  readonly sequence: number;
  /** ISO 8601, by the emulator's clock. */
  readonly time: string;
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** Decoded; of a parameter that is repeated, the last value. */
  readonly query: Readonly<Record<string, string>>;
  /** Only those that cannot carry a credential: `x-request-id`, `x-sandbox-name`, `content-type`, `accept`, `user-agent` … */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON and forms parsed, other text as it is, null when there was none. */
  readonly body: unknown;
  /** What was answered; null while it is not, and for a connection that was cut. */
  status: number | null;
  /** Requests at work when it came, itself included. */
  readonly inFlight: number;
  /** The fault that it met, in words: `"status 502, after the work"`. */
  fault?: string;
}

/** Headers that are kept: none that could carry a credential. */
const loggedHeaders = ["x-request-id", "x-sandbox-name", "content-type", "accept", "accept-encoding", "user-agent"];
/** More than any test sends; keeps an emulator that runs for weeks from filling the memory. */
const maxEntries = 100_000;

/** Requests in the order in which they came. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private sequence = 0;

  /** @param isSecret texts that must not be kept, wherever they stand in a request. */
  constructor(private readonly secrets: RegExp) {}

  add(
    request: { method: string; url: URL; headers: IncomingHttpHeaders; body: Buffer },
    facts: { time: string; path: string; inFlight: number },
  ): LoggedRequest {
    const query = Object.fromEntries([...request.url.searchParams].map(([k, v]) => [k, this.redacted(v, k)]));
    const entry: LoggedRequest = {
      sequence: ++this.sequence,
      time: facts.time,
      method: request.method,
      path: this.redacted(facts.path),
      query,
      headers: this.headersOf(request.headers),
      body: this.bodyOf(request.body.toString("utf8"), request.headers["content-type"] ?? ""),
      status: null,
      inFlight: facts.inFlight,
    };
    if (this.entries.length >= maxEntries) this.entries.shift();
    this.entries.push(entry);
    return entry;
  }

  all(): readonly LoggedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }

  reset(): void {
    this.clear();
    this.sequence = 0;
  }

  private headersOf(headers: IncomingHttpHeaders): Record<string, string> {
    const found = loggedHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, this.redacted(String(value))] as const];
    });
    return Object.fromEntries(found);
  }

  private bodyOf(text: string, contentType: string): unknown {
    if (text === "") return null;
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      return Object.fromEntries([...new URLSearchParams(text)].map(([k, v]) => [k, this.redacted(v, k)]));
    }
    const redactedText = this.redacted(text);
    try {
      return readJson(redactedText);
    } catch {
      return redactedText;
    }
  }

  private redacted(text: string, name = ""): string {
    if (/secret|token|authorization/i.test(name)) return "[redacted]";
    return text.replace(this.secrets, "[redacted]");
  }
}
