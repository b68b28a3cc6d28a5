import { z } from "zod";
import type { Records } from "../state/record-store";
import type { Dialect } from "./dialect";

/** Where the dialect of an endpoint is kept between processes. */
export interface DialectMemory {
  load(): Promise<Dialect | undefined>;
  save(dialect: Dialect): Promise<void>;
}

const NAME = "dialect";
const content = z.enum(["guide", "reference"]);

/** Keeps it as a record. */
export const dialectRecord = (records: Records): DialectMemory => ({
  load: async () => content.safeParse((await records.read(NAME))?.value).data,
  save: (dialect) => records.write(NAME, dialect),
});

/** What is known of the dialect of the endpoint: set by the user, remembered, or learned from an answer. */
export class EndpointDialect {
  private learned: Dialect | undefined;
  private heard = false;
  private asking: Promise<Dialect> | undefined;
  private loading: Promise<void> | undefined;

  /**
   * @param fixed the setting, unless it is `auto`.
   * @param ask finds the dialect out with one request, for when a write comes first.
   */
  constructor(
    private readonly fixed: Dialect | undefined,
    private readonly memory: DialectMemory,
    private readonly ask: () => Promise<Dialect>,
  ) {
    this.learned = fixed;
  }

  /** What is known without asking the service. */
  async known(): Promise<Dialect | undefined> {
    if (this.learned !== undefined) return this.learned;
    await (this.loading ??= this.memory.load().then((dialect) => void (this.learned ??= dialect)));
    return this.learned;
  }

  /** Whether the user has said otherwise. */
  contradicts(dialect: Dialect): boolean {
    return this.fixed !== undefined && this.fixed !== dialect;
  }

  /** An answer told the dialect. The newest answer counts: an endpoint may have moved on since it was remembered. */
  async learn(dialect: Dialect): Promise<void> {
    this.heard = true;
    if (this.fixed !== undefined || this.learned === dialect) return;
    this.learned = dialect;
    await this.memory.save(dialect);
  }

  /** The dialect, asking the service if need be, once for all that wait. */
  async get(): Promise<Dialect> {
    return (await this.known()) ?? this.askOnce();
  }

  /**
   * The service has refused a request: whether it was in the wrong dialect.
   *
   * @returns the right one; undefined when the refusal has another reason.
   */
  async insteadOf(dialect: Dialect): Promise<Dialect | undefined> {
    if (this.fixed !== undefined || this.heard) return undefined;
    const right = await this.askOnce();
    return right === dialect ? undefined : right;
  }

  private async askOnce(): Promise<Dialect> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    const dialect = await this.asking;
    await this.learn(dialect);
    return dialect;
  }
}
