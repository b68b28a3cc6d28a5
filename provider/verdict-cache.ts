import { z } from "zod";
import type { Clock } from "./clock";
import type { Records } from "./state/record-store";

/** What the service thinks of a definition or an expression. */
export interface Verdict {
  readonly valid: boolean;
  readonly message?: string;
  readonly errors: readonly string[];
}

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

/** Asks the service for its verdict, and about what it has called valid only once an hour: `up` asks what its preview asked. */
export class VerdictCache<Subject, Answer extends Verdict | undefined = Verdict> {
  /** @param keyOf a hash: the record of it is no place for a secret. */
  constructor(
    private readonly keyOf: (subject: Subject) => string,
    private readonly ask: (subject: Subject) => Promise<Answer>,
    private readonly store: VerdictStore,
    private readonly clock: Clock,
  ) {}

  async getVerdict(subject: Subject): Promise<Answer | Verdict> {
    const key = this.keyOf(subject);
    const validatedAt = await this.store.load(key);
    if (validatedAt !== undefined && validatedAt >= this.clock.now() - VERDICT_LIFETIME_MS)
      return { valid: true, errors: [] };
    const verdict = await this.ask(subject);
    if (verdict?.valid) await this.store.save(key, this.clock.now());
    return verdict;
  }
}

/** The service's reasons for refusing something, in one line. */
export function refusalText(what: "definition" | "expression", verdict: Verdict): string {
  const reasons = [verdict.message, ...verdict.errors].filter((text) => text !== undefined && text.trim() !== "");
  return `the service refuses the ${what}: ${reasons.length === 0 ? "it gives no reason" : [...new Set(reasons)].join("; ")}`;
}
