import { z } from "zod";
import type { Records } from "./record-store";

/**
 * What requests are known to have made, for an hour. Two stacks may ask for the same content at the same time:
 * what one has got is never the result of the other's lost request.
 */
export interface Claims {
  /**
   * Notes whose a segment or job is.
   *
   * @param intentId the intent behind the request. Claiming twice for the same one is no conflict.
   * @returns whether it is this one's: of two that claim at the same time, one gets it.
   */
  claim(id: string, intentId: string): Promise<boolean>;
}

export const CLAIM_LIFETIME_MS = 3_600_000;

const content = z.object({ by: z.string() });

/** Keeps them as records. */
export const claimsIn = (records: Records): Claims => ({
  claim: async (id, by) => {
    // What is gone when it is read (its time was over, its store is away) is nobody's any more.
    for (let tries = 0; tries < 2; tries += 1) {
      if (await records.create(id, { by })) return true;
      const existing = content.safeParse((await records.read(id))?.value).data;
      if (existing) return existing.by === by;
    }
    return true;
  },
});
