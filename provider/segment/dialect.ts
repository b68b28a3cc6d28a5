import { z } from "zod";
import type { Records } from "../state/record-store";
import { segmentField, type FieldName } from "../../model/segment-field-lists";
import { asObject } from "../http/answer-fields";

/**
 * One API, two published forms: the guide's, which is the specification, and the OpenAPI document's, which live tenants
 * also speak (docs/decisions/two-dialects.md). What differs in requests is in dialect-forms.ts,
 * what fields are called in model/segment-fields.ts; nothing else outside the client knows that there are two.
 */
export type Dialect = "guide" | "reference";

/** What a dialect calls a field. */
export function wireName(dialect: Dialect, field: FieldName): string {
  const { names = [field] } = segmentField(field);
  return (dialect === "guide" ? names[0] : names.at(-1)) ?? field;
}

/** What a whole segment tells of the dialect: the name of its data view's field. */
export function detectDialect(answer: unknown): Dialect | undefined {
  const body = asObject(answer);
  const has = (dialect: Dialect) => body?.[wireName(dialect, "dataViewId")] !== undefined;
  return has("guide") ? "guide" : has("reference") ? "reference" : undefined;
}

/** Where the dialect of an endpoint is kept between processes. */
export interface DialectStore {
  load(): Promise<Dialect | undefined>;
  save(dialect: Dialect): Promise<void>;
}

const RECORD_NAME = "dialect";
const dialectSchema = z.enum(["guide", "reference"]);

/** Keeps it as a record. */
export const dialectStoreIn = (records: Records): DialectStore => ({
  load: async () => dialectSchema.safeParse((await records.read(RECORD_NAME))?.value).data,
  save: (dialect) => records.write(RECORD_NAME, dialect),
});

/** What is known of the dialect of the endpoint: set by the user, remembered, or learned from an answer. */
export class DialectDiscovery {
  private current: Dialect | undefined;
  private wasAnswered = false;
  private discovering: Promise<Dialect> | undefined;
  private loading: Promise<void> | undefined;

  /**
   * @param configured the setting, unless it is `auto`.
   * @param discover finds the dialect out with one request, for when a write comes first.
   */
  constructor(
    private readonly configured: Dialect | undefined,
    private readonly store: DialectStore,
    private readonly discover: () => Promise<Dialect>,
  ) {
    this.current = configured;
  }

  /** What is known without asking the service. */
  async known(): Promise<Dialect | undefined> {
    if (this.current !== undefined) return this.current;
    await (this.loading ??= this.store.load().then((dialect) => void (this.current ??= dialect)));
    return this.current;
  }

  /** Whether the user has said otherwise. */
  contradicts(dialect: Dialect): boolean {
    return this.configured !== undefined && this.configured !== dialect;
  }

  /** An answer told the dialect. The newest answer counts: an endpoint may have moved on since it was remembered. */
  async learn(dialect: Dialect): Promise<void> {
    this.wasAnswered = true;
    if (this.configured !== undefined || this.current === dialect) return;
    this.current = dialect;
    await this.store.save(dialect);
  }

  /** The dialect, asking the service if need be, once for all that wait. */
  async get(): Promise<Dialect> {
    return (await this.known()) ?? this.discoverOnce();
  }

  /**
   * The service has refused a request: whether it was in the wrong dialect.
   *
   * @returns the right one; undefined when the refusal has another reason.
   */
  async correctionFor(dialect: Dialect): Promise<Dialect | undefined> {
    if (this.configured !== undefined || this.wasAnswered) return undefined;
    const discovered = await this.discoverOnce();
    return discovered === dialect ? undefined : discovered;
  }

  private async discoverOnce(): Promise<Dialect> {
    this.discovering ??= this.discover().finally(() => (this.discovering = undefined));
    const dialect = await this.discovering;
    await this.learn(dialect);
    return dialect;
  }
}
