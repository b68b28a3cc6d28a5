import { hash } from "../../definition/hash";
import type { SegmentContent, Verdict } from "../api/segment";
import type { SegmentsClient } from "../api/segments-client";
import type { Clock } from "../http/clock";

/** Where valid verdicts are kept between the two processes of one `pulumi up`. */
export interface VerdictMemory {
  /** When the service called it valid, in milliseconds since 1970. */
  load(key: string): number | undefined;
  /** @param oldest what is older is of no use any more */
  save(key: string, at: number, oldest: number): void;
}

/** A data view can lose a dimension, so a verdict does not hold for ever. */
const VALID_FOR_MS = 60 * 60_000;

/** Asks the service for its verdict on definitions, and a valid one only once an hour: `up` asks what its preview asked. */
export class Verdicts {
  constructor(
    private readonly client: SegmentsClient,
    private readonly memory: VerdictMemory,
    private readonly clock: Clock,
  ) {}

  async of(content: SegmentContent): Promise<Verdict> {
    const key = `${content.dataViewId} ${hash(content.definition)}`;
    const at = this.memory.load(key);
    const oldest = this.clock.now() - VALID_FOR_MS;
    if (at !== undefined && at >= oldest) return { valid: true, errors: [] };
    const verdict = await this.client.validate(content);
    if (verdict.valid) this.memory.save(key, this.clock.now(), oldest);
    return verdict;
  }
}

/** The service's reasons for refusing a definition, in one line. */
export function refusal(verdict: Verdict): string {
  const reasons = [verdict.message, ...verdict.errors].filter((text) => text !== undefined && text.trim() !== "");
  return `the service refuses the definition: ${reasons.length === 0 ? "it gives no reason" : [...new Set(reasons)].join("; ")}`;
}
