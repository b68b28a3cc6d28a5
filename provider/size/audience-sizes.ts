import { hash } from "../../definition/hash";
import type { ConversionClient } from "../audience/conversion-client";
import type { Clock } from "../clock";
import type { SizeBudget } from "./budget";
import type { Estimate, EstimatesClient } from "./estimates-client";
import { notKnown, type Sized } from "./size";
import type { SizeStore } from "./size-store";

/** An expression, saved or not, and the sandbox in which it is estimated. */
export interface AudienceSubject {
  readonly sandbox: string;
  readonly schemaName: string;
  readonly expression: unknown;
}

/** The service begins with rough numbers, and takes 10 to 15 seconds in most cases (page of previews and estimates). */
const FIRST_WAIT_MS = 2_000;
const WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 90_000;

/** Estimates how many people expressions select: each only once a day. */
export class AudienceSizes {
  constructor(
    private readonly estimates: EstimatesClient,
    private readonly conversions: ConversionClient,
    private readonly store: SizeStore,
    private readonly clock: Clock,
  ) {}

  /** The sizes of the subjects, in their order. Equal expressions are estimated once. */
  async find(subjects: readonly AudienceSubject[], budget: SizeBudget): Promise<readonly Sized[]> {
    const sizes = new Map<string, Sized>();
    for (const subject of subjects) {
      const key = keyOf(subject);
      if (!sizes.has(key)) sizes.set(key, await this.findOne(key, subject, budget));
    }
    return subjects.map((subject) => sizes.get(keyOf(subject)) ?? notKnown("it was not asked for"));
  }

  private async findOne(key: string, subject: AudienceSubject, budget: SizeBudget): Promise<Sized> {
    const known = await this.store.load(key);
    if (known) {
      const { size, allPersons, precision } = known;
      return { selected: { size }, allPersons, ...(precision !== undefined && { precision }) };
    }
    const found = await budget.spend(() => this.estimate(subject));
    if (!("answer" in found)) return notKnown(found.unknown);
    const { answer } = found;
    if (answer.state === "running") return notKnown(`the estimate took longer than ${LONGEST_WAIT_MS / 1000} seconds`);
    if (answer.state === "failed") return notKnown(answer.reason);
    const { persons, state: _, ...rest } = answer;
    await this.store.save(key, { size: { persons }, ...rest });
    return { selected: { size: { persons } }, allPersons: undefined, ...rest };
  }

  private async estimate({ sandbox, schemaName, expression }: AudienceSubject): Promise<Estimate> {
    const text =
      typeof expression === "string"
        ? expression
        : await this.conversions.toText(sandbox, { name: "size", schemaName, expression: expression });
    const id = await this.estimates.begin(sandbox, schemaName, text);
    const deadline = this.clock.now() + LONGEST_WAIT_MS;
    for (let wait = FIRST_WAIT_MS; ; wait = WAIT_MS) {
      await this.clock.sleep(wait);
      const estimate = await this.estimates.read(sandbox, id);
      if (estimate.state !== "running" || this.clock.now() + WAIT_MS > deadline) return estimate;
    }
  }
}

const keyOf = ({ sandbox, schemaName, expression }: AudienceSubject): string =>
  hash(["audience size", sandbox, schemaName, expression]);
