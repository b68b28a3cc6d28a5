import { jsonAnswer, lowerCase, type Answer, type Delivery } from "./answer";
import { PlatformRefusal, ServiceRefusal } from "../errors";
import type { Fault } from "./fault";

/** How a request ends: with an answer, with a cut connection, or never. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer; readonly delivery: Delivery }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" };

/**
 * Does the work of a request, or not, as its fault says.
 *
 * @param work the real answer; it is asked for at most once
 * @param wait real time, in ms
 * @param path whose service the body of a bare status comes from
 */
export async function settle(
  fault: Fault | undefined,
  work: () => Promise<Answer>,
  wait: (ms: number) => Promise<void>,
  path: string,
): Promise<Outcome> {
  if (!fault) return { kind: "answer", answer: await work(), delivery: {} };
  const worksFirst = fault.process === true || fault.reset === "after";
  const done = worksFirst ? await work() : undefined;
  if (fault.delayMs !== undefined) await wait(fault.delayMs);
  if (fault.reset) return { kind: "reset" };
  if (fault.hang) return { kind: "hang" };
  const answer = faultyAnswer(fault, path, fault.status === undefined ? (done ?? (await work())) : undefined);
  return { kind: "answer", answer, delivery: { truncate: fault.truncate, drip: fault.drip } };
}

function faultyAnswer(fault: Fault, path: string, real: Answer | undefined): Answer {
  const { headers = {} } = fault;
  if (real && fault.body === undefined) return { ...real, headers: { ...real.headers, ...lowerCase(headers) } };
  const status = fault.status ?? real?.status ?? 200;
  return jsonAnswer(status, fault.body ?? usualBody(status, path), headers);
}

/** What Adobe's hosts say with a status when the test does not care. A proxy's 502 and 504 have no body. */
function usualBody(status: number, path: string): unknown {
  if (status === 429) return { error_code: "429050", message: "Too many requests" };
  if (status === 401) return { error_code: "401013", message: "Oauth token is not valid" };
  if (status < 400 || status === 502 || status === 504) return undefined;
  const message = `Fault: status ${status}`;
  const refusal = path.startsWith("/data/core/ups/")
    ? new PlatformRefusal(status, "113500", message)
    : new ServiceRefusal(status, "unexpected_error", message);
  return refusal.body("fault");
}
