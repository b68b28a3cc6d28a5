import { MAX_COMPONENTS } from "./tags-and-shares-answers";
import type { ShareReader } from "./share-reader";
import type { SharesClient } from "./shares-client";
import type { TagsClient } from "./tags-client";
import { CjaError, InvalidRequestError, NotFoundError, PermissionError } from "../http/errors";
import type { Clock } from "../clock";
import { toShare, type Metadata } from "./tags-and-shares";

/** How often it is looked whether all are there. */
const POLL_MS = 100;
/**
 * So long nothing has to happen before fewer than expected are sent: the engine starts its next steps within it, and under the
 * service's limits a request costs a second, too.
 */
const QUIET_MS = 1_000;
/** Nobody waits longer than this for another one that is held up: a lost answer may take minutes to settle. */
const MAX_QUIET_MS = 30_000;

/** What could not be written, and why. */
export type FailedWrites = ReadonlyMap<keyof Metadata, unknown>;

interface PendingWrite {
  readonly id: string;
  readonly desired: Metadata;
  readonly resolve: (failedWrites: FailedWrites) => void;
}

/**
 * Writes tags and shares of many segments with few requests. The service takes many at once, but the engine brings one after
 * the other: so the first ones wait for all steps that are under way and may bring more.
 */
export class MetadataBatchWriter {
  private pending: PendingWrite[] = [];
  /** Steps that may still bring something. */
  private stepsUnderWay = 0;
  private events = 0;
  private isFlushing = false;
  /** As many come together as the engine takes steps side by side: it is not told, but seen. */
  private expectedBatchSize: number | undefined;

  constructor(
    private readonly tags: TagsClient,
    private readonly shares: SharesClient,
    private readonly shareReader: ShareReader,
    private readonly clock: Clock,
  ) {}

  /** A step of the engine that may end in a write: others wait for it. */
  async trackStep<T>(step: () => Promise<T>): Promise<T> {
    this.countStep(1);
    try {
      return await step();
    } finally {
      this.countStep(-1);
    }
  }

  /** Writes the given tags and shares of a segment; call it within a step. @returns what of it failed. */
  async write(id: string, desired: Metadata): Promise<FailedWrites> {
    this.countStep(-1);
    const failedWrites = await new Promise<FailedWrites>((resolve) => {
      this.pending.push({ id, desired, resolve });
      void this.flush();
    });
    this.countStep(1);
    return failedWrites;
  }

  private countStep(change: 1 | -1): void {
    this.stepsUnderWay += change;
    this.events += 1;
  }

  private async flush(): Promise<void> {
    if (this.isFlushing) return;
    this.isFlushing = true;
    while (this.pending.length > 0) {
      await this.waitUntilQuiet();
      const batch = this.pending.splice(0, MAX_COMPONENTS);
      this.expectedBatchSize = Math.max(this.expectedBatchSize ?? 0, batch.length);
      // One after the other: two that name the same new tag at the same time might make two of it.
      await this.send(batch);
    }
    this.isFlushing = false;
  }

  private async waitUntilQuiet(): Promise<void> {
    let events = this.events;
    for (let quiet = 0; this.pending.length < MAX_COMPONENTS && quiet < MAX_QUIET_MS;) {
      await this.clock.sleep(POLL_MS);
      quiet = events === this.events ? quiet + POLL_MS : 0;
      events = this.events;
      if (
        this.stepsUnderWay === 0 &&
        (quiet >= QUIET_MS || this.pending.length >= (this.expectedBatchSize ?? Infinity))
      )
        return;
    }
  }

  private async send(batch: readonly PendingWrite[]): Promise<void> {
    const [tags, shares] = await Promise.all([this.sendTags(batch), this.sendShares(batch)]);
    for (const { id, resolve } of batch) {
      const failedWrites = new Map<keyof Metadata, unknown>();
      if (tags.has(id)) failedWrites.set("tags", tags.get(id));
      if (shares.has(id)) failedWrites.set("shares", shares.get(id));
      resolve(failedWrites);
    }
  }

  private sendTags(batch: readonly PendingWrite[]): Promise<FailuresById> {
    const items = batch.flatMap(({ id, desired: { tags } }) => (tags ? [{ id, tags }] : []));
    return writeOrSplit("tag", items, (chunk) => this.tags.replace(chunk));
  }

  private async sendShares(batch: readonly PendingWrite[]): Promise<FailuresById> {
    const items = batch.flatMap(({ id, desired: { shares } }) => (shares ? [{ id, shares: shares.map(toShare) }] : []));
    const failures = await writeOrSplit("share", items, (chunk) => this.shares.replace(chunk));
    for (const { id } of items) this.shareReader.forget(id);
    return failures;
  }
}

type FailuresById = ReadonlyMap<string, unknown>;

/** Sends all at once; where the service refuses them together, one by one, so that one bad segment is no other's trouble. */
async function writeOrSplit<T extends { readonly id: string }>(
  verb: string,
  items: readonly T[],
  replace: (items: readonly T[]) => Promise<ReadonlyMap<string, string>>,
): Promise<FailuresById> {
  if (items.length === 0) return new Map();
  try {
    const refusals = await replace(items);
    return new Map([...refusals].map(([id, reason]) => [id, refusalError(`${verb} segment ${id}`, reason)]));
  } catch (error) {
    if (items.length === 1 || !isRefusedRequest(error)) return new Map(items.map(({ id }) => [id, error]));
    const failures = new Map<string, unknown>();
    for (const item of items)
      for (const [id, reason] of await writeOrSplit(verb, [item], replace)) failures.set(id, reason);
    return failures;
  }
}

/** Not carried out, so that it may be sent again in parts. */
const isRefusedRequest = (error: unknown): error is CjaError =>
  error instanceof InvalidRequestError || error instanceof NotFoundError || error instanceof PermissionError;

const refusalError = (operation: string, reason: string) =>
  new InvalidRequestError({
    operation,
    method: "",
    path: "",
    happened: reason,
    advice: "If somebody deleted the segment elsewhere, pulumi up --refresh creates it again.",
  });
