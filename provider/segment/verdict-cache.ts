import { z } from "zod";
import { hash } from "../../definition/hash";
import type { Desired } from "./desired";
import type { Verdict } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import type { Records } from "../state/record-store";

/** Where valid verdicts are kept between the two processes of one `pulumi up`. */
export interface VerdictMemory {
  /** When the service called it valid, in milliseconds since 1970. */
  load(key: string): Promise<number | undefined>;
  save(key: string, at: number): Promise<void>;
}

/** A data view can lose a dimension, so a verdict does not hold for ever. */
export const VERDICTS_KEPT_MS = 60 * 60_000;

const content = z.number();

/** Keeps them as records. */
export const verdictRecords = (records: Records): VerdictMemory => ({
  load: async (key) => content.safeParse((await records.read(key))?.value).data,
  save: (key, at) => records.write(key, at),
});

/** Asks the service for its verdict on definitions, and a valid one only once an hour: `up` asks what its preview asked. */
export class Verdicts {
  constructor(
    private readonly client: SegmentsClient,
    private readonly memory: VerdictMemory,
    private readonly clock: Clock,
  ) {}

  async of({ content, meaning }: Desired): Promise<Verdict> {
    // The record of it is no place for a secret.
    const key = hash([content.dataViewId, meaning]);
    const at = await this.memory.load(key);
    if (at !== undefined && at >= this.clock.now() - VERDICTS_KEPT_MS) return { valid: true, errors: [] };
    const verdict = await this.client.validate(content);
    if (verdict.valid) await this.memory.save(key, this.clock.now());
    return verdict;
  }
}

/** The service's reasons for refusing a definition, in one line. */
export function refusal(verdict: Verdict): string {
  const reasons = [verdict.message, ...verdict.errors].filter((text) => text !== undefined && text.trim() !== "");
  return `the service refuses the definition: ${reasons.length === 0 ? "it gives no reason" : [...new Set(reasons)].join("; ")}`;
}
