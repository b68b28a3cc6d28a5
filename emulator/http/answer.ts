import { gzip } from "node:zlib";
import { promisify } from "node:util";
import type { ServerResponse } from "node:http";
import { writeJson } from "../../definition/json";

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How the socket is to misbehave while an answer is sent. */
export interface Delivery {
  readonly truncate?: boolean | undefined;
  /** ms between bytes */
  readonly drip?: number | undefined;
}

/** Bodies below this are not worth compressing. */
const smallestCompressed = 1024;
const compress = promisify(gzip);

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const text = typeof body === "string" ? body : body === undefined ? "" : writeJson(body);
  const type = typeof body === "string" ? "text/plain;charset=utf-8" : "application/json;charset=utf-8";
  return { status, headers: { "content-type": type, ...lowerCase(headers) }, body: Buffer.from(text) };
}

export const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The answer, compressed when the client takes it and it is large. */
export async function compressed(answer: Answer, acceptEncoding: string | undefined): Promise<Answer> {
  const accepted = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(acceptEncoding ?? "");
  if (!accepted || answer.body.length <= smallestCompressed) return answer;
  const headers = { ...answer.headers, "content-encoding": "gzip", vary: "accept-encoding" };
  return { ...answer, headers, body: await compress(answer.body) };
}

/** Writes the answer; done when the last byte is with the operating system, or the connection is gone. */
export async function send(response: ServerResponse, answer: Answer, delivery: Delivery = {}): Promise<void> {
  const { status, body } = answer;
  const STATUSES_WITHOUT_BODY = status === 204 || status === 304;
  response.writeHead(
    status,
    STATUSES_WITHOUT_BODY ? answer.headers : { ...answer.headers, "content-length": body.length },
  );
  if (delivery.truncate) {
    const sendHalf = body.subarray(0, Math.floor(body.length / 2));
    await new Promise<void>((resolve) => response.write(sendHalf, () => resolve()));
    response.destroy();
    return;
  }
  if (delivery.drip !== undefined) return sendSlowly(response, body, delivery.drip);
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.end(STATUSES_WITHOUT_BODY ? undefined : body, resolve);
  });
}

function sendSlowly(response: ServerResponse, body: Buffer, ms: number): Promise<void> {
  return new Promise((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      if (response.destroyed || sent >= body.length) {
        clearInterval(timer);
        response.end(resolve);
        if (response.destroyed) resolve();
        return;
      }
      response.write(body.subarray(sent, ++sent));
    }, ms);
    response.flushHeaders();
  });
}
