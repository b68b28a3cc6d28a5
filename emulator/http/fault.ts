import { z } from "zod";
import { parseInput } from "../control/parse-input";
import { jsonAnswer, lowerCase, type Answer, type Delivery } from "./answer";
import { PlatformRefusal, ServiceRefusal } from "../errors";

/** What goes wrong with a request, as a test writes it. */
export interface FaultInput {
  /** Only this method, as `"POST"`; any when absent. */
  method?: string | undefined;
  /** Source of a regular expression for the path, as `"^/segments$"`; any path when absent. The path is decoded, without query. */
  path?: string | undefined;
  /** How many requests meet it. Default 1. */
  times?: number | undefined;
  /** How many matching requests pass before. Default 0. */
  skip?: number | undefined;
  /** Answer with this status, 200 to 599, without doing the work unless `process` says so. */
  status?: number | undefined;
  /** Added to the answer, as `{ "retry-after": "3" }`. */
  headers?: Record<string, string> | undefined;
  /** Instead of the answer's body: text as it is, anything else as JSON. */
  body?: unknown;
  /** Wait so many milliseconds before the work, or with `process` after it. Real ones, whatever the emulator's clock. */
  delayMs?: number | undefined;
  /** Reset the connection instead of answering, before or after the work. */
  reset?: "before" | "after" | undefined;
  /** Do the work first, then answer as this fault says. Default false. */
  process?: boolean | undefined;
  /** Send half of the body, then close the connection. Default false. */
  truncate?: boolean | undefined;
  /** Real milliseconds between the bytes of the body. Default 0. */
  drip?: number | undefined;
  /** Never answer. Default false. */
  hang?: boolean | undefined;
}

/** A fault that waits for its requests: its counters go down with each. */
export type Fault = FaultInput & {
  /** How many requests still meet it. */
  times: number;
  /** How many matching requests still pass before. */
  skip: number;
};

const faultSchema = z.strictObject({
  method: z.string().optional(),
  path: z
    .string()
    .refine((source) => isPattern(source), "must be the source of a regular expression")
    .optional(),
  times: z.number().int().min(1).default(1),
  skip: z.number().int().min(0).default(0),
  status: z.number().int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  delayMs: z.number().min(0).optional(),
  reset: z.enum(["before", "after"]).optional(),
  process: z.boolean().optional(),
  truncate: z.boolean().optional(),
  drip: z.number().min(0).optional(),
  hang: z.boolean().optional(),
}) satisfies z.ZodType<Fault, FaultInput>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The faults that wait for their requests, in the order in which they were added. */
export class Faults {
  private pendingFaults: Fault[] = [];

  add(input: FaultInput): Fault {
    const fault = parseInput(faultSchema, input);
    this.pendingFaults.push(fault);
    return fault;
  }

  all(): readonly Fault[] {
    return this.pendingFaults;
  }

  clear(): void {
    this.pendingFaults = [];
  }

  /** The fault that this request meets, counted down; undefined when it meets none. */
  take(method: string, path: string): Fault | undefined {
    for (const fault of this.pendingFaults) {
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      this.pendingFaults = this.pendingFaults.filter((candidate) => candidate.times > 0);
      return fault;
    }
    return undefined;
  }
}

/** One line for the request log: "status 502 after the work". */
export function faultName(fault: Fault): string {
  const parts = [
    fault.reset && `reset ${fault.reset}`,
    fault.hang && "hang",
    fault.status !== undefined && `status ${fault.status}`,
    fault.delayMs !== undefined && `delay ${fault.delayMs} ms`,
    fault.truncate && "truncate",
    fault.drip !== undefined && `drip ${fault.drip} ms`,
    fault.body !== undefined && "body",
    fault.headers && "headers",
    fault.process && "after the work",
  ];
  return parts.filter(Boolean).join(", ") || "nothing";
}

/** How a request ends: with an answer, with a cut connection, or never. */
type Outcome =
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
export async function outcomeOf(
  fault: Fault | undefined,
  work: () => Promise<Answer>,
  wait: (ms: number) => Promise<void>,
  path: string,
): Promise<Outcome> {
  if (!fault) return { kind: "answer", answer: await work(), delivery: {} };
  const performsRequest = fault.process === true || fault.reset === "after";
  const done = performsRequest ? await work() : undefined;
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
  return jsonAnswer(status, fault.body ?? defaultBody(status, path), headers);
}

/** What Adobe's hosts say with a status when the test does not care. A proxy's 502 and 504 have no body. */
function defaultBody(status: number, path: string): unknown {
  if (status === 429) return { error_code: "429050", message: "Too many requests" };
  if (status === 401) return { error_code: "401013", message: "Oauth token is not valid" };
  if (status < 400 || status === 502 || status === 504) return undefined;
  const message = `Fault: status ${status}`;
  const refusal = path.startsWith("/data/core/ups/")
    ? new PlatformRefusal(status, "113500", message)
    : new ServiceRefusal(status, "unexpected_error", message);
  return refusal.body("fault");
}
