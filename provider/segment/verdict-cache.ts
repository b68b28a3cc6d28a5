import { z } from "zod";
import { hash } from "../../definition/hash";
import type { DesiredSegment } from "./desired";
import type { Verdict } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import type { Records } from "../state/record-store";

/** Where valid verdicts are kept between the two processes of one `pulumi up`. */
export interface VerdictStore {
  /** When the service called it valid, in milliseconds since 1970. */
  load(key: string): Promise<number | undefined>;
  save(key: string, validatedAt: number): Promise<void>;
}

/** A data view can lose a dimension, so a verdict does not hold for ever. */
export const VERDICT_LIFETIME_MS = 60 * 60_000;

const validatedAtSchema = z.number();

/** Keeps them as records. */
export const verdictStoreIn = (records: Records): VerdictStore => ({
  load: async (key) => validatedAtSchema.safeParse((await records.read(key))?.value).data,
  save: (key, validatedAt) => records.write(key, validatedAt),
});

/** Asks the service for its verdict on definitions, and a valid one only once an hour: `up` asks what its preview asked. */
export class VerdictCache {
  constructor(
    private readonly client: SegmentsClient,
    private readonly store: VerdictStore,
    private readonly clock: Clock,
  ) {}

  async getVerdict({ content, definitionHash }: DesiredSegment): Promise<Verdict> {
    // The record of it is no place for a secret.
    const key = hash([content.dataViewId, definitionHash]);
    const validatedAt = await this.store.load(key);
    if (validatedAt !== undefined && validatedAt >= this.clock.now() - VERDICT_LIFETIME_MS)
      return { valid: true, errors: [] };
    const verdict = await this.client.validate(content);
    if (verdict.valid) await this.store.save(key, this.clock.now());
    return verdict;
  }
}

/** The service's reasons for refusing a definition, in one line. */
export function refusalText(verdict: Verdict): string {
  const reasons = [verdict.message, ...verdict.errors].filter((text) => text !== undefined && text.trim() !== "");
  return `the service refuses the definition: ${reasons.length === 0 ? "it gives no reason" : [...new Set(reasons)].join("; ")}`;
}
