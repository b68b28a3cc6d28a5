import { MOST_COMPONENTS } from "./component-metadata";
import type { ShareCatalog } from "./share-catalog";
import type { SharesClient } from "./shares-client";
import type { TagsClient } from "./tags-client";
import { CjaError, InvalidRequestError, NotFoundError, PermissionError } from "../http/errors";
import type { Clock } from "../clock";
import { asShare, type Metadata } from "./metadata";

/** How often it is looked whether all are there. */
const LOOK_MS = 100;
/**
 * So long nothing has to happen before fewer than expected are sent: the engine starts its next steps within it, and under the
 * service's limits a request costs a second, too.
 */
const QUIET_MS = 1_000;
/** Nobody waits longer than this for another one that is held up: a lost answer may take minutes to settle. */
const LONGEST_STANDSTILL_MS = 30_000;

/** What could not be written, and why. */
export type Failed = ReadonlyMap<keyof Metadata, unknown>;

interface Waiting {
  readonly id: string;
  readonly wanted: Metadata;
  readonly done: (failed: Failed) => void;
}

/**
 * Writes tags and shares of many segments with few requests. The service takes many at once, but the engine brings one after
 * the other: so the first ones wait for all steps that are under way and may bring more.
 */
export class MetadataWrites {
  private waiting: Waiting[] = [];
  /** Steps that may still bring something. */
  private underWay = 0;
  private events = 0;
  private gathering = false;
  /** As many come together as the engine takes steps side by side: it is not told, but seen. */
  private expected: number | undefined;

  constructor(
    private readonly tags: TagsClient,
    private readonly shares: SharesClient,
    private readonly catalog: ShareCatalog,
    private readonly clock: Clock,
  ) {}

  /** A step of the engine that may end in a write: others wait for it. */
  async during<T>(step: () => Promise<T>): Promise<T> {
    this.count(1);
    try {
      return await step();
    } finally {
      this.count(-1);
    }
  }

  /** Writes the given tags and shares of a segment; call it within a step. @returns what of it failed. */
  async write(id: string, wanted: Metadata): Promise<Failed> {
    this.count(-1);
    const failed = await new Promise<Failed>((done) => {
      this.waiting.push({ id, wanted, done });
      void this.gather();
    });
    this.count(1);
    return failed;
  }

  private count(change: 1 | -1): void {
    this.underWay += change;
    this.events += 1;
  }

  private async gather(): Promise<void> {
    if (this.gathering) return;
    this.gathering = true;
    while (this.waiting.length > 0) {
      await this.standstill();
      const batch = this.waiting.splice(0, MOST_COMPONENTS);
      this.expected = Math.max(this.expected ?? 0, batch.length);
      // One after the other: two that name the same new tag at the same time might make two of it.
      await this.send(batch);
    }
    this.gathering = false;
  }

  private async standstill(): Promise<void> {
    let events = this.events;
    for (let quiet = 0; this.waiting.length < MOST_COMPONENTS && quiet < LONGEST_STANDSTILL_MS;) {
      await this.clock.sleep(LOOK_MS);
      quiet = events === this.events ? quiet + LOOK_MS : 0;
      events = this.events;
      if (this.underWay === 0 && (quiet >= QUIET_MS || this.waiting.length >= (this.expected ?? Infinity))) return;
    }
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    const [tags, shares] = await Promise.all([this.sendTags(batch), this.sendShares(batch)]);
    for (const { id, done } of batch) {
      const failed = new Map<keyof Metadata, unknown>();
      if (tags.has(id)) failed.set("tags", tags.get(id));
      if (shares.has(id)) failed.set("shares", shares.get(id));
      done(failed);
    }
  }

  private sendTags(batch: readonly Waiting[]): Promise<Failures> {
    const items = batch.flatMap(({ id, wanted: { tags } }) => (tags ? [{ id, tags }] : []));
    return written("tag", items, (some) => this.tags.replace(some));
  }

  private async sendShares(batch: readonly Waiting[]): Promise<Failures> {
    const items = batch.flatMap(({ id, wanted: { shares } }) => (shares ? [{ id, shares: shares.map(asShare) }] : []));
    const failures = await written("share", items, (some) => this.shares.replace(some));
    for (const { id } of items) this.catalog.forget(id);
    return failures;
  }
}

type Failures = ReadonlyMap<string, unknown>;

/** Sends all at once; where the service refuses them together, one by one, so that one bad segment is no other's trouble. */
async function written<T extends { readonly id: string }>(
  verb: string,
  items: readonly T[],
  replace: (items: readonly T[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Failures> {
  if (items.length === 0) return new Map();
  try {
    const refused = await replace(items);
    return new Map([...refused].map(([id, why]) => [id, refusal(`${verb} segment ${id}`, why)]));
  } catch (error) {
    if (items.length === 1 || !isRefusal(error)) return new Map(items.map(({ id }) => [id, error]));
    const failures = new Map<string, unknown>();
    for (const item of items) for (const [id, why] of await written(verb, [item], replace)) failures.set(id, why);
    return failures;
  }
}

/** Not carried out, so that it may be sent again in parts. */
const isRefusal = (error: unknown): error is CjaError =>
  error instanceof InvalidRequestError || error instanceof NotFoundError || error instanceof PermissionError;

const refusal = (operation: string, why: string) =>
  new InvalidRequestError({
    operation,
    method: "",
    path: "",
    happened: why,
    advice: "If the segment was deleted elsewhere, pulumi up --refresh makes it anew.",
  });
