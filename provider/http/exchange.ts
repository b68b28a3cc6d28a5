import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from "node:https";
import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import axios, { type AxiosResponse } from "axios";
import { errorCode, errorMessage } from "../error-code";
import { isLoopback } from "../../model/settings/urls";
import type { Redactor } from "./redact";

/** One HTTP request, ready to go: nothing is added to it but the connection. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Use a connection of its own: see `createExchange`. */
  readonly freshConnection?: boolean;
}

/** Why there is no answer. After the first three the request surely never left; after the others it may have arrived. */
export interface Fault {
  readonly kind:
    /** The request cannot be built: a bad URL or header. */
    | "unbuildable"
    /** No connection: name not found, refused, no route, TLS handshake broken, or time-out before it stood. */
    | "unreachable"
    /** The certificate is not trusted; repeating does not help. */
    | "certificate"
    /** No whole answer in time. */
    | "time-out"
    /** The connection broke, or what came is not HTTP. */
    | "broken"
    /** The answer is larger than the bound. */
    | "too-large";
  /** Redacted, without request or headers. */
  readonly cause: Error;
}

/** What came of one request: an answer of any status, or a fault. */
export type ExchangeResult =
  | {
      readonly answer: {
        readonly status: number;
        readonly header: (name: string) => string | undefined;
        readonly body: string;
      };
    }
  | { readonly fault: Fault };

export interface ExchangeOptions {
  /** Milliseconds for one request, from the connection to the last byte. */
  readonly timeoutMs: number;
  readonly redactor: Redactor;
  readonly userAgent: string;
}

/** Sends one request once. Never rejects: faults are answers too. */
export type Exchange = (request: OutgoingRequest) => Promise<ExchangeResult>;

/** A thousand segments with their definitions are about 5 MB; nothing of ours is near this. Counted after unzipping. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

const UNTRUSTED = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT))/;

/**
 * The only place that talks to the network. Connections are kept alive, but a request that may not be repeated gets one
 * of its own: a kept connection may be closed by the service in the moment in which we use it, and then nobody knows
 * whether the request arrived.
 */
export function createExchange(options: ExchangeOptions): Exchange {
  const keepAliveAgents = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  const freshAgents = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };

  return async (request) => {
    const progress: Progress = { wasBuilt: false, wasSent: false };
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), options.timeoutMs);
    try {
      const response: AxiosResponse<string> = await axios.request({
        method: request.method,
        url: request.url,
        headers: { "User-Agent": options.userAgent, "Accept-Encoding": "gzip", ...request.headers },
        ...(request.body !== undefined && { data: request.body }),
        ...(request.freshConnection === true ? freshAgents : keepAliveAgents),
        // The emulator on this machine is never behind a proxy, whatever HTTP_PROXY says.
        ...(isLoopback(request.url) && { proxy: false as const }),
        transport: trackingTransport(progress),
        signal: abort.signal,
        maxRedirects: 0,
        maxContentLength: MAX_RESPONSE_BYTES,
        responseType: "text",
        transformRequest: [],
        transformResponse: [],
        validateStatus: () => true,
      });
      const header = (name: string) => {
        const value: unknown = response.headers[name];
        return typeof value === "string" ? value : undefined;
      };
      return { answer: { status: response.status, header, body: response.data } };
    } catch (error) {
      return { fault: toFault(error, progress, abort.signal.aborted, options) };
    } finally {
      clearTimeout(timer);
    }
  };
}

interface Progress {
  /** Node took the request. */
  wasBuilt: boolean;
  /** The connection stood, so that the request may have arrived. */
  wasSent: boolean;
}

/** Node's own request, with a note of when the connection stood: from then on the request may have arrived. */
function trackingTransport(progress: Progress) {
  return {
    request(options: RequestOptions, answered: (message: IncomingMessage) => void): ClientRequest {
      const isTls = options.protocol === "https:";
      const request = (isTls ? httpsRequest : httpRequest)(options, answered);
      progress.wasBuilt = true;
      const markSent = () => void (progress.wasSent = true);
      request.once("socket", (socket) => {
        if (request.reusedSocket) markSent();
        else if (isTls && socket instanceof TLSSocket) socket.once("secureConnect", markSent);
        else if (!isTls && socket instanceof Socket && socket.connecting) socket.once("connect", markSent);
        else markSent();
      });
      return request;
    },
  };
}

function toFault(
  error: unknown,
  progress: Progress,
  timedOut: boolean,
  { redactor, timeoutMs }: ExchangeOptions,
): Fault {
  const code = errorCode(error) ?? "";
  const message = errorMessage(error);
  const description = timedOut ? `no answer within ${timeoutMs / 1000} s` : withCode(message, code);
  const cause = Object.assign(new Error(redactor.text(description)), code !== "" && !timedOut ? { code } : {});
  // Axios's error holds the request with its headers: only its words are kept.
  cause.stack = `${cause.name}: ${cause.message}`;
  return { kind: classifyFault(message, code, progress, timedOut), cause };
}

function withCode(raw: string, code: string): string {
  // Several addresses that all refused make an AggregateError without a message.
  const message = raw === "" || raw === "Error" || raw === "AggregateError" ? "no connection" : raw;
  return code === "" || message.includes(code) ? message : `${message} (${code})`;
}

function classifyFault(
  message: string,
  code: string,
  { wasBuilt, wasSent }: Progress,
  timedOut: boolean,
): Fault["kind"] {
  if (!wasBuilt) return "unbuildable";
  if (!wasSent) return UNTRUSTED.test(code) ? "certificate" : "unreachable";
  if (timedOut) return "time-out";
  return message.startsWith("maxContentLength") ? "too-large" : "broken";
}
