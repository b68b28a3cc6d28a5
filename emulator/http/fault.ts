import { z } from "zod";

/** What a test asks to go wrong. The first fault that matches a request is the one that it meets. */
export const faultSchema = z.strictObject({
  /** Only this method; any when absent. */
  method: z.string().optional(),
  /** Source of a regular expression for the decoded path; any path when absent. */
  path: z
    .string()
    .refine((source) => isPattern(source), "must be the source of a regular expression")
    .optional(),
  /** How many requests meet it. Default 1. */
  times: z.number().int().min(1).default(1),
  /** How many matching requests pass before. Default 0. */
  skip: z.number().int().min(0).default(0),
  /** Answer with this status, without doing the work unless `process` says so. */
  status: z.number().int().min(200).max(599).optional(),
  /** Added to the answer. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Instead of the answer's body: text as it is, anything else as JSON. */
  body: z.unknown().optional(),
  /** Wait before the work, or with `process` after it. Real milliseconds, whatever the emulator's clock. */
  delayMs: z.number().min(0).optional(),
  /** Reset the connection instead of answering, before or after the work. */
  reset: z.enum(["before", "after"]).optional(),
  /** Do the work first, then answer as this fault says. */
  process: z.boolean().optional(),
  /** Send half of the body, then close the connection. */
  truncate: z.boolean().optional(),
  /** Real milliseconds between the bytes of the body. */
  drip: z.number().min(0).optional(),
  /** Never answer. */
  hang: z.boolean().optional(),
});

/** A fault as a test writes it. */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The faults that wait for their requests, in the order in which they were added. */
export class Faults {
  private waiting: Fault[] = [];

  add(input: FaultInput): Fault {
    const fault = faultSchema.parse(input);
    this.waiting.push(fault);
    return fault;
  }

  all(): readonly Fault[] {
    return this.waiting;
  }

  clear(): void {
    this.waiting = [];
  }

  /** The fault that this request meets, counted down; undefined when it meets none. */
  take(method: string, path: string): Fault | undefined {
    for (const fault of this.waiting) {
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      this.waiting = this.waiting.filter((candidate) => candidate.times > 0);
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
